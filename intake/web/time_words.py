"""Times in the words of the desk: what is left, how long ago, when; knows no case."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from babel import Locale
from flask_babel import format_datetime, get_locale, gettext, ngettext

SOON: Final = timedelta(hours=3)
_HOURS_ALONE: Final = 8
_SECONDS_ALONE: Final = 90
_DAYS_FROM: Final = timedelta(hours=48)


@dataclass(frozen=True)
class TimeLeft:
    """How long is left, in words, and the style it is shown in: late, soon or easy."""

    words: str
    style: str


def time_left(at: datetime | None, *, waiting: bool, now: datetime) -> TimeLeft:
    """What a row of the queue says about its next clock; who waits for them is never late."""
    if waiting:
        return TimeLeft(gettext("waiting for them"), "easy")
    if at is None:
        return TimeLeft(gettext("no limit runs"), "easy")
    left = at - now
    if left < timedelta(0):
        return TimeLeft(gettext("%(time)s late", time=duration(-left)), "late")
    return TimeLeft(duration(left), "soon" if left <= SOON else "easy")


def duration(length: timedelta) -> str:
    """`25 min`, `1 h 40 min`, `9 h`, `2 days`: as exact as somebody can use."""
    minutes = int(length.total_seconds() // 60)
    if length >= _DAYS_FROM:
        days = length.days
        return ngettext("%(num)s day", "%(num)s days", days)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return gettext("%(minutes)s min", minutes=rest)
    if rest and hours < _HOURS_ALONE:
        return gettext("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)
    return gettext("%(hours)s h", hours=hours)


def ago(moment: datetime, now: datetime) -> str:
    """`40 min ago`; under a minute it is just now."""
    length = now - moment
    if length < timedelta(minutes=1):
        return gettext("just now")
    return gettext("%(time)s ago", time=duration(length))


def hours_ago(hour: datetime, now: datetime) -> str:
    """How long ago something was that is known to the hour only."""
    whole = int((now - hour).total_seconds() // 3600)
    return gettext("within the last hour") if whole < 1 else ago(hour, now)


def hours(number: int) -> str:
    """A span that is given in hours: `2 h`, `10 days`."""
    return duration(timedelta(hours=number))


def seconds(number: int) -> str:
    """How long to wait before the next try."""
    if number < _SECONDS_ALONE:
        return ngettext("%(num)s second", "%(num)s seconds", number)
    return ngettext("%(num)s minute", "%(num)s minutes", -(-number // 60))


def clock_time(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """The local time of a moment: the hour alone for today, else with its day."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return str(format_datetime(moment, "HH:mm"))
    skeleton = "MMMd" if local.year == today.year else "yMMMd"
    return str(format_datetime(moment, f"{pattern(skeleton)}, HH:mm"))


def pattern(skeleton: str) -> str:
    """How the reader's language writes these parts of a date (CLDR)."""
    return str((get_locale() or Locale("en")).datetime_skeletons[skeleton].pattern)
