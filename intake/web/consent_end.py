"""The last day of a permission: when it ends, and whether that is over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from flask_babel import gettext

from intake.form.consenting import CONSENT_UNTIL
from intake.form.dates import CivilDate
from intake.form.moments import latest, midnight
from intake.form.text import _
from intake.web.context import now
from intake.web.forms import Form

IS_OVER: Final = _("This day is over. Write a day that is still to come, or leave it empty.")


def end_of(said: CivilDate | None) -> datetime | None:
    """The end of the last day on which it holds, or of the last month or year."""
    if said is None:
        return None
    return latest(said, None) or midnight(date(said.day.year + 1, 1, 1))


def is_to_come(form: Form) -> bool:
    """Whether its last day, where the form says one, is still to come; else says so there."""
    if CONSENT_UNTIL.name not in form:
        return True
    field = form[CONSENT_UNTIL.name]
    end = end_of(field.data)
    if end is None or end > now():
        return True
    field.errors = [gettext(IS_OVER)]
    return False
