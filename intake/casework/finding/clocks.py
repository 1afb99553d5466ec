"""The limits of a case as plain lists, so that a queue reckons thousands of them at once.

A limit is what `Started.to_json` wrote; times are seconds since 1970. What comes out is what
`case.running.next_due` says.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from intake.case.limits import hours_of
from intake.triage import Level

Limit = Sequence[Any]
_EMPTY: Final = ("", 0, "", 0, None, None, None, "")
_WAITING: Final = frozenset({"reporter", "hold"})
_TURN: Final = 2
"""Where a limit says who must act."""


class Due(NamedTuple):
    """Which limit presses most, when it is over, and whether it waits for somebody else."""

    clock: str
    at: float
    waiting: bool


def pressing(limits: Sequence[Limit], level: int, now: float, *, has_news: bool) -> Due | None:
    """What a case needs next: what presses us first, then what waits; news end all waiting."""
    found: Due | None = None
    for limit in limits:
        due = _due(limit, level, now)
        if due is not None and (found is None or _order(due) < _order(found)):
            found = due
    return found._replace(waiting=found.waiting and not has_news) if found else None


def awaited_day(limits: Sequence[Limit], level: int, now: float) -> float | None:
    """When the day begins that somebody set for the next try; None where nobody did."""
    of_days = (limit for limit in limits if len(limit) > _TURN and limit[_TURN] == "day")
    ends = (due.at for limit in of_days if (due := _due(limit, level, now)))
    return min(ends, default=None)


def _due(limit: Limit, level: int, now: float) -> Due | None:
    """When this limit is over; None where the level has no such, or it is left out by now."""
    full: list[Any] = [*limit, *_EMPTY[len(limit) :]]
    code, start, turn, paused, held_since, fixed, at_most, stage = full
    at = fixed
    if not at:
        seconds = _seconds(code, level, stage)
        if seconds is None:
            return None
        at = start + seconds + paused + (now - held_since if held_since else 0)
        at = min(at, at_most) if at_most else at
    if turn == "consent" and at < now:
        return None
    return Due(code, at, turn in _WAITING or (turn == "day" and now < at))


def _order(due: Due) -> tuple[bool, float]:
    return due.waiting, due.at


@lru_cache(maxsize=1024)
def _seconds(code: str, level: int, stage: str) -> int | None:
    hours = hours_of(code, Level(level).code, stage)
    return None if hours is None else hours * 3600
