"""The numbers of the team on one page: bars, and the same as tables; no case is named."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from babel.dates import format_interval
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_percent, get_locale

from intake.case.clocks import CLOCKS
from intake.casework.numbers import PERIODS, Numbers
from intake.casework.numbers import numbers as counted
from intake.form.moments import local_day
from intake.form.text import _
from intake.form.vocabularies import vocabulary
from intake.roles import Permission
from intake.statistics import TURNS, Arrivals
from intake.web import context, staff_pages, time_words
from intake.web.permitted import permitted, reader

USUAL: Final = 12
BANDS: Final = {
    "day": _("Less than a day"),
    "days_3": _("1 to 3 days"),
    "week": _("3 to 7 days"),
    "weeks_4": _("1 to 4 weeks"),
    "weeks_12": _("4 to 12 weeks"),
    "older": _("12 weeks or longer"),
}
TURN_NAMES: Final = {
    "new": _("Not opened"),
    "ours": _("Our turn"),
    "theirs": _("Not our turn"),
}
_FIRST_ANSWER: Final = CLOCKS["contact_u1"]

numbers = staff_pages.install(Blueprint("numbers", __name__))


@numbers.get("/desk/numbers")
@permitted(Permission.READ_NUMBERS)
def show() -> ResponseReturnValue:
    """What came in so many weeks, what waits now, and how soon people were answered."""
    found = counted(reader(), _weeks(request.args.get("weeks", "")), now=context.now())
    return render_template(
        "desk/numbers.html",
        found=found,
        periods=[(weeks, url_for(".show", weeks=weeks)) for weeks in PERIODS],
        most=_most(found),
        came=sum(week.count for week in found.arrivals),
        automated=sum(week.automated for week in found.arrivals),
        waiting={turn: sum(band.counts[turn] for band in found.ages) for turn in TURNS},
        late=sum(row.count for row in found.lateness),
        unheld=next(load.total for load in found.loads if not load.who),
        levels=vocabulary("urgency").codes,
        bands=BANDS,
        turns=TURN_NAMES,
        week=_week,
        whole_period=_days(found.arrivals[0].monday, found.arrivals[-1].sunday),
        duration=time_words.duration,
        limit=_limit,
        share=lambda count: str(format_percent(count / found.cases)),
    )


def _weeks(asked: str) -> int:
    """The period that the address asks for, or the usual one."""
    return next((weeks for weeks in PERIODS if asked == str(weeks)), USUAL)


def _most(found: Numbers) -> Mapping[str, float]:
    """How long the longest bar of each figure is, in its own unit."""
    return {
        "arrivals": _longest(week.count for week in found.arrivals),
        "ages": _longest(band.total for band in found.ages),
        "lateness": _longest(row.count for row in found.lateness),
        "loads": _longest(load.total for load in found.loads),
        "responses": _longest(_hours(row.slow) for row in found.responses),
        "fired": _longest(row.count for row in found.fired),
    }


def _longest(values: Iterable[float]) -> float:
    return max(values, default=0) or 1


def _hours(span: timedelta | None) -> float:
    return span.total_seconds() / 3600 if span else 0.0


def _week(week: Arrivals) -> str:
    return _days(week.monday, week.sunday)


def _days(first: date, last: date) -> str:
    """From one day to another, with the year where it is not only this one."""
    this = local_day(context.now()).year
    skeleton = "MMMd" if first.year == last.year == this else "yMMMd"
    return str(format_interval(first, last, skeleton, locale=get_locale() or "en"))


def _limit(level: str) -> str:
    """Within how long the first answer is due on this level."""
    hours = _FIRST_ANSWER.hours.get(level)
    return time_words.hours(hours) if hours else ""
