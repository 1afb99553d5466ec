"""An answer to every question there is, made from its kind, and how the desk words it."""

from datetime import date, time
from typing import Any
from uuid import UUID

from intake.form.answers import Answers, Item
from intake.form.body import STILL, Mark, Marks, marks
from intake.form.compartments import Compartment
from intake.form.dates import CivilDate
from intake.form.manifest import Manifest
from intake.form.questionnaire import BY_NAME, REPEATED
from intake.form.questions import (
    AnyQuestion,
    Attached,
    Choice,
    Choices,
    Day,
    Listed,
    Number,
    Repeated,
    Tick,
    TimeOfDay,
)
from intake.form.sorting import is_intimate_code
from intake.form.vocabularies import Term, vocabulary

OF_THINGS = {question.name for things in REPEATED.values() for question in things.questions}
OF_THE_REPORT = [question for name, question in BY_NAME.items() if name not in OF_THINGS]
ITEMS = ("aaaaaaaa", "bbbbbbbb")
_BY_KIND = {
    Day: CivilDate(date(2026, 11, 1), "month"),
    TimeOfDay: time(9, 30),
    Number: 17,
    Tick: True,
    Attached: Manifest(UUID(int=1), bytes(32), "photo.jpg", "jpeg", 3 * 2**20, 1, "ab" * 32),
}


_WORDED = {
    Day: "November 2026",
    TimeOfDay: "09:30",
    Tick: "yes",
    Attached: "photo.jpg (3 MB)",
}


def terms(question: AnyQuestion) -> tuple[Term, ...]:
    """Every term that an answer may name, whatever page asks for it."""
    return vocabulary(question.vocabulary).terms if isinstance(question, Listed) else ()


def is_about_sexual_violence(question: AnyQuestion) -> bool:
    return question.compartment is Compartment.INTIMATE


def value_of(question: AnyQuestion, *, intimate: bool) -> Any:  # noqa: ANN401
    """An answer of the question's kind: lists hold all that may be chosen."""
    if isinstance(question, Listed):
        every = [term.code for term in terms(question)]
        chosen = [c for c in every if intimate or not is_intimate_code(question, c)]
        return tuple(chosen) if isinstance(question, Choices) else chosen[-1]
    return _BY_KIND.get(type(question), f"own words on {question.name}")


def worded(question: AnyQuestion, *, intimate: bool) -> set[str]:
    """The words under which the desk shows that answer, in English."""
    value = value_of(question, intimate=intimate)
    match question:
        case Marks():
            return {_on_one_place(mark) for mark in marks((), value)}
        case Choices() | Choice():
            codes = value if isinstance(value, tuple) else (value,)
            return {vocabulary(question.vocabulary).label(code, "en") for code in codes}
        case _:
            return {_WORDED.get(type(question), str(value))}


def _on_one_place(mark: Mark) -> str:
    words = [term.label("en") for term in (*mark.kinds, vocabulary("trace").by_code[STILL])]
    return f"{mark.place.label('en')}: {'; '.join(w[0].lower() + w[1:] for w in words)}"


def everything(*, intimate: bool) -> Answers:
    """An answer to every question; without `intimate`, none that is for trained readers."""
    answers = Answers()
    for question in OF_THE_REPORT:
        is_restricting = is_about_sexual_violence(question) or question.name == "trained_only"
        if intimate or not is_restricting:
            answers = answers.having(question, value_of(question, intimate=intimate))
    for things in REPEATED.values():
        if not intimate and any(map(is_about_sexual_violence, things.questions)):
            continue
        for id_ in ITEMS:
            answers = answers.with_item(things, Item(id_, _thing(things)))
    return answers


def _thing(things: Repeated) -> Answers:
    answers = Answers()
    for question in things.questions:
        answers = answers.having(question, value_of(question, intimate=False))
    return answers
