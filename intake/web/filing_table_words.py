"""A table of clients in the reader's words: titles, faults, and how cells were read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from flask_babel import gettext

from intake.form.answers import Answers
from intake.form.questions import Choices, Day, Listed, Number
from intake.form.table.cells import Cell
from intake.form.table.columns import COLUMNS, Column, Headers
from intake.form.table.faults import Fault
from intake.form.text import _
from intake.form.vocabularies import LANGUAGES
from intake.web import context, journey_words
from intake.web.languages import catalogue as texts

DAY_KIND = _("A date: day, month, year. The month or the year alone will do.")
NUMBER_KIND = _("A number.")
ONE_KIND = _("One word of the list.")
SEVERAL_KIND = _("Words of the list, with a semicolon between them.")
WORDS_KIND = _("Your own words.")


@cache
def headers() -> Headers:
    """What may stand over a column: its title and its question, in every language of ours."""
    catalogues = [texts(language) for language in LANGUAGES]
    titles: Mapping[str, tuple[str, ...]] = {
        column.name: tuple(
            catalogue.gettext(words)
            for catalogue in catalogues
            for words in (column.title, column.question.label)
        )
        for column in COLUMNS
    }
    return Headers.of(titles)


def kind(column: Column) -> str:
    """What is written in the cells of a column."""
    match column.question:
        case Day():
            return gettext(DAY_KIND)
        case Number():
            return gettext(NUMBER_KIND)
        case Choices():
            return gettext(SEVERAL_KIND)
        case Listed():
            return gettext(ONE_KIND)
        case _:
            return gettext(WORDS_KIND)


def offered(column: Column) -> list[str]:
    """What the list of a column has, in the reader's language; nothing without a list."""
    question = column.question
    terms = question.terms if isinstance(question, Listed) else ()
    return [term.label(context.language()) for term in terms]


def fault_words(fault: Fault) -> str:
    """What is wrong, and what to do."""
    near = "; ".join(term.label(context.language()) for term in fault.nearest)
    return gettext(fault.sentence, **fault.values, nearest=near)


def read_as(cell: Cell) -> str:
    """What a date or the words of a list were taken for; nothing for other cells."""
    question = cell.column.question if cell.column else None
    if cell.value is None or not isinstance(question, Day | Listed):
        return ""
    return "; ".join(journey_words.words_of(question, Answers().having(question, cell.value)))
