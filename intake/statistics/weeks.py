"""Arrivals by week; weeks begin on Monday (ISO 8601), and one without arrivals is zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple


class Came(NamedTuple):
    """So many reports of one local day; `automated` of them look automated."""

    day: date
    number: int
    automated: int = 0


@dataclass(frozen=True)
class Arrivals:
    """What came in the week that begins on this Monday; the running week `is_over` not yet."""

    monday: date
    count: int
    automated: int
    is_over: bool

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def mondays(today: date, weeks: int) -> tuple[date, ...]:
    """The first days of so many weeks, oldest first; the last is the week of `today`."""
    this = _monday_of(today)
    return tuple(this - timedelta(weeks=back) for back in reversed(range(weeks)))


def arrivals(came: Iterable[Came], today: date, weeks: int) -> tuple[Arrivals, ...]:
    """A row for each of the last `weeks` weeks, oldest first; other days are left out."""
    counts = {monday: [0, 0] for monday in mondays(today, weeks)}
    for one in came:
        if (week := counts.get(_monday_of(one.day))) is not None:
            week[0] += one.number
            week[1] += one.automated
    this = _monday_of(today)
    return tuple(
        Arrivals(monday, count, automated, is_over=monday < this)
        for monday, (count, automated) in counts.items()
    )


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
