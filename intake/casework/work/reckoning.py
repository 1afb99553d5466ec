"""What follows of a case's record for its facts: limits that run, marks, kinds of help.

The queue then knows of them without opening the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from intake.case.flags import flags
from intake.case.record import Record
from intake.case.running import Started, due_of, running
from intake.case.situation import Situation
from intake.casework.facts_box import KeptFacts
from intake.casework.grid import next_warning, on_grid
from intake.casework.work.situations import Standing, situation

_OTHERS: Final = frozenset({"reporter", "hold"})
"""Whose turn it is while nobody is warned."""


def reckoned(kept: KeptFacts, case: Situation) -> KeptFacts:
    """`kept` with what follows of the record of `case`."""
    tracks = {code: track.status for code, track in case.record.tracks.items()}
    return replace(
        kept, clocks=running(case), flags=flags(case), tracks=tracks, is_reckoned=True
    )


def reckoned_of_facts(kept: KeptFacts, row: Standing, *, now: datetime) -> KeptFacts:
    """The same for facts of which that was never said: their case has no record yet."""
    if kept.is_reckoned:
        return kept
    return reckoned(kept, situation(kept, row, Record(), now=now))


def warn_at(case: Situation) -> datetime | None:
    """When somebody is to be told next of a limit that is over, or of which a quarter is left.

    On a six-hour grid in UTC, and later than `now`; None where nothing presses us. Nobody has
    opened a case on stage `received`: of those `waiting.warn_late` tells.
    """
    if case.stage in {"received", "closed", "erased"}:
        return None
    found = list(_moments(case))
    return min(map(on_grid, found), default=None)


def _moments(case: Situation) -> Iterator[datetime]:
    for one in running(case):
        due = due_of(one, case.level, case.now)
        if due is None or one.turn in _OTHERS or (one.turn == "consent" and due < case.now):
            continue
        ahead = [moment for moment in _told_at(one, due) if moment > case.now]
        yield min(ahead, default=next_warning(case.level, case.now))


def _told_at(one: Started, due: datetime) -> tuple[datetime, ...]:
    """Before the day of the next try there is nothing to do; of all else a quarter is left."""
    return (due,) if one.turn == "day" else (due - (due - one.start) / 4, due)
