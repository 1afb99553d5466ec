"""What follows of a case's record for its facts: limits that run, marks, kinds of help.

The queue then knows of them without opening the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from intake.case import ENDED, Stage
from intake.case.flags import flags
from intake.case.limits import hours_of
from intake.case.record import Record
from intake.case.running import Started, counts, due_of, is_waiting, running, turn_at
from intake.case.situation import Situation
from intake.casework.facts_box import KeptFacts
from intake.casework.grid import next_warning, on_grid
from intake.casework.work.situations import Standing, situation

_NOT_TOLD: Final = frozenset({Stage.RECEIVED.value, Stage.ERASED.value})


def reckoned(kept: KeptFacts, case: Situation) -> KeptFacts:
    """`kept` with what follows of the record of `case`."""
    tracks = {code: track.status for code, track in case.record.tracks.items()}
    return replace(
        kept,
        clocks=running(case),
        flags=flags(case),
        tracks=tracks,
        leads=_leads(case),
        is_reckoned=True,
    )


def _leads(case: Situation) -> tuple[str, ...]:
    """Who leads help, while the case is open."""
    return () if case.stage in ENDED else tuple(member.hex for member in case.record.leads)


def reckoned_of_facts(kept: KeptFacts, row: Standing, *, now: datetime) -> KeptFacts:
    """The same for facts of which that was never said: their case has no record yet."""
    if kept.is_reckoned:
        return kept
    return reckoned(kept, situation(kept, row, Record(), now=now))


def warn_at(case: Situation, limits: Iterable[Started]) -> datetime | None:
    """When somebody is to be told next of a limit that is over, or of which a quarter is left.

    On a six-hour grid in UTC, and later than `now`; None where nothing presses us. Nobody has
    opened a case on stage `received`: of those `waiting.warn_late` tells.
    """
    if case.stage in _NOT_TOLD:
        return None
    found = ((one, _next_moment(one, due, case)) for one, due in _pressing(limits, case))
    still = (
        moment
        for one, moment in found
        if turn_at(one.code, one.turn, one.allowed_until, moment) is not None
    )
    return min(map(on_grid, still), default=None)


def is_still_told(
    case: Situation, limits: Iterable[Started], before: Iterable[Started], told_at: datetime
) -> bool:
    """Whether one of the `limits` still presses of which word is to be left at `told_at`.

    It ran `before` the case is saved. Saving must not put that word off: whoever saves the
    case may not have seen the limit.
    """
    left = {_name(one) for one, _due in _pressing(limits, case)}
    of_before = (
        _name(one)
        for one, due in _pressing(before, case)
        if on_grid(_moments(one, due, case.level)[0]) <= told_at
    )
    return not left.isdisjoint(of_before)


def _pressing(limits: Iterable[Started], case: Situation) -> Iterator[tuple[Started, datetime]]:
    """The limits that are ours to meet once they end, each with its end."""
    for one in limits:
        turn = turn_at(one.code, one.turn, one.allowed_until, case.now)
        due = due_of(one, case.level, case.now)
        if turn is None or due is None or not counts(turn, due, case.now):
            continue
        if not is_waiting(turn, due, due, case.has_news):
            yield one, due


def _name(one: Started) -> tuple[object, ...]:
    """What tells this limit from others of the case, also when its level or turn changes."""
    return one.code, one.start, one.fixed, one.stage


def _next_moment(one: Started, due: datetime, case: Situation) -> datetime:
    ahead = (moment for moment in _moments(one, due, case.level) if moment > case.now)
    return min(ahead, default=next_warning(case.level, case.now, stage=case.stage))


def _moments(one: Started, due: datetime, level: str) -> tuple[datetime, ...]:
    """When a quarter is left, and the end; nobody can do anything before a day that is set."""
    if one.turn == "day" or not hours_of(one.code, level, one.stage):
        return (due,)
    return due - (due - one.start) / 4, due
