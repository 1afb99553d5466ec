"""How every limit of a case stands: by when, met or not, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from intake.case.limits import CLOCKS, Clock
from intake.case.running import (
    Due,
    Started,
    due_of,
    missing_consent,
    next_due,
    running,
    started,
    stopped_at,
)
from intake.case.situation import Situation
from intake.case.starting import Run, runs

__all__ = [
    "CLOCKS",
    "Clock",
    "ClockNow",
    "ClockState",
    "Due",
    "Started",
    "clocks",
    "due_of",
    "most_pressing",
    "next_due",
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
    """

    code: str
    state: ClockState
    start: datetime | None = None
    due: datetime | None = None
    about: UUID | None = None
    stopped_at: datetime | None = None
    missing_consent: str | None = None

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
        ClockState.MET if met else _state(one, due, case.now),
        one.start,
        due,
        run.about,
        met,
        None if met else missing_consent(code, case),
    )


def _state(one: Started, due: datetime, now: datetime) -> ClockState:
    by_turn = {
        "reporter": ClockState.WAITING,
        "hold": ClockState.PAUSED,
        "consent": ClockState.GATED,
    }
    if one.turn == "day" and now < due:
        return ClockState.WAITING
    return by_turn.get(one.turn) or (ClockState.LATE if due < now else ClockState.RUNNING)


def most_pressing(found: Iterable[ClockNow], now: datetime) -> ClockNow | None:
    """What a case needs next: what presses us, then what waits for somebody else."""
    ordered = sorted(
        (
            (clock.state in {ClockState.WAITING, ClockState.PAUSED}, clock.due, index, clock)
            for index, clock in enumerate(found)
            if clock.due and _presses(clock, now)
        ),
        key=lambda row: row[:3],
    )
    return ordered[0][3] if ordered else None


def _presses(clock: ClockNow, now: datetime) -> bool:
    if clock.state is ClockState.GATED:
        return clock.legal and clock.due is not None and clock.due >= now
    return clock.state not in {ClockState.MET, ClockState.COMING}
