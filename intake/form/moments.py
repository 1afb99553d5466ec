"""The earliest and latest moment that a said day and time allow, in UTC.

A time of day that nobody named is read in the way that keeps a case more urgent: what happened
as late as the words allow, what is to come as early. A bare year allows no reading in hours.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from intake.form.dates import CivilDate

ZONE: Final = ZoneInfo("Asia/Almaty")


@lru_cache(maxsize=4096)
def midnight(day: date) -> datetime:
    """The beginning of a local day."""
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def local_day(moment: datetime) -> date:
    """The local civil date at a moment."""
    return moment.astimezone(ZONE).date()


@lru_cache(maxsize=4096)
def earliest(said: CivilDate, at: time | None) -> datetime | None:
    """The first moment that the words allow."""
    if said.precision == "year":
        return None
    return _moment(said, at) or midnight(said.day)


@lru_cache(maxsize=4096)
def latest(said: CivilDate, at: time | None) -> datetime | None:
    """The moment after which the words no longer hold."""
    if said.precision == "year":
        return None
    return _moment(said, at) or midnight(_day_after(said))


def _moment(said: CivilDate, at: time | None) -> datetime | None:
    if at is None or said.precision != "exact":
        return None
    return datetime.combine(said.day, at, ZONE).astimezone(UTC)


def _day_after(said: CivilDate) -> date:
    if said.precision == "month":
        return (said.day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return said.day + timedelta(days=1)
