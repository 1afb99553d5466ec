"""A report of the demo, and its way through the pages of the form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from intake.form import aftermath, events, gates, urgent
from intake.form.answers import Answers, Item, State, Stored
from intake.form.draft import Draft
from intake.form.journey import next_step, to_send
from intake.form.questionnaire import BY_NAME
from intake.form.questions import AnyQuestion, Choices, Listed, Repeated
from intake.form.steps import Step
from intake.form.vocabularies import vocabulary

FULL: Final = "full"
URGENT: Final = "urgent"
_SEXUAL: Final = "sexual"
_METHODS: Final = vocabulary("method").by_code
_RED_FLAGS: Final = vocabulary("injury").codes_with("red_flag")


class NotAsked(ValueError):  # noqa: N818 - reads as what is the matter
    """No page takes an answer that the demo's data give; names the questions."""


@dataclass(frozen=True)
class DemoReport:
    """A report as somebody sent it."""

    key: str
    language: str
    route: str
    channel: str
    received_at: datetime
    answers: Answers = field(repr=False)


def walked(said: Answers) -> Draft:
    """The form with `said` entered page by page; `NotAsked` where a page for it lacks."""
    draft = Draft()
    while (step := next_step(draft)) is not None:
        draft = passing(step, draft, said)
    demand_taken(said, to_send(draft))
    return draft


def passing(step: Step, draft: Draft, said: Answers) -> Draft:
    """The draft after one page: answered where `said` tells something, else skipped."""
    answers = _answered(step.questions, draft.answers, said)
    if step.repeats is not None:
        answers = _with_things(step.repeats, answers, said)
    asks = bool(step.questions or step.repeats)
    is_silent = asks and answers.to_json() == draft.answers.to_json()
    return draft.answering(answers).passing(step.slug, skipping=is_silent)


def _answered(questions: Iterable[AnyQuestion], before: Answers, said: Answers) -> Answers:
    """One page filled in; an answer may open another question of the same page below it."""
    answers = before
    for question in questions:
        if question.is_asked(answers):
            answers = _having(question, answers, said)
    return answers


def _having(question: AnyQuestion, answers: Answers, said: Answers) -> Answers:
    stored = said.values.get(question.name)
    if isinstance(stored, State):
        return answers.having(question, stored) if stored in question.states else answers
    if stored is None:
        return answers
    if isinstance(question, Choices):
        offered = {term.code for term in question.offered(answers)}
        chosen = tuple(code for code in question.read(stored) if code in offered)
        return answers.having(question, chosen) if chosen else answers
    return answers.having(question, question.read(stored))


def _with_things(repeated: Repeated, answers: Answers, said: Answers) -> Answers:
    for thing in said.of(repeated):
        told = _answered(repeated.questions, Answers(), thing.answers)
        answers = answers.with_item(repeated, Item(thing.id, told))
    return answers


def with_gates(said: Answers) -> Answers:
    """`said` with the choices that open the lists out of which it answers."""
    groups = {_METHODS[code].attributes["group"] for code in said[events.METHOD] or ()}
    listed = set(said[aftermath.INJURY] or ()) - _RED_FLAGS
    found: dict[str, Stored | State] = {}
    if groups - {_SEXUAL} or listed:
        found[gates.IN_DETAIL.name] = "yes"
    if others := tuple(sorted(groups - {_SEXUAL})):
        found[gates.METHOD_GROUP.name] = others
    if _SEXUAL in groups:
        found[gates.SEXUAL_CHOICE.name] = "tell"
    return Answers({**found, **said.values}, said.items)


def demand_taken(said: Answers, taken: Answers) -> None:
    """`NotAsked` unless everything that was said was taken by a page."""
    if names := tuple(_lost(said, taken)):
        raise NotAsked(", ".join(names))


def _lost(said: Answers, taken: Answers) -> Iterator[str]:
    yield from _differing(said.values, taken.values)
    for name, things in said.items.items():
        found = {thing.id: thing.answers.values for thing in taken.items.get(name, ())}
        for thing in things:
            lost = _differing(thing.answers.values, found.get(thing.id, {}))
            yield from (f"{name}.{question}" for question in lost)


def _differing(
    said: Mapping[str, Stored | State], taken: Mapping[str, Stored | State]
) -> Iterator[str]:
    return (name for name, value in said.items() if _bare(value) != _bare(taken.get(name)))


def _bare(value: Stored | State | None) -> object:
    """Codes in whatever order the pages ask for them."""
    return frozenset(value) if isinstance(value, tuple) else value


def on_urgent_page(said: Answers) -> Answers:
    """The part of `said` that the urgent page takes."""
    return _answered(urgent.STEP.questions, Answers(), said)


def after_urgent_page(said: Answers, sent: Answers) -> tuple[Draft, Answers]:
    """The draft with which the full form goes on, and what is left to be told there.

    What was `sent` in words is not asked again; coded answers stand in the form already.
    """
    coded = {n: v for n, v in sent.values.items() if isinstance(BY_NAME[n], Listed)}
    words = tuple(name for name in sent.values if name not in coded)
    left = {name: value for name, value in said.values.items() if name not in words}
    return Draft(Answers(coded), sent=words), Answers(left, said.items)
