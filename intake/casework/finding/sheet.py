"""The sheet of a case: the little of its facts that a queue filters, sorts and shows by.

It can be made anew from the facts at any time. Two lines: marks, which are searched as bytes
(` rg=KZ-75 sx=male `), and one JSON object with what changes by time alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any, Final, NamedTuple

from intake.casework.facts_box import KeptFacts
from intake.casework.finding.clocks import Due, Limit, awaited_day, dues, pressing
from intake.casework.finding.facets import BY_NAME, FACETS
from intake.triage.rules import STRONGEST_FIRST
from intake.triage.schedule import Span, schedule

LONGEST: Final = 1_000
"""Bytes; all sheets are padded to one size that holds so many."""
OVER: Final = b"-"
"""Stands for a sheet that would be longer: the facts themselves are read."""
_KEPT_FOR: Final = "kp"
_read: Final = json.JSONDecoder().raw_decode
"""As `json.loads`, which asks first what thousands of our own sheets need not be asked."""
IS_KEPT: Final = f" {_KEPT_FOR}=".encode()
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


def codes_in(content: bytes, facet: str) -> tuple[str, ...]:
    """What an opened sheet says of its case in this facet."""
    return _codes(_marks_in(content), facet)


def _marks_in(content: bytes) -> list[str]:
    return content[: content.index(b"\n")].decode().split()


def _codes(marks: Sequence[str], facet: str) -> tuple[str, ...]:
    start = f"{BY_NAME[facet].mark}="
    return tuple(mark.removeprefix(start) for mark in marks if mark.startswith(start))


class Standing(NamedTuple):
    """How urgent a case is now: its level as a number; its factors are bits of the sheet."""

    level: int
    points: int
    bits: int


class Sheet:
    """An opened sheet; a plain class, since thousands of them are made for one page."""

    __slots__ = ("_marks", "_rest", "content")

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._marks: list[str] | None = None
        text = content[content.index(b"{") :].decode()
        self._rest: dict[str, Any] = _read(text)[0]

    def codes(self, facet: str) -> tuple[str, ...]:
        """What is said of the case in this facet."""
        if self._marks is None:
            self._marks = _marks_in(self.content)
        return _codes(self._marks, facet)

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

    def standing(self, now: float, previous: int) -> Standing:
        """How urgent a case is that stood on the level `previous`, as `triage.settled` says."""
        found, peak = self._rest["s"][0], 0
        for span in self._rest["s"]:
            if span[0] > now and peak:
                break
            found, peak = span, max(peak, span[1])
        _since, level, points, bits = found
        contact = self._rest.get("c")
        may_fall = peak >= previous and contact is not None and contact <= now
        return Standing(level if level >= previous or may_fall else previous, points, bits)

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

    def pressing(self, level: int, now: float, *, has_news: bool) -> Due | None:
        """The limit that presses most on this level."""
        return pressing(self._limits, level, now, has_news=has_news)

    def dues(self, level: int, now: float, *, has_news: bool) -> Iterator[Due]:
        """Every limit that presses or waits on this level, in no order."""
        return dues(self._limits, level, now, has_news=has_news)

    def awaited_day(self, level: int, now: float) -> float | None:
        """When the day of the next try begins, for a case on hold."""
        return awaited_day(self._limits, level, now)

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
