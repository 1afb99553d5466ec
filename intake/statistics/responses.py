"""How long people waited for the first answer: median and 90th percentile, by level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from intake.statistics.spread import MEDIAN, SLOW, nearest_rank


class First(NamedTuple):
    """A case of this level: the seconds until its first answer, None while there is none."""

    level: str
    after: float | None


@dataclass(frozen=True)
class Response:
    """The answers of one level, or of all where `level` is empty.

    `median` and `slow` (90th percentile, both by the nearest rank) are of the answered ones
    alone; None where nothing was answered.
    """

    level: str
    answered: int
    unanswered: int
    median: timedelta | None
    slow: timedelta | None


def responses(found: Iterable[First], levels: Sequence[str]) -> tuple[Response, ...]:
    """A row for each level, and one for all of them."""
    after: dict[str, list[float]] = {level: [] for level in levels}
    without = dict.fromkeys(levels, 0)
    for one in found:
        if one.after is None:
            without[one.level] += 1
        else:
            after[one.level].append(max(one.after, 0.0))
    rows = [_response(level, after[level], without[level]) for level in levels]
    everything = [seconds for level in levels for seconds in after[level]]
    return (*rows, _response("", everything, sum(without.values())))


def _response(level: str, after: list[float], unanswered: int) -> Response:
    ordered = sorted(after)
    return Response(
        level,
        len(ordered),
        unanswered,
        _span(nearest_rank(ordered, MEDIAN)),
        _span(nearest_rank(ordered, SLOW)),
    )


def _span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
