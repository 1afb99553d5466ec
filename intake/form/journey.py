"""The way through the form: which steps these answers ask for, and which comes next.

Nothing is stored of the way itself; it is found anew from the answers each time, so that a
changed answer opens or closes a branch at once, whatever was passed before.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

from intake.form import aftermath, conditions, events, findings, gates
from intake.form.answers import Answers, Item, State
from intake.form.draft import Draft
from intake.form.questionnaire import OF_WHO_TELLS, SECTIONS
from intake.form.questions import AnyQuestion, Attached, Listed, Question, Repeated
from intake.form.repeating import OCCASIONS, OFFICERS
from intake.form.steps import Section, Step
from intake.form.text import _

SAY_SOMETHING: Final = _(
    "Write a few words about what happened, or choose where the person is now. "
    "One tick is enough."
)
_TELLING: Final[tuple[Question[Any], ...]] = (
    events.VICTIM_STATUS,
    events.NARRATIVE,
    events.INTIMATE_NARRATIVE,
    events.METHOD,
    events.PURPOSE,
    events.WORDS_SAID,
    events.PHASE,
    events.PLACE_TYPE,
    events.EVENT_CONTEXT,
    events.AGENCY,
    events.PERPETRATORS_TEXT,
    events.SEARCH_STEPS,
    gates.METHOD_GROUP,
    aftermath.INJURY,
    aftermath.INJURY_WORDS,
    aftermath.MEDICAL_WORDS,
    aftermath.DIED_IN_CUSTODY,
    aftermath.URGENT_SIGNS,
    aftermath.REPRISAL,
    findings.DEATH_PAPERS,
)
_TOLD_BY_CHOICE: Final = frozenset({"tell", "said"})


def sections_for(answers: Answers) -> tuple[Section, ...]:
    """The parts of the form as it is counted for these answers; staff have one more."""
    return SECTIONS if conditions.is_recorded(answers) else OF_WHO_TELLS


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
    left = (s for section in SECTIONS for s in section.steps if s.slug not in draft.passed)
    return next((step for step in left if step.is_asked(draft.answers)), None)


def step_before(slug: str, answers: Answers) -> Step | None:
    """The asked step that stands before this one; None before the first."""
    steps = asked_steps(answers)
    place = next((n for n, step in enumerate(steps) if step.slug == slug), 0)
    return steps[place - 1] if place else None


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
                asked = _asked_of(step.repeats, item)
                if asked.answers or not item.answers:
                    sent = sent.with_item(step.repeats, asked)
    return sent


def can_be_sent(answers: Answers) -> bool:
    """Whether there are a few words, or one tick on what happened or where the person is."""
    return (
        any(_says_something(answers[question]) for question in _TELLING)
        or answers[gates.SEXUAL_CHOICE] in _TOLD_BY_CHOICE
        or bool(answers.of(OCCASIONS) or answers.of(OFFICERS))
    )


def is_sendable(draft: Draft) -> bool:
    """Whether there is enough to send; beside what was sent before, any answer is."""
    answers = to_send(draft)
    return can_be_sent(answers) or bool(draft.sent and answers)


def _says_something(said: object) -> bool:
    return bool(said.strip() if isinstance(said, str) else said)


def _with(sent: Answers, question: AnyQuestion, answers: Answers) -> Answers:
    state = answers.values.get(question.name)
    if isinstance(state, State):
        return sent if question.name in sent.values else sent.having(question, state)
    value = _offered(question, answers) if isinstance(question, Listed) else answers[question]
    return sent if value is None or value == () else sent.having(question, value)


def _offered(question: Listed[Any], answers: Answers) -> str | tuple[str, ...] | None:
    """What was chosen among the terms that are offered; of others nothing is left."""
    offered = {term.code for term in question.offered(answers)}
    value: str | tuple[str, ...] | None = answers[question]
    if isinstance(value, tuple):
        return tuple(code for code in value if code in offered)
    return value if value in offered else None


def _asked_of(repeated: Repeated, item: Item) -> Item:
    names = {q.name for q in repeated.questions if _is_sent(q, item.answers)}
    asked = {name: value for name, value in item.answers.values.items() if name in names}
    return Item(item.id, Answers(MappingProxyType(asked)))


def _is_sent(question: AnyQuestion, answers: Answers) -> bool:
    """Whether it is asked; a file of which not all came stays behind."""
    if isinstance(question, Attached) and (file := answers[question]) and not file.is_whole:
        return False
    return question.is_asked(answers)
