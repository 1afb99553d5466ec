"""Answers of every kind to every question of the form, also those that no page asks now."""

from datetime import date, time, timedelta
from typing import Final

from hypothesis import strategies as st

from intake.form.answers import Answers, Item, State
from intake.form.dates import CivilDate
from intake.form.draft import Draft
from intake.form.manifest import Manifest
from intake.form.questionnaire import REPEATED, SECTIONS
from intake.form.questions import (
    AnyQuestion,
    Attached,
    Choices,
    Day,
    Listed,
    LongText,
    Number,
    Repeated,
    Sought,
    Text,
    Tick,
    TimeOfDay,
)

STEPS: Final = tuple(step for section in SECTIONS for step in section.steps)
ASKED: Final = tuple(question for step in STEPS for question in step.questions)
TODAY: Final = date(2026, 11, 18)
WORDS: Final = st.sampled_from(["слова", "Талдыкорган", "сөз", "a"])
# These open and close pages, so they are answered more often than others.
GATES: Final = [
    question
    for question in ASKED
    if question.when is None
    and question.name
    in {
        "reporter_role",
        "victim_status",
        "victim_age",
        "victim_knowledge",
        "in_detail",
        "method_group",
        "sexual_choice",
        "injury",
        "body_region",
        "legal_step",
        "consent",
        "evidence",
        "urgent_signs",
        "channel",
        "under_non_disclosure",
        "town_said",
        "town",
    }
]
_SIMPLE: Final[dict[type, st.SearchStrategy[object]]] = {
    Day: st.integers(-400, 0).map(lambda n: CivilDate(TODAY + timedelta(days=n))),
    TimeOfDay: st.just(time(9, 30)),
    Number: st.integers(1, 40),
    Tick: st.just(value=True),
    Attached: st.builds(
        Manifest,
        st.uuids(version=4),
        st.binary(min_size=32, max_size=32),
        WORDS,
        st.sampled_from(["jpeg", "pdf"]),
        st.integers(1, 2**31),
        st.integers(1, 300),
        st.just("ab" * 32),
    ),
    Text: WORDS,
    LongText: WORDS,
}


def values(question: AnyQuestion) -> st.SearchStrategy[object]:
    """What can be answered to a question, but for the ways of not answering."""
    if not isinstance(question, Listed):
        return _SIMPLE[type(question)]
    terms = question.find("Талдыкорган") if isinstance(question, Sought) else question.terms
    code = st.sampled_from([term.code for term in terms])
    is_many = isinstance(question, Choices)
    return st.lists(code, max_size=3, unique=True).map(tuple) if is_many else code


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    """Answers to some of the questions, whichever pages ask them."""
    found = Answers()
    gates = draw(st.lists(st.sampled_from(GATES), max_size=10))
    some = draw(st.lists(st.sampled_from(ASKED), max_size=6))
    for question in (*some, *gates):
        found = draw(_answering(found, question))
    for things in draw(st.lists(st.sampled_from(list(REPEATED.values())), max_size=2)):
        for number in range(draw(st.integers(1, 2))):
            found = found.with_item(things, draw(items(things, number)))
    return found


@st.composite
def items(draw: st.DrawFn, things: Repeated, number: int) -> Item:
    """One of several things, with some of its questions answered."""
    found = Answers()
    for question in draw(st.lists(st.sampled_from(things.questions), min_size=1, max_size=4)):
        found = draw(_answering(found, question))
    return Item("abcdefg" + "abcdefgh"[number], found)


def _answering(found: Answers, question: AnyQuestion) -> st.SearchStrategy[Answers]:
    said = values(question)
    unsaid = st.sampled_from(question.states) if question.states else st.just(State.SKIPPED)
    return (said | said | unsaid).map(lambda value: found.having(question, value))


def drafts() -> st.SearchStrategy[Draft]:
    """Drafts with any answers, and any pages passed in any order."""
    slugs = st.lists(st.sampled_from([step.slug for step in STEPS]), unique=True).map(tuple)
    return st.builds(Draft, answers(), slugs, st.just(()), st.just(()))
