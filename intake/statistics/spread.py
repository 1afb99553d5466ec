"""The median and other percentiles, by the nearest rank: a value that did occur."""

from collections.abc import Sequence
from math import ceil
from typing import Final

MEDIAN: Final = 50
SLOW: Final = 90


def nearest_rank(ordered: Sequence[float], percent: int) -> float | None:
    """The smallest value that at least `percent` in a hundred do not exceed; None of nothing.

    `ordered` from the smallest on, `percent` from 1 to 100. Nothing is interpolated, so the
    median of an even number of values is the lower one of the two in the middle.
    """
    if not ordered:
        return None
    return ordered[ceil(len(ordered) * percent / 100) - 1]
