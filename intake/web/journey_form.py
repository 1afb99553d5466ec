"""A page of the form and the draft: what a page asks, shows, and takes; knows no request."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from intake.form.answers import Answers, Item, State, Stored
from intake.form.draft import Draft
from intake.form.questions import AnyQuestion, Attached, Choices, Listed, Repeated
from intake.form.steps import Step
from intake.web.fields import ChosenCodes, StateTicks, page_class, state_name
from intake.web.forms import Form
from intake.web.typed import TypedShort

_PRINT: Final = 16  # hexadecimal digits


@dataclass(frozen=True)
class Place:
    """Where the answers of a page stand: in the draft itself, or in one thing of several."""

    step: Step
    item: str = ""

    @property
    def repeated(self) -> Repeated:
        """The things of which this page shows one."""
        if self.step.repeats is None:
            raise ValueError("Nothing repeats on this step.")
        return self.step.repeats

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        return self.repeated.questions if self.item else self.step.questions

    def asked(self, draft: Draft) -> tuple[AnyQuestion, ...]:
        """The questions that this draft's answers ask for here."""
        answers = self.answers(draft)
        return tuple(question for question in self.questions if question.is_asked(answers))

    def answers(self, draft: Draft) -> Answers:
        """What was answered here so far."""
        if not self.item:
            return draft.answers
        known = draft.answers.item(self.repeated, self.item)
        return known.answers if known else Answers()

    def around(self, draft: Draft) -> Answers:
        """The same with what other pages tell: what is offered here may depend on both."""
        own = {question.name for question in self.questions}
        others = {name: v for name, v in draft.answers.values.items() if name not in own}
        return Answers({**others, **self.answers(draft).values})

    def key(self, question: AnyQuestion) -> str:
        """Under which name the draft keeps what could not be read."""
        return f"{self.item}/{question.name}" if self.item else question.name

    def put(self, draft: Draft, answers: Answers, typed: Mapping[str, str]) -> Draft:
        """The draft with these answers here; a thing of which nothing is said is not kept."""
        kept = replace(draft, typed=MappingProxyType(dict(typed)))
        if not self.item:
            return kept.answering(answers)
        is_said = answers or any(self.key(question) in typed for question in self.questions)
        if not is_said:
            return kept.answering(draft.answers.without_item(self.repeated, self.item))
        thing = Item(self.item, answers)
        return kept.answering(draft.answers.with_item(self.repeated, thing))


def filled(place: Place, draft: Draft) -> Form:
    """The page's form, with what the draft holds."""
    questions = place.asked(draft)
    form, answers = page_class(questions)(formdata=None), place.answers(draft)
    for question in questions:
        _show(form, question, answers)
        if text := draft.typed.get(place.key(question)):
            field_of(form, question.name).typed = text
    return offering(form, place.around(draft))


def offering(form: Form, answers: Answers) -> Form:
    """The form with the terms that these answers offer in each of its lists."""
    for field in form:
        if isinstance(field, ChosenCodes):
            offered = field.question.offered(answers)
            # What somebody has ticked stays on the page, even where it is not offered any more.
            chosen = (t for t in field.question.terms if t.code in field.chosen)
            field.terms = tuple(dict.fromkeys((*offered, *chosen)))
    return form


def drawn(place: Place, draft: Draft, sent: Iterable[str]) -> tuple[AnyQuestion, ...]:
    """What the page asked when it was sent: what the draft asks for, and what came back."""
    asked, names = place.asked(draft), frozenset(sent)
    return tuple(
        question
        for question in place.questions
        if question in asked or {question.name, state_name(question)} & names
    )


def taken(place: Place, draft: Draft, form: Form, questions: Iterable[AnyQuestion]) -> Draft:
    """The draft with what the page says; what cannot be read is kept as it was typed."""
    answers, typed = place.answers(draft), dict(draft.typed)
    for question in sorted(questions, key=_depends):
        answers = _answered(answers, question, form)
        typed.pop(place.key(question), None)
        if text := _unread(form, question):
            typed[place.key(question)] = text
    return place.put(draft, answers, typed)


def overwritten(
    place: Place, before: Draft, after: Draft, questions: Iterable[AnyQuestion]
) -> tuple[AnyQuestion, ...]:
    """The questions whose answer in the draft would give way to another one."""
    pairs = ((q, _said(place, before, q), _said(place, after, q)) for q in questions)
    return tuple(question for question, was, becomes in pairs if was and was != becomes)


def is_said(place: Place, draft: Draft) -> bool:
    """Whether anything was said on this page."""
    things = draft.answers.of(place.step.repeats) if place.step.repeats else ()
    return bool(things) or any(_said(place, draft, q) for q in place.asked(draft))


def fingerprint(place: Place, draft: Draft) -> str:
    """What the page's answers look like, to learn whether they changed since it was drawn."""
    return _print([[q.name, _said(place, draft, q)] for q in place.questions])


def print_of(draft: Draft) -> str:
    """The same of everything that was answered."""
    return _print([draft.answers.to_json(), dict(draft.typed)])


def _print(said: object) -> str:
    encoded = json.dumps(said, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    return hashlib.sha256(encoded).hexdigest()[:_PRINT]


def _show(form: Form, question: AnyQuestion, answers: Answers) -> None:
    value = answers[question]
    if value is not None:
        field_of(form, question.name).show(value)
    state = answers.values.get(question.name)
    if question.states and isinstance(state, State):
        field_of(form, state_name(question)).show(state)


def field_of(form: Form, name: str) -> Any:  # noqa: ANN401 - one of our own kinds of field
    """The field of this name."""
    return form[name]


def _depends(question: AnyQuestion) -> bool:
    """Whether what it offers depends on other answers, so that it is read after them."""
    return isinstance(question, Listed) and _is_narrowed(question)


def _is_narrowed(question: Listed[object]) -> bool:
    return question.offered(Answers()) != question.terms


def _answered(answers: Answers, question: AnyQuestion, form: Form) -> Answers:
    value = _offered_only(answers, question, form[question.name].data)
    if value is not None and value != ():
        return answers.having(question, value)
    before = answers.values.get(question.name)
    if isinstance(question, Attached):
        return answers  # what came before stays until another file takes its place
    if question.states:
        ticks = form[state_name(question)]
        if isinstance(ticks, StateTicks) and ticks.data is not None:
            return answers.having(question, ticks.data)
    elif isinstance(before, State):
        return answers  # said on another page, which asks the same list
    return answers.without(question)


def _offered_only(answers: Answers, question: AnyQuestion, value: object) -> object:
    if not isinstance(question, Listed) or value is None:
        return value
    offered = {term.code for term in question.offered(answers)}
    if isinstance(question, Choices) and isinstance(value, tuple):
        return tuple(code for code in value if code in offered)
    return value if value in offered else None


def _unread(form: Form, question: AnyQuestion) -> str:
    field = form[question.name]
    if not isinstance(field, TypedShort) or field.data is not None:
        return ""
    return field.typed[: field.most]


def _said(place: Place, draft: Draft, question: AnyQuestion) -> Stored | State | None:
    """What the draft holds of one question, of a list asked in parts this part alone."""
    stored = place.answers(draft).values.get(question.name)
    if isinstance(question, Choices) and isinstance(stored, tuple):
        mine = {term.code for term in question.terms}
        return tuple(sorted(code for code in stored if code in mine)) or None
    return draft.typed.get(place.key(question)) if stored is None else stored
