"""Questions as WTForms fields, and the form of a page out of its questions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, ClassVar, Final, assert_never
from uuid import UUID

from flask_babel import gettext
from typing_extensions import override
from wtforms import Field, ValidationError
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from intake.form.answers import Answers, State
from intake.form.body import Marks, Regions
from intake.form.questions import (
    AnyQuestion,
    Attached,
    Choice,
    Choices,
    Day,
    Member,
    Number,
    Sought,
    Text,
    Tick,
    TimeOfDay,
)
from intake.form.steps import Step
from intake.form.text import _
from intake.form.vocabularies import Term
from intake.web.attached import AttachedFile
from intake.web.forms import Form, OnceForm
from intake.web.typed import Typed, TypedDay, TypedNumber, TypedTime

__all__ = [
    "ChosenCodes",
    "ChosenMember",
    "StateTicks",
    "Ticked",
    "Typed",
    "form_class",
    "page_class",
]
NOT_OFFERED: Final = _("Choose one of the answers that stand here.")
FOLDED_FROM: Final = 12  # terms
TRAP: Final = "leave_empty"  # what neither browsers nor password managers know how to fill in


class ChosenCodes(Field):
    """One code or several of a vocabulary; a long list of which one is chosen folds up."""

    def __init__(self, question: Choice | Choices, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.question = question
        self.kind = _kind_of(question)
        self.terms: tuple[Term, ...] = question.terms
        self.chosen: tuple[str, ...] = ()

    @override
    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.chosen = tuple(dict.fromkeys(str(code) for code in valuelist if code))
        if isinstance(self.question, Choice):
            self.chosen = self.chosen[:1]
            self.data = self.chosen[0] if self.chosen else None
        else:
            self.data = self.chosen or None

    def show(self, answer: str | tuple[str, ...]) -> None:
        """Fill the field with an answer that was given before."""
        self.data = answer
        self.chosen = (answer,) if isinstance(answer, str) else tuple(answer)

    @override
    def pre_validate(self, form: BaseForm) -> None:
        offered = {term.code for term in self.question.terms}
        if not offered.issuperset(self.chosen):
            raise ValidationError(gettext(NOT_OFFERED))


def _kind_of(question: Choice | Choices) -> str:
    match question:
        case Regions():
            return "places"
        case Marks():
            return "marks"
        case Choices():
            return "choices"
        case Sought():
            return "sought"
        case Choice():
            return "select" if len(question.terms) > FOLDED_FROM else "choice"
        case _:
            assert_never(question)


class Ticked(Field):
    """A single check box; unticked is no answer."""

    kind: ClassVar[str] = "tick"

    def __init__(self, question: Tick, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.question = question

    @override
    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = True if any(valuelist) else None

    def show(self, answer: bool) -> None:  # noqa: FBT001 - the answer itself
        """Fill the field with an answer that was given before."""
        self.data = answer or None


class ChosenMember(Field):
    """A member of the coalition; whoever shows it sets whom it offers, as pairs (id, words)."""

    kind: ClassVar[str] = "member"

    def __init__(self, question: Member, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.question = question
        self.offered: tuple[tuple[str, str], ...] = ()

    @override
    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        typed = str(valuelist[0]) if valuelist else ""
        try:
            self.data = UUID(hex=typed) if typed else None
        except ValueError:
            raise ValueError(gettext(NOT_OFFERED)) from None

    def show(self, answer: UUID) -> None:
        """Fill the field with an answer that was given before."""
        self.data = answer


class StateTicks(Field):
    """Ways of not answering, as ticks of their own; of two, the first one counts."""

    kind: ClassVar[str] = "states"

    def __init__(self, states: tuple[State, ...], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.states = states

    @override
    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = next((state for state in self.states if state.value in valuelist), None)

    def show(self, state: State) -> None:
        """Tick the state that was given before."""
        self.data = state if state in self.states else None


@cache
def form_class(step: Step) -> type[OnceForm]:
    """The form that asks the questions of `step`."""
    fields = _fields_of(step.questions)
    return type(f"{step.slug}_form", (OnceForm,), {**fields, TRAP: Typed(most=2000)})


@lru_cache(maxsize=512)
def page_class(questions: tuple[AnyQuestion, ...]) -> type[Form]:
    """The form that asks `questions`, with ticks for their states; never on its own page."""
    fields = _fields_of(questions)
    states = {
        state_name(question): StateTicks(question.states)
        for question in questions
        if question.states
    }
    return type("page_form", (Form,), {**fields, **states})


def state_name(question: AnyQuestion) -> str:
    """What the ticks beside `question` are called."""
    return f"{question.name}-state"


def _fields_of(questions: Sequence[AnyQuestion]) -> dict[str, UnboundField[Any]]:
    # An error leads to `#id`, which stays in the browser's history: it must not tell what was
    # asked, so an id says where on the page a question stands, and nothing else.
    return {q.name: field_of(q, id=f"q{n}") for n, q in enumerate(questions, start=1)}


def field_of(question: AnyQuestion, **kwargs: Any) -> UnboundField[Any]:  # noqa: ANN401
    """The field for `question`; a new kind of question adds one case."""
    match question:
        case Text():
            return Typed(question, **kwargs)  # type: ignore[return-value] # unbound until the form is made
        case Choice() | Choices():
            return ChosenCodes(question, **kwargs)  # type: ignore[return-value]
        case Day() | TimeOfDay() | Number():
            return _short(question, **kwargs)
        case Tick() | Member() | Attached():
            return _single(question, **kwargs)
        case _:
            assert_never(question)


def _single(question: Tick | Member | Attached, **kwargs: Any) -> UnboundField[Any]:  # noqa: ANN401
    match question:
        case Tick():
            return Ticked(question, **kwargs)  # type: ignore[return-value]
        case Member():
            return ChosenMember(question, **kwargs)  # type: ignore[return-value]
        case Attached():
            return AttachedFile(question, **kwargs)  # type: ignore[return-value]
        case _:
            assert_never(question)


def _short(question: Day | TimeOfDay | Number, **kwargs: Any) -> UnboundField[Any]:  # noqa: ANN401
    match question:
        case Day():
            return TypedDay(question, **kwargs)  # type: ignore[return-value]
        case TimeOfDay():
            return TypedTime(question, **kwargs)  # type: ignore[return-value]
        case Number():
            return TypedNumber(question, **kwargs)  # type: ignore[return-value]
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
