"""Which answer belongs to which compartment of the case."""

from collections.abc import Mapping
from typing import Final

from intake.form.answers import Answers, Item, State, Stored
from intake.form.compartments import Compartment
from intake.form.questionnaire import BY_NAME

REPORTED: Final = (
    Compartment.IDENTITY,
    Compartment.ACCOUNT,
    Compartment.INTIMATE,
    Compartment.FACTS,
)
"""The compartments that a report fills, always all of them."""


def split(answers: Answers) -> Mapping[Compartment, dict[str, object]]:
    """The answers as JSON, by compartment; answers to unknown questions count as account.

    A thing that repeats keeps its id in each compartment that holds a part of it.
    """
    return {place: _in(answers, place).to_json() for place in REPORTED}


def _in(answers: Answers, place: Compartment) -> Answers:
    values = {n: value for n, value in answers.values.items() if _place(n, value) is place}
    items = {name: _items_in(things, place) for name, things in answers.items.items()}
    return Answers(values, {name: things for name, things in items.items() if things})


def _items_in(things: tuple[Item, ...], place: Compartment) -> tuple[Item, ...]:
    parts = (Item(thing.id, _in(thing.answers, place)) for thing in things)
    return tuple(part for part in parts if part.answers)


def _place(name: str, value: Stored | State) -> Compartment:
    question = BY_NAME.get(name)
    if question is None:
        return Compartment.ACCOUNT
    # Facts hold what was answered; that somebody would not say it belongs to the account.
    is_unsaid = isinstance(value, State) and question.compartment is Compartment.FACTS
    return Compartment.ACCOUNT if is_unsaid else question.compartment
