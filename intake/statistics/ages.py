"""How old what waits is, and whose turn it is: bands of age, each with counts by turn."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, NamedTuple

TURNS: Final = ("new", "ours", "theirs")
"""Not opened yet, ours to act on, or not ours now."""


@dataclass(frozen=True)
class Band:
    """Ages from `since` on and under `until`; the last band has no end."""

    code: str
    since: timedelta
    until: timedelta | None


class Waiting(NamedTuple):
    """Something that waits: its age in seconds, and a code out of `TURNS`."""

    age: float
    turn: str


@dataclass(frozen=True)
class Ages:
    """How many are in one band, by turn."""

    band: Band
    counts: Mapping[str, int] = field(hash=False)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


BANDS: Final = (
    Band("day", timedelta(), timedelta(days=1)),
    Band("days_3", timedelta(days=1), timedelta(days=3)),
    Band("week", timedelta(days=3), timedelta(days=7)),
    Band("weeks_4", timedelta(days=7), timedelta(days=28)),
    Band("weeks_12", timedelta(days=28), timedelta(days=84)),
    Band("older", timedelta(days=84), None),
)
_BEGINNINGS: Final = tuple(band.since.total_seconds() for band in BANDS)


def ages(waiting: Iterable[Waiting]) -> tuple[Ages, ...]:
    """Every band, youngest first, also where nothing is in it."""
    counts = [dict.fromkeys(TURNS, 0) for _ in BANDS]
    for one in waiting:
        counts[_band(one.age)][one.turn] += 1
    return tuple(Ages(band, found) for band, found in zip(BANDS, counts, strict=True))


def _band(age: float) -> int:
    """Which band an age is in; a clock that was set back makes nothing older than new."""
    return bisect_right(_BEGINNINGS, max(age, 0.0)) - 1
