"""What the pages of the settings have in common: what was typed, where values come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import Blueprint
from flask_babel import format_date, gettext
from wtforms import Field

from intake.casework import telling
from intake.casework.told import Told
from intake.form.dates import AnswerError, parse_day
from intake.form.table.text import tidy
from intake.form.text import _
from intake.settings import LANGUAGES, Texts
from intake.web import context, staff_pages
from intake.web.permitted import reader
from intake.web.settings_forms import ROLES
from intake.web.staff_forms import RevisedForm

settings = staff_pages.install(Blueprint("settings", __name__, url_prefix="/settings"))

TOO_LATE: Final = _(
    "Somebody else saved this while you were writing. What stands now is shown below, and what "
    "you wrote is in the form. Compare both, and send yours again if it still holds."
)
KEPT: Final = _("Saved. People read it within two seconds.")
NEEDS_EACH: Final = _("Write this too. People see all three languages, or none of them.")
NEEDS_ROLE: Final = _("Choose the role of whoever checked it, or clear the day.")
NEEDS_DAY: Final = _("Write the day of the check, for example 19.11.2026.")
BY_FILE: Final = _("From the file intake.toml, or as it comes with the program")
NOT_TOLD: Final = _("Not told yet")
DAMAGED: Final = _(
    "What was saved here cannot be used, so people are told what intake.toml says. Save it "
    "anew."
)


@dataclass(frozen=True)
class Source:
    """Where a part comes from, in words; the revision that a form must name."""

    words: str
    revision: int
    is_from_here: bool
    is_damaged: bool


def source(part: str, told: Told, *, is_told: bool = True) -> Source:
    """Where the values of one part come from, since when and by whom."""
    revision = telling.revisions(reader()).get(part, 0)
    row = told.kept.get(part)
    if part in told.damaged:
        return Source(gettext(DAMAGED), revision, is_from_here=False, is_damaged=True)
    if row is None or row.content is None:
        words = gettext(BY_FILE if is_told else NOT_TOLD)
        return Source(words, revision, is_from_here=False, is_damaged=False)
    since = gettext(
        "Saved here on %(day)s by %(handle)s",
        day=format_date(context.local_day(row.at), "long"),
        handle=telling.handles(reader()).get(row.by, ""),
    )
    return Source(since, revision, is_from_here=True, is_damaged=False)


def one_line(text: str | None) -> str:
    """What was typed, without line breaks."""
    return " ".join(tidy(text or "").split())


def typed_texts(form: RevisedForm, suffix: str = "") -> dict[str, str] | None:
    """The texts in three languages; None for nothing, and errors where some are missing."""
    said = {code: one_line(form[f"{code}{suffix}"].data) for code in LANGUAGES}
    if not any(said.values()):
        return None
    for code in (code for code, words in said.items() if not words):
        say(form[f"{code}{suffix}"], NEEDS_EACH)
    return said


def typed_check(role: Field, on: Field) -> dict[str, str]:
    """Who checked it and when; nothing for nobody, and errors where half of it is missing."""
    day = typed_day(on)
    if day is None:
        if role.data and not on.errors:
            say(on, NEEDS_DAY)
        return {}
    if role.data not in ROLES:
        say(role, NEEDS_ROLE)
        return {}
    return {"checked_on": day.isoformat(), "checked_by": str(role.data)}


def typed_day(field: Field) -> date | None:
    """The day that was typed; an error where it is none, or still to come."""
    text = one_line(field.data)
    if not text:
        return None
    try:
        said = parse_day(text, today=context.local_day(context.now()))
    except AnswerError as error:
        say(field, str(error))
        return None
    if said.precision != "exact":
        say(field, NEEDS_DAY)
        return None
    return said.day


def day_typed(day: date | None) -> str:
    """A day as somebody would type it."""
    return day.strftime("%d.%m.%Y") if day else ""


def say(field: Field, sentence: str, **values: object) -> None:
    """Put a sentence beside a field, where nothing stands yet."""
    if not field.errors:
        field.errors = [gettext(sentence, **values)]


def texts_shown(texts: Texts) -> Mapping[str, Any]:
    """The texts for the fields of a form."""
    return {code: texts.said_in(code) for code in LANGUAGES}


def role_words(code: str) -> str:
    """A role in the reader's language; what the file says stands as it is."""
    return gettext(ROLES[code]) if code in ROLES else code
