"""The sheet of a case: the little of its facts that a queue filters, sorts and shows by.

It can be made anew from the facts at any time. Two lines: marks, which are searched as bytes
(` rg=KZ-75 sx=male `), and one JSON object with what changes by time alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from math import ceil, floor
from typing import Any, Final, NamedTuple

from intake.casework.facts_box import KeptFacts
from intake.casework.finding.clocks import FOREVER, Due, Limit, dues, last_until
from intake.casework.finding.facets import BY_NAME, FACETS
from intake.triage.rules import STRONGEST_FIRST
from intake.triage.schedule import Span, schedule

LONGEST: Final = 1_000
"""Bytes; all sheets are padded to one size that holds so many."""
OVER: Final = b"-"
"""Stands for a sheet that would be longer: the facts themselves are read."""
NOT_RECKONED: Final = b""
"""Stands for how a case stands where nobody has looked yet."""
_KEPT_FOR: Final = "kp"
_read: Final = json.JSONDecoder().raw_decode
"""As `json.loads`, which asks first what thousands of our own sheets need not be asked."""
_IS_KEPT: Final = f" {_KEPT_FOR}=".encode()
"""In the sheet of every case that is kept for named members."""


def written(kept: KeptFacts) -> bytes:
    """The sheet of a case, as it is boxed; of `kept` as it is reckoned."""
    content = whole(kept)
    return content if len(content) <= LONGEST else OVER


def whole(kept: KeptFacts) -> bytes:
    """The sheet, however long it is."""
    marks = " ".join(f"{mark}={code}" for mark, code in _marks(kept))
    rest = json.dumps(_rest(kept), separators=(",", ":"))
    return f" {marks} \n{rest}".encode()


def mark_of(facet: str, code: str) -> bytes:
    """What stands in the sheet of every case of which this is said."""
    return f" {BY_NAME[facet].mark}={code} ".encode()


def mark_kept_for(member: str) -> bytes:
    """What stands in the sheet of a case that is kept for this member, by her id as hex."""
    return f"{_KEPT_FOR}={member} ".encode()


class Standing(NamedTuple):
    """How urgent a case is and what it needs, in plain values that may be kept.

    It stood on the level `previous`; its factors are `bits` of the sheet, and what it needs is
    in the order of `clocks.dues`. So it stands from `since` until before `until`, unless the
    reporter adds something. `snoozed_until` is 0 where nobody put it aside.
    """

    level: int
    points: int
    bits: int
    needs: Sequence[Sequence[Any]]
    received_at: float
    snoozed_until: float
    previous: int
    since: float
    until: float

    @property
    def due(self) -> Due | None:
        """The limit that presses most."""
        return Due._make(self.needs[0]) if self.needs else None

    @property
    def dues(self) -> Iterator[Due]:
        """Every limit that presses or waits."""
        return map(Due._make, self.needs)

    @property
    def awaited_day(self) -> float | None:
        """When the day of the next try begins, for a case on hold; None where nobody set it."""
        return min((due.at for due in self.dues if due.turn == "day"), default=None)


class Sheet:
    """An opened sheet; a plain class, since thousands of them are made for one page.

    `reckoned` is how its case stood when somebody last looked.
    """

    __slots__ = ("_kept", "_marks", "_standing", "_told", "content")

    def __init__(self, content: bytes, reckoned: bytes = NOT_RECKONED) -> None:
        self.content = content
        self._kept = reckoned
        self._standing: Standing | None = None
        self._marks: list[str] | None = None
        self._told: dict[str, Any] | None = None

    def says(self, mark: bytes) -> bool:
        """Whether this mark stands in it."""
        return mark in self.content

    @property
    def is_kept(self) -> bool:
        """Whether its case is kept for named members."""
        return _IS_KEPT in self.content

    def codes(self, facet: str) -> tuple[str, ...]:
        """What is said of the case in this facet."""
        if self._marks is None:
            self._marks = self.content[: self.content.index(b"\n")].decode().split()
        start = f"{BY_NAME[facet].mark}="
        return tuple(mark.removeprefix(start) for mark in self._marks if mark.startswith(start))

    def code(self, facet: str) -> str:
        """The only thing that is said in this facet, or nothing."""
        return next(iter(self.codes(facet)), "")

    @property
    def received_at(self) -> float:
        """In seconds, as all times here."""
        seconds: float = self._rest["r"]
        return seconds

    @property
    def first_answer_at(self) -> float | None:
        """When somebody of ours first tried to reach the person; None while nobody has."""
        seconds: float | None = self._rest.get("a")
        return seconds

    @property
    def snoozed_until(self) -> float:
        """Until when somebody put the case aside; 0 where nobody did."""
        seconds: float = self._rest.get("z", 0)
        return seconds

    def standing(self, now: float, previous: int, *, has_news: bool = False) -> Standing:
        """How a case stands that stood on the level `previous`, as `triage.settled` says.

        Without news, it is reckoned again only once it may have changed.
        """
        if has_news:
            return self._found(now, previous, has_news=True)
        known = self._known_at(now, previous)
        if known is None:
            known = self._found(now, previous, has_news=False)
            self._standing = known if known.until > now else None
        return known

    @property
    def reckoned(self) -> bytes:
        """How the case stands, as `Sheet` takes it."""
        if self._standing is None:
            return self._kept
        return json.dumps(self._standing, separators=(",", ":")).encode()

    @property
    def is_reckoned_anew(self) -> bool:
        return self._standing is not None

    def _known_at(self, now: float, previous: int) -> Standing | None:
        if not self._kept:
            return None
        known = Standing._make(_read(self._kept.decode())[0])
        is_so_still = known.previous == previous and known.since <= now < known.until
        return known if is_so_still else None

    def _found(self, now: float, previous: int, *, has_news: bool) -> Standing:
        level, points, bits = self._urgency(now, previous)
        needs = dues(self._limits, level, now, has_news=has_news)
        told, until = (self.received_at, self.snoozed_until), self._until(needs, now)
        # To the second, as all times of a sheet are.
        return Standing(level, points, bits, needs, *told, previous, floor(now), until)

    def _urgency(self, now: float, previous: int) -> tuple[int, int, int]:
        found, peak = self._rest["s"][0], 0
        for span in self._rest["s"]:
            if span[0] > now and peak:
                break
            found, peak = span, max(peak, span[1])
        _since, level, points, bits = found
        contact = self._rest.get("c")
        may_fall = peak >= previous and contact is not None and contact <= now
        return level if level >= previous or may_fall else previous, points, bits

    def _until(self, needs: Sequence[Due], now: float) -> float:
        times = (*(span[0] for span in self._rest["s"]), self._rest.get("c") or 0)
        return min(
            last_until(self._limits, needs, now),
            min((at for at in times if at > now), default=FOREVER),
        )

    def factors(self, standing: Standing) -> tuple[str, ...]:
        """The factors that apply, the strongest first."""
        factors: Sequence[str] = self._rest.get("u", ())
        return tuple(code for place, code in enumerate(factors) if standing.bits >> place & 1)

    def fired(self, now: float) -> tuple[str, ...]:
        """The factors that applied at any time until now, the strongest first."""
        first, *later = self._rest["s"]
        bits = first[3]
        for since, _level, _points, these in later:
            bits |= these if since <= now else 0
        factors: Sequence[str] = self._rest.get("u", ())
        return tuple(code for place, code in enumerate(factors) if bits >> place & 1)

    @property
    def _rest(self) -> dict[str, Any]:
        if self._told is None:
            text = self.content[self.content.index(b"{") :].decode()
            self._told = _read(text)[0]
        return self._told

    @property
    def _limits(self) -> Sequence[Limit]:
        limits: Sequence[Limit] = self._rest.get("k", ())
        return limits


def _marks(kept: KeptFacts) -> Iterator[tuple[str, str]]:
    for facet in FACETS:
        codes = facet.codes(kept)
        for code in codes if facet.is_counted else dict.fromkeys(codes):
            if code:
                yield facet.mark, code
    for member in kept.restricted_to:
        yield _KEPT_FOR, member


def _rest(kept: KeptFacts) -> dict[str, object]:
    facts = kept.facts
    spans = schedule(facts)
    factors = _all_factors(spans)
    rest = {
        "r": int(facts.received_at.timestamp()),
        "c": int(facts.first_contact_at.timestamp()) if facts.first_contact_at else None,
        "a": int(facts.first_answer_at.timestamp()) if facts.first_answer_at else None,
        "u": factors,
        "s": [_span(span, factors) for span in spans],
        "k": [limit.to_json() for limit in kept.clocks],
        "z": int(kept.snoozed_until.timestamp()) if kept.snoozed_until else None,
    }
    return {name: value for name, value in rest.items() if value}


def _all_factors(spans: Sequence[Span]) -> list[str]:
    """Every factor that ever applies, the strongest first in each span and in all."""
    found = {code for span in spans for code in span.triage.factors}
    return [factor.code for factor in STRONGEST_FIRST if factor.code in found]


def _span(span: Span, factors: Sequence[str]) -> list[int]:
    """When it begins, its level, its points, and its factors as bits, the strongest lowest."""
    found = span.triage
    bits = sum(1 << factors.index(code) for code in found.factors)
    return [ceil(span.since.timestamp()), found.level, found.points, bits]
