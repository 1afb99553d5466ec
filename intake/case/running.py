"""The limits that run for a case, short enough to stand beside its facts for the queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import dropwhile
from typing import Final, TypeVar

from intake.case.limits import CLOCKS, hours_of
from intake.case.moves import Hold
from intake.case.situation import Situation
from intake.case.starting import BEGUN_BY_CONSENT, HOLD, Run, runs

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)
_FAMILY: Final = "family_deceased_missing"
_CONSENTS: Final = frozenset(
    {"refer_internal", "state_complaint", "npm_ombudsman", "un_government"}
)
_SAVES_LIFE: Final = frozenset({"lawyer_u1", "medical_u1"})
_ALLOWED_OR_NOT: Final = frozenset({"day", "consent"})
"""Turns that no consent changes any more by running out."""
_WITHOUT_CONSENT: Final = frozenset(c for c, k in CLOCKS.items() if k.legal) - BEGUN_BY_CONSENT
"""Limits that are told of although the consent for what they ask is missing."""
_ENDED: Final = frozenset({"closed", "erased"})
_LEFT: Final = frozenset({"retention"})
"""What runs on after the end of a case."""
Moment = TypeVar("Moment", datetime, float)


@dataclass(frozen=True)
class Started:
    """A limit that runs: from it, the level and the time now follows its end.

    `turn` says who must act: nobody but us (`""`), we too (`look`) although the reporter is to
    answer, the `reporter`, nobody before the `day` that it ends, whoever gives the missing
    `consent`, or nobody while the case is on `hold`. What allows it, a consent or a decision
    that saves life, runs out at `allowed_until`.
    """

    code: str
    start: datetime
    turn: str = ""
    paused: timedelta = timedelta()
    held_since: datetime | None = None
    fixed: datetime | None = None
    at_most: datetime | None = None
    stage: str = ""
    allowed_until: datetime | None = None

    def to_json(self) -> list[object]:
        """The limit as one list, without empty ends."""
        values = [
            self.code,
            _seconds(self.start),
            self.turn,
            self.paused // _SECOND,
            *(at and _seconds(at) for at in (self.held_since, self.fixed, self.at_most)),
            self.stage,
            self.allowed_until and _seconds(self.allowed_until),
        ]
        return list(reversed([*dropwhile(lambda value: not value, reversed(values))]))

    @classmethod
    def from_json(cls, values: Sequence[object]) -> Started:
        """The limit that `to_json` wrote."""
        full = [*values, *_EMPTY[len(values) :]]
        code, start, turn, paused, held, fixed, at_most, stage, until = full
        return cls(
            str(code),
            _at(start),
            str(turn),
            timedelta(seconds=int(str(paused))),
            _at(held) if held else None,
            _at(fixed) if fixed else None,
            _at(at_most) if at_most else None,
            str(stage),
            _at(until) if until else None,
        )


_EMPTY: Final[tuple[object, ...]] = ("", 0, "", 0, None, None, None, "", None)


@dataclass(frozen=True)
class Due:
    """What must have happened and until when; `turn` is as in `Started`, waiting never late."""

    clock: str
    at: datetime
    waiting: bool = False
    turn: str = ""

    def is_late(self, now: datetime) -> bool:
        return not self.waiting and self.at < now


def running(case: Situation) -> tuple[Started, ...]:
    """The limits that run for a case, as the queue keeps them.

    Once it is closed only the date of erasing is left, and nothing once it is erased.
    """
    begun = (
        started(code, run, case)
        for code, run in runs(case)
        if case.stage not in _ENDED or code in _LEFT
        if run.start is not None and stopped_at(code, run, case) is None
    )
    return tuple(one for one in begun if one.turn != "consent" or CLOCKS[one.code].legal)


def started(code: str, run: Run, case: Situation) -> Started:
    """A limit that has begun, with the time for which it stood still."""
    turn = _turn(code, run, case)
    legal = CLOCKS[code].legal
    holds = () if legal or run.turn == "day" else held(case)
    start = _whole(run.start or case.now)
    stood = (_stood(hold, start) for hold in holds if hold.until)
    since = next((max(h.since, start) for h in holds if h.until is None), None)
    return Started(
        code,
        start,
        turn,
        timedelta(seconds=sum(stood, timedelta()) // _SECOND),
        since and _whole(since),
        run.fixed and _whole(run.fixed),
        run.at_most and _whole(run.at_most),
        run.stage,
        None if turn in _ALLOWED_OR_NOT else _allowed_until(code, case),
    )


def _allowed_until(code: str, case: Situation) -> datetime | None:
    """When what allows it runs out; None where nothing need allow it, or for good."""
    gate = CLOCKS[code].gate
    if gate == _FAMILY:
        is_for_good = case.allowed.keys() - case.allowed_until.keys()
        return None if is_for_good else max(case.allowed_until.values(), default=None)
    until = case.allowed_until.get(gate) if gate in case.allowed else None
    if gate not in _CONSENTS or (gate in case.allowed and until is None):
        return None
    vital = case.record.vital_until(case.now) if code in _SAVES_LIFE else None
    return max((end for end in (until, vital) if end), default=None)


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _turn(code: str, run: Run, case: Situation) -> str:
    if run.turn == "day":
        return "day"
    if missing_consent(code, case):
        return "consent"
    if case.stage == HOLD and not CLOCKS[code].legal:
        return "hold"
    return run.turn


def missing_consent(code: str, case: Situation) -> str | None:
    """The code of the consent that a limit needs and nobody has given, None where all is well.

    `family_deceased_missing` is a giver, not a consent: the family of a missing person.
    """
    gate = CLOCKS[code].gate
    if gate == _FAMILY:
        return None if case.allowed else gate
    if gate not in _CONSENTS or gate in case.allowed:
        return None
    is_vital = code in _SAVES_LIFE and case.record.vital_until(case.now) is not None
    return None if is_vital else gate


def stopped_at(code: str, run: Run, case: Situation) -> datetime | None:
    """When what the limit asks for was done, or written down as not needed."""
    return run.stopped_at or case.record.set_aside_at(code, run.about, run.start)


def held(case: Situation) -> tuple[Hold, ...]:
    """The times on hold; one that lasts is known by the stage even where no step says it."""
    holds = case.record.moves.holds
    if case.stage == HOLD and not (holds and holds[-1].until is None):
        return (*holds, Hold(case.stage_changed_at or case.received_at))
    return holds


def _stood(hold: Hold, start: datetime) -> timedelta:
    until = hold.until or hold.since
    return max(timedelta(), until - max(hold.since, start))


def due_of(started: Started, level: str, now: datetime) -> datetime | None:
    """When the time is over, or None where this level has no such limit."""
    if started.fixed:
        return started.fixed
    hours = hours_of(started.code, level, started.stage)
    if hours is None:
        return None
    standing = now - started.held_since if started.held_since else timedelta()
    due = started.start + timedelta(hours=hours) + started.paused + standing
    return min(due, started.at_most) if started.at_most else due


def counts(turn: str, due: Moment, now: Moment) -> bool:
    """Whether a limit presses or waits at all: without its consent only until it is over."""
    return turn != "consent" or due >= now


def turn_at(code: str, turn: str, until: Moment | None, now: Moment) -> str | None:
    """Whose turn it is `now`; None for nobody's once what allowed it has run out."""
    if not until or now < until:
        return turn
    return "consent" if code in _WITHOUT_CONSENT else None


def is_waiting(turn: str, due: Moment, now: Moment, has_news: bool) -> bool:  # noqa: FBT001
    """Whether a limit that `counts` waits for somebody else, or for its day.

    News from the reporter end the waiting, but no hold (domain 6.5).
    """
    if turn == "hold":
        return True
    return not has_news and (turn == "reporter" or (turn == "day" and now < due))


def dues(
    limits: Iterable[Started], level: str, now: datetime, *, has_news: bool
) -> tuple[Due, ...]:
    """What a case needs: first what presses us, then what waits, what ends first first."""
    found = (
        Due(one.code, due, is_waiting(turn, due, now, has_news), turn)
        for one in limits
        if (turn := turn_at(one.code, one.turn, one.allowed_until, now)) is not None
        if (due := due_of(one, level, now)) and counts(turn, due, now)
    )
    return tuple(sorted(found, key=lambda due: (due.waiting, due.at)))


def _seconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _SECOND


def _at(seconds: object) -> datetime:
    return _EPOCH + timedelta(seconds=int(str(seconds)))
