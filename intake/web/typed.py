"""What people type, as WTForms fields: kept as it was written, and read as asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any, ClassVar, Final

from flask_babel import gettext
from typing_extensions import override
from wtforms import Field, ValidationError
from wtforms.form import BaseForm

from intake.form.dates import AnswerError, CivilDate, parse_day, parse_time
from intake.form.questions import Day, Number, Text, TimeOfDay
from intake.form.table.faults import NOT_A_NUMBER
from intake.form.table.text import tidy
from intake.form.text import _
from intake.web import context

TOO_LONG: Final = _("This text is %(count)s characters too long. Make it shorter.")


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
        self.typed = tidy(str(valuelist[0])).strip() if valuelist else ""
        self.data = self.meant() if self.typed else None

    def meant(self) -> object:
        """The answer that `typed` stands for; raises `ValueError` with a sentence."""
        return self.typed

    def show(self, answer: Any) -> None:  # noqa: ANN401 - what the question answers with
        """Fill the field with an answer that was given before."""
        self.data, self.typed = answer, self.as_typed(answer)

    def as_typed(self, answer: Any) -> str:  # noqa: ANN401
        """An answer as somebody would type it."""
        return str(answer)

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

    @override
    def as_typed(self, answer: CivilDate) -> str:
        shape = {"month": "%m.%Y", "year": "%Y"}.get(answer.precision, "%d.%m.%Y")
        return answer.day.strftime(shape)


class TypedTime(TypedShort):
    """A time of day, as `parse_time` reads it."""

    @override
    def meant(self) -> time:
        try:
            return parse_time(self.typed)
        except AnswerError as error:
            raise ValueError(gettext(str(error))) from None

    @override
    def as_typed(self, answer: time) -> str:
        return answer.isoformat("minutes")


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
