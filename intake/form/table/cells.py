"""One cell of a table: what was typed in it, and what that means to the question above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from intake.form.dates import AnswerError, parse_day
from intake.form.events import NARRATIVE
from intake.form.questions import Choice, Choices, Day, Number, Text
from intake.form.table.columns import Column
from intake.form.table.faults import NEAREST, NOT_A_NUMBER, NOT_LISTED, TOO_LONG, Fault
from intake.form.table.listed import code_in, codes_in, nearest

# Table programs write a day that they know as one with the hour at which it begins.
_MIDNIGHT: Final = (" 0:00:00", " 00:00:00", " 0:00", " 00:00", "T00:00:00")


@dataclass(frozen=True)
class Meaning:
    """The answer in a cell, the words in it that are none, and why they are not."""

    value: Any = field(default=None, repr=False)
    unread: str = field(default="", repr=False)
    fault: Fault | None = None


def meaning(column: Column, text: str, *, today: date) -> Meaning:
    """What a cell says under a column."""
    if not text:
        return Meaning()
    match column.question:
        case Text() as question:
            return _words(question, text)
        case Day() as question:
            return _day(question, text, today)
        case Number() as question:
            return _number(question, text)
        case Choice() | Choices():
            return _of_list(column.question, text, column.also)
        case _:
            raise TypeError("no column asks this kind of question")


@dataclass(frozen=True)
class Cell:
    """What was typed under a header; `column` is None where we do not know the header."""

    header: str = field(repr=False)
    column: Column | None = field(repr=False)
    text: str = field(repr=False)
    meaning: Meaning

    @property
    def name(self) -> str:
        """The name of the question, empty where there is none."""
        return self.column.name if self.column else ""

    @property
    def value(self) -> object:
        return self.meaning.value

    @property
    def unread(self) -> str:
        return self.meaning.unread

    @property
    def fault(self) -> Fault | None:
        return self.meaning.fault


def cell_of(header: str, column: Column | None, text: str, *, today: date) -> Cell:
    """A cell with what it means; under an unknown header it is words for the story."""
    known = meaning(column, text, today=today) if column else Meaning(unread=text)
    return Cell(header, column, text, known)


def _words(question: Text, text: str) -> Meaning:
    words = text if question.rows > 1 else " ".join(text.split())
    is_story = question.name == NARRATIVE.name  # it is measured whole, with what goes into it
    if is_story or len(words) <= question.max_length:
        return Meaning(words)
    return Meaning(None, text, Fault(TOO_LONG, {"most": question.max_length}))


def _day(question: Day, text: str, today: date) -> Meaning:
    said = next((text.removesuffix(end) for end in _MIDNIGHT if text.endswith(end)), text)
    earliest, future = question.earliest, question.future
    try:
        return Meaning(parse_day(said, today=today, earliest=earliest, future=future))
    except AnswerError as error:
        return Meaning(None, text, Fault(str(error)))


def _number(question: Number, text: str) -> Meaning:
    is_short = text.isascii() and text.isdecimal() and len(text) <= len(str(question.most))
    if is_short and question.least <= int(text) <= question.most:
        return Meaning(int(text))
    limits = {"least": question.least, "most": question.most}
    return Meaning(None, text, Fault(NOT_A_NUMBER, limits))


def _of_list(question: Choice | Choices, text: str, also: Mapping[str, str]) -> Meaning:
    name = question.vocabulary
    if isinstance(question, Choices):
        codes, unread = codes_in(text, name, also)
        return Meaning(codes or None, "; ".join(unread), _fault_of(unread, name))
    code = code_in(text, name, also)
    return Meaning(code) if code else Meaning(None, text, _fault_of((text,), name))


def _fault_of(unread: tuple[str, ...], name: str) -> Fault | None:
    if not unread:
        return None
    near = nearest(unread[0], name)
    return Fault(NEAREST if near else NOT_LISTED, {"words": "; ".join(unread)}, near)
