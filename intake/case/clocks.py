"""How every limit of a case stands: by when, met or not, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from intake.case.limits import CLOCKS, Clock
from intake.case.running import (
    Due,
    Started,
    counts,
    due_of,
    dues,
    is_waiting,
    missing_consent,
    running,
    started,
    stopped_at,
)
from intake.case.situation import Situation
from intake.case.starting import LOOK, Run, runs

__all__ = [
    "CLOCKS",
    "LOOK",
    "Clock",
    "ClockNow",
    "ClockState",
    "Due",
    "Started",
    "clocks",
    "counts",
    "due_of",
    "dues",
    "running",
]


class ClockState(StrEnum):
    """How a limit stands now."""

    RUNNING = "running"
    LATE = "late"
    WAITING = "waiting"
    """For the reporter, or for the day of the next try: never late meanwhile."""
    PAUSED = "paused"
    """The case is on hold; a limit of law is never paused."""
    GATED = "gated"
    """A consent is missing; never late, but a limit of law presses until it ends."""
    COMING = "coming"
    """What it is counted from has not happened."""
    MET = "met"


@dataclass(frozen=True)
class ClockNow:
    """One limit of one case at this moment.

    `about` is the step that it is counted from, where there may be several. `start` and `due`
    are None while the event has not happened; `missing_consent` is a code of `consent`, or
    `family_deceased_missing` of `consent_giver`. `legal` hours not `checked` are marked.
    `turn` says who must act, as in `Started`; `has_day` where somebody set its end.
    """

    code: str
    state: ClockState
    start: datetime | None = None
    due: datetime | None = None
    about: UUID | None = None
    stopped_at: datetime | None = None
    missing_consent: str | None = None
    turn: str = ""
    has_day: bool = False

    @property
    def clock(self) -> Clock:
        return CLOCKS[self.code]

    @property
    def legal(self) -> bool:
        return self.clock.legal

    @property
    def checked(self) -> bool:
        return self.clock.checked

    @property
    def source(self) -> str:
        return self.clock.source


def clocks(case: Situation) -> tuple[ClockNow, ...]:
    """Every limit that holds for the case, in the order of domain 6.5."""
    return tuple(_clocks(case))


def _clocks(case: Situation) -> Iterator[ClockNow]:
    for code, run in runs(case):
        found = _now(code, run, case) if run.start else _coming(code, run, case)
        if found:
            yield found


def _coming(code: str, run: Run, case: Situation) -> ClockNow | None:
    if CLOCKS[code].hours.get(case.level) is None:
        return None
    met = stopped_at(code, run, case)
    missing = missing_consent(code, case)
    state = ClockState.GATED if missing else ClockState.COMING
    return ClockNow(
        code,
        ClockState.MET if met else state,
        about=run.about,
        stopped_at=met,
        missing_consent=None if met else missing,
    )


def _now(code: str, run: Run, case: Situation) -> ClockNow | None:
    one = started(code, run, case)
    due = due_of(one, case.level, case.now)
    if due is None:
        return None
    met = stopped_at(code, run, case)
    return ClockNow(
        code,
        ClockState.MET if met else _state(one.turn, due, case),
        one.start,
        due,
        run.about,
        met,
        None if met else missing_consent(code, case),
        one.turn,
        has_day=one.fixed is not None,
    )


def _state(turn: str, due: datetime, case: Situation) -> ClockState:
    standing_still = {"hold": ClockState.PAUSED, "consent": ClockState.GATED}
    if turn in standing_still:
        return standing_still[turn]
    if is_waiting(turn, due, case.now, case.has_news):
        return ClockState.WAITING
    return ClockState.LATE if due < case.now else ClockState.RUNNING
