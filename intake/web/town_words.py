"""What the desk reads in a place: the town, and the unit it lies in now and lay in then."""

from datetime import date
from typing import Final

from flask_babel import gettext

from intake.form.answers import Answers
from intake.form.dates import CivilDate
from intake.form.places import locality_in, unit_of
from intake.form.questionnaire import BY_NAME
from intake.form.questions import AnyQuestion, Day, Listed, Text
from intake.web import context
from intake.web.said import civil_date, labels

_DAYS: Final = ("act_date_from", "act_date_to", "detained_on", "died_on")
"""Questions whose answer says when it happened, the best one first."""


def day_of(answers: Answers) -> CivilDate | None:
    """When it happened, as far as that was said; for one of several things its own day."""
    said = [(name, BY_NAME.get(name)) for name in (*_DAYS, *answers.values)]
    days = (answers[question] for _name, question in said if isinstance(question, Day))
    return next((day for day in days if day is not None), None)


def place_notes(question: AnyQuestion | None, value: object, on: CivilDate | None) -> list[str]:
    """The town that was meant, where only words name it, and its first-level unit."""
    if isinstance(question, Listed) and question.vocabulary == "locality":
        return [_units(str(value), on)]
    if not isinstance(question, Text) or "place" not in question.name:
        return []
    town = locality_in(str(value))
    if town is None:
        return []
    words = gettext("Read as: %(town)s.", town=town.label(context.language()))
    return [words, _units(town.code, on)]


def _units(town: str, on: CivilDate | None) -> str:
    today = context.now().date()
    now = _unit(town, today)
    then = _unit(town, on.day) if on else now
    if on is None or then == now:
        return gettext("Region or city: %(unit)s.", unit=now)
    return gettext(
        "Region or city now: %(now)s; on that day (%(day)s): %(then)s.",
        now=now,
        then=then,
        day=civil_date(on),
    )


def _unit(town: str, on: date) -> str:
    return "".join(labels("region", unit_of(town, on)))
