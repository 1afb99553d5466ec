"""Questions as WTForms fields: what was typed is kept as it was, and read as asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import time
from functools import cache
from typing import Any, ClassVar, Final, assert_never

from flask_babel import gettext
from typing_extensions import override
from wtforms import Field, ValidationError
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from intake.form.answers import Answers
from intake.form.dates import AnswerError, CivilDate, parse_day, parse_time
from intake.form.questions import (
    AnyQuestion,
    Choice,
    Choices,
    Day,
    Number,
    Text,
    Tick,
    TimeOfDay,
)
from intake.form.steps import Step
from intake.form.text import _
from intake.web import context
from intake.web.forms import Form, OnceForm

TOO_LONG: Final = _("This text is %(count)s characters too long. Make it shorter.")
NOT_OFFERED: Final = _("Choose one of the answers that stand here.")
NOT_A_NUMBER: Final = _("Write a whole number from %(least)s to %(most)s.")
FOLDED_FROM: Final = 12  # terms
TRAP: Final = "leave_empty"  # what neither browsers nor password managers know how to fill in
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def tidy(text: str) -> str:
    """What was typed, with one kind of line end and without control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROLS.sub("", lines)).strip()


class Typed(Field):
    """What somebody typed; `data` is what it means, `typed` is how it was written."""

    kind: ClassVar[str] = "text"
    typed: str = ""

    def __init__(
        self,
        question: Text | None = None,
        most: int = 300,
        **kwargs: Any,  # noqa: ANN401 - WTForms' own
    ) -> None:
        super().__init__(**kwargs)
        self.question = question
        self.most = question.max_length if question else most

    @override
    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.typed = tidy(str(valuelist[0])) if valuelist else ""
        self.data = self.meant() if self.typed else None

    def meant(self) -> object:
        """The answer that `typed` stands for; raises `ValueError` with a sentence."""
        return self.typed

    @override
    def pre_validate(self, form: BaseForm) -> None:
        more = len(self.typed) - self.most
        if more > 0:
            raise ValidationError(gettext(TOO_LONG, count=more))


class TypedShort(Typed):
    """A date, a time or a number, typed as people write them."""

    kind = "short"
    mode = ""  # which keyboard a phone shows

    def __init__(
        self,
        question: Day | TimeOfDay | Number,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(None, **kwargs)
        self.question: Any = question


class TypedDay(TypedShort):
    """A day, as `parse_day` reads it."""

    @override
    def meant(self) -> CivilDate:
        today = context.now().astimezone(context.service().settings.zone).date()
        earliest, future = self.question.earliest, self.question.future
        try:
            return parse_day(self.typed, today=today, earliest=earliest, future=future)
        except AnswerError as error:
            raise ValueError(gettext(str(error))) from None


class TypedTime(TypedShort):
    """A time of day, as `parse_time` reads it."""

    @override
    def meant(self) -> time:
        try:
            return parse_time(self.typed)
        except AnswerError as error:
            raise ValueError(gettext(str(error))) from None


class TypedNumber(TypedShort):
    """A whole number in the question's bounds."""

    mode = "numeric"

    @override
    def meant(self) -> int:
        least, most = self.question.least, self.question.most
        short = self.typed.isdecimal() and len(self.typed) <= len(str(most))
        if short and least <= int(self.typed) <= most:
            return int(self.typed)
        raise ValueError(gettext(NOT_A_NUMBER, least=least, most=most))


class ChosenCodes(Field):
    """One code or several of a vocabulary; a long list of which one is chosen folds up."""

    def __init__(self, question: Choice | Choices, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.question = question
        self.kind = "choices" if isinstance(question, Choices) else _choice_kind(question)
        self.chosen: tuple[str, ...] = ()

    @override
    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.chosen = tuple(dict.fromkeys(str(code) for code in valuelist if code))
        if isinstance(self.question, Choice):
            self.chosen = self.chosen[:1]
            self.data = self.chosen[0] if self.chosen else None
        else:
            self.data = self.chosen or None

    @override
    def pre_validate(self, form: BaseForm) -> None:
        offered = {term.code for term in self.question.terms}
        if not offered.issuperset(self.chosen):
            raise ValidationError(gettext(NOT_OFFERED))


def _choice_kind(question: Choice) -> str:
    return "select" if len(question.terms) > FOLDED_FROM else "choice"


class Ticked(Field):
    """A single check box; unticked is no answer."""

    kind: ClassVar[str] = "tick"

    def __init__(self, question: Tick, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.question = question

    @override
    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = True if any(valuelist) else None


@cache
def form_class(step: Step) -> type[OnceForm]:
    """The form that asks the questions of `step`."""
    fields = {question.name: field_of(question) for question in step.questions}
    return type(f"{step.slug}_form", (OnceForm,), {**fields, TRAP: Typed(most=2000)})


def field_of(question: AnyQuestion) -> UnboundField[Any]:
    """The field for `question`; a new kind of question adds one case."""
    match question:
        case Text():
            return Typed(question)  # type: ignore[return-value] # unbound until the form is made
        case Choice() | Choices():
            return ChosenCodes(question)  # type: ignore[return-value]
        case Day() | TimeOfDay() | Number():
            return _short(question)
        case Tick():
            return Ticked(question)  # type: ignore[return-value]
        case _:
            assert_never(question)


def _short(question: Day | TimeOfDay | Number) -> UnboundField[Any]:
    match question:
        case Day():
            return TypedDay(question)  # type: ignore[return-value]
        case TimeOfDay():
            return TypedTime(question)  # type: ignore[return-value]
        case Number():
            return TypedNumber(question)  # type: ignore[return-value]
        case _:
            assert_never(question)


def answers_of(form: Form, step: Step) -> Answers:
    """What was answered on the page; what was left empty or cannot be read is not there."""
    answers = Answers()
    for question in step.questions:
        value = form[question.name].data
        if value is not None:
            answers = answers.having(question, value)
    return answers
