"""The limits of a case as plain lists, so that a queue reckons thousands of them at once.

A limit is what `Started.to_json` wrote; times are seconds since 1970. What presses, waits or
no longer counts is the rule of `case.running`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from intake.case.limits import hours_of
from intake.case.running import counts, is_waiting, turn_at
from intake.triage import Level

Limit = Sequence[Any]
FOREVER: Final[float] = 1 << 40
"""Seconds since 1970 that nobody lives to see."""
_EMPTY: Final = ("", 0, "", 0, None, None, None, "", None)
_HELD_SINCE, _ALLOWED_UNTIL = 4, 8


class Due(NamedTuple):
    """A limit, when it is over, whether it waits, and for whom: as in `case.running.Due`."""

    clock: str
    at: float
    waiting: bool
    turn: str = ""


def dues(limits: Sequence[Limit], level: int, now: float, *, has_news: bool) -> list[Due]:
    """What a case needs: first what presses us, then what waits, what ends first first."""
    return sorted(_dues(limits, level, now, has_news=has_news), key=_order)


def last_until(limits: Sequence[Limit], found: Sequence[Due], now: float) -> float:
    """Until when the `dues` of these limits stay as they were found `now`, on one level."""
    if any(limit[_HELD_SINCE:] and limit[_HELD_SINCE] for limit in limits):
        return now
    allowed = (limit[_ALLOWED_UNTIL] for limit in limits if limit[_ALLOWED_UNTIL:])
    ends = (until for until in allowed if until > now)
    return min((*ends, *(due.at for due in found if due.at >= now)), default=FOREVER)


def _dues(limits: Sequence[Limit], level: int, now: float, *, has_news: bool) -> Iterator[Due]:
    for limit in limits:
        full: list[Any] = [*limit, *_EMPTY[len(limit) :]]
        code, start, told, paused, held_since, at, at_most, stage, until = full
        turn = turn_at(code, told, until, now)
        if turn is None:
            continue
        if not at:
            seconds = _seconds(code, level, stage)
            if seconds is None:
                continue
            at = start + seconds + paused + (now - held_since if held_since else 0)
            at = min(at, at_most) if at_most else at
        if counts(turn, at, now):
            yield Due(code, at, is_waiting(turn, at, now, has_news), turn)


def _order(due: Due) -> tuple[bool, float]:
    return due.waiting, due.at


@lru_cache(maxsize=1024)
def _seconds(code: str, level: int, stage: str) -> int | None:
    hours = hours_of(code, Level(level).code, stage)
    return None if hours is None else hours * 3600
