"""The way through the form: which steps these answers ask for, and which comes next.

Nothing is stored of the way itself; it is found anew from the answers each time, so that a
changed answer opens or closes a branch at once, whatever was passed before.
"""

from __future__ import annotations

from types import MappingProxyType

from intake.form.answers import Answers, Item, State
from intake.form.draft import Draft
from intake.form.questionnaire import SECTIONS
from intake.form.questions import AnyQuestion, Choices, Repeated
from intake.form.steps import Section, Step


def asked_steps(answers: Answers) -> tuple[Step, ...]:
    """Every step that these answers ask for, in the order of the form."""
    return tuple(
        step for section in SECTIONS for step in section.steps if step.is_asked(answers)
    )


def step_called(slug: str, answers: Answers) -> Step | None:
    """The step of this name, None where these answers do not ask it."""
    return next((step for step in asked_steps(answers) if step.slug == slug), None)


def section_of(step: Step) -> Section:
    """The section in which the step stands; raises `StopIteration` for one of another form."""
    return next(section for section in SECTIONS if step in section.steps)


def next_step(draft: Draft) -> Step | None:
    """The first step that is asked and not passed; None when all are."""
    return next((s for s in asked_steps(draft.answers) if s.slug not in draft.passed), None)


def step_before(slug: str, answers: Answers) -> Step | None:
    """The asked step that stands before this one; None before the first."""
    slugs = [step.slug for step in asked_steps(answers)]
    place = slugs.index(slug) if slug in slugs else 0
    return asked_steps(answers)[place - 1] if place else None


def questions_of(step: Step, answers: Answers) -> tuple[AnyQuestion, ...]:
    """The questions of a step that these answers ask for."""
    return tuple(question for question in step.questions if question.is_asked(answers))


def to_send(draft: Draft) -> Answers:
    """The answers of all that is still asked; what a closed branch holds stays behind."""
    answers, sent = draft.answers, Answers()
    for step in asked_steps(answers):
        for question in questions_of(step, answers):
            sent = _with(sent, question, answers)
        if step.repeats is not None:
            for item in answers.of(step.repeats):
                sent = sent.with_item(step.repeats, _asked_of(step.repeats, item))
    return sent


def _with(sent: Answers, question: AnyQuestion, answers: Answers) -> Answers:
    state = answers.values.get(question.name)
    if isinstance(state, State):
        return sent if question.name in sent.values else sent.having(question, state)
    if isinstance(question, Choices):
        offered = {term.code for term in question.offered(answers)}
        chosen = tuple(code for code in answers[question] or () if code in offered)
        return sent.having(question, chosen) if chosen else sent
    value = answers[question]
    return sent if value is None else sent.having(question, value)


def _asked_of(repeated: Repeated, item: Item) -> Item:
    names = {q.name for q in repeated.questions if q.is_asked(item.answers)}
    asked = {name: value for name, value in item.answers.values.items() if name in names}
    return Item(item.id, Answers(MappingProxyType(asked)))
