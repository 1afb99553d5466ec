"""One answer in words, for pages of every kind: labels for codes, dates as exact as said."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any, Final

from flask_babel import format_date, gettext

from intake.form.answers import State
from intake.form.body import Marks
from intake.form.dates import CivilDate
from intake.form.questions import (
    AnyQuestion,
    Attached,
    Day,
    Listed,
    LongText,
    Number,
    Tick,
    TimeOfDay,
)
from intake.form.text import _
from intake.form.vocabularies import VOCABULARIES
from intake.web import context
from intake.web.body_map import words_of_marks
from intake.web.file_words import file_words
from intake.web.time_words import pattern

STATES: Final = {
    State.UNANSWERED: _("left empty"),
    State.SKIPPED: _("skipped this question"),
    State.UNKNOWN: _("does not know"),
    State.PREFER_NOT_TO_SAY: _("does not want to say"),
}


@dataclass(frozen=True)
class Said:
    """One answer to show; `is_own` where these are the reporter's own words.

    `is_long` are own words that stand as a text. `notes` say what the desk makes of them.
    """

    question: str
    words: tuple[str, ...] = field(repr=False)
    is_own: bool = False
    is_missing: bool = False
    is_long: bool = False
    notes: tuple[str, ...] = field(default=(), repr=False)


def said(question: AnyQuestion | None, value: object, *, name: str = "") -> Said:
    """The answer to `question` as it is kept or as JSON has it; unknown questions by `name`."""
    title = gettext(question.label) if question else name
    match value:
        case State() as state:
            return Said(title, (gettext(STATES[state]),), is_missing=True)
        case {"state": str(state)}:
            return Said(title, (gettext(STATES[State(state)]),), is_missing=True)
        case str() | list() | tuple() if isinstance(question, Listed):
            return Said(title, _labels(question, value))
        case _ if isinstance(question, Day | TimeOfDay | Number | Tick):
            several = value if isinstance(value, list | tuple) else (value,)
            return Said(title, tuple(_in_words(question, one) for one in several))
        case list() | tuple() if isinstance(question, Attached):
            return Said(title, (file_words(question.read(tuple(map(str, value)))),))
        case _:
            is_long = isinstance(question, LongText)
            return Said(title, (str(value),), is_own=True, is_long=is_long)


def _labels(question: Listed[Any], value: str | Sequence[str]) -> tuple[str, ...]:
    if isinstance(question, Marks):
        return words_of_marks(value)
    return tuple(labels(question.vocabulary, value))


def labels(vocabulary: str, codes: str | Sequence[str] | None) -> list[str]:
    """What one code or several are called in the language of the page."""
    several = (codes,) if isinstance(codes, str) else codes or ()
    words = VOCABULARIES[vocabulary]
    return [words.label(code, context.language()) for code in several if code]


def civil_date(day: CivilDate) -> str:
    """A day as exact as it was said."""
    words = format_date(day.day, _pattern(day.precision))
    return gettext("about %(day)s", day=words) if day.precision == "approx" else words


def _in_words(question: Day | TimeOfDay | Number | Tick, value: object) -> str:
    match question:
        case Day():
            return civil_date(
                value if isinstance(value, CivilDate) else CivilDate.from_text(str(value))
            )
        case TimeOfDay():
            return value.isoformat("minutes") if isinstance(value, time) else str(value)
        case Tick():
            return gettext("yes") if value else gettext("no")
        case Number():
            return str(value)


def _pattern(precision: str) -> str:
    match precision:
        case "month":
            return pattern("yMMMM")
        case "year":
            return "y"
        case _:
            return "long"
