"""What is late: by the clock that is over and the stage it stands in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple


class Late(NamedTuple):
    """Something late: which clock is over, in which stage, for how many seconds."""

    clock: str
    stage: str
    seconds: float
    is_held: bool


@dataclass(frozen=True)
class Lateness:
    """How many are late by one clock in one stage, how many of them nobody holds."""

    clock: str
    stage: str
    count: int
    unheld: int
    longest: timedelta


def lateness(late: Iterable[Late]) -> tuple[Lateness, ...]:
    """The rows, most first."""
    groups: defaultdict[tuple[str, str], list[Late]] = defaultdict(list)
    for one in late:
        groups[one.clock, one.stage].append(one)
    rows = [_row(clock, stage, group) for (clock, stage), group in groups.items()]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.clock, row.stage)))


def _row(clock: str, stage: str, group: list[Late]) -> Lateness:
    return Lateness(
        clock,
        stage,
        len(group),
        sum(not one.is_held for one in group),
        timedelta(seconds=max(one.seconds for one in group)),
    )
