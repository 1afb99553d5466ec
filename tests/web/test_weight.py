"""Every page of the form is light, empty or filled in, in every language."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from uuid import UUID

import pytest
from flask import Flask

from intake.casework import Service, begin_draft, new_once
from intake.form.answers import Answers, Item, Stored
from intake.form.draft import Draft
from intake.form.journey import asked_steps, questions_of
from intake.form.manifest import Manifest
from intake.form.questionnaire import OF_WHO_TELLS
from intake.form.questions import (
    AnyQuestion,
    Attached,
    Choice,
    Choices,
    Day,
    Number,
    Repeated,
    Text,
    TimeOfDay,
)
from intake.form.steps import Step
from tests.form.profiles import PROFILES
from tests.people import NOW
from tests.visitor import LANGUAGES, Visitor

WORDS = "Қолында тыртығы қалған, жүзін көрмедім, бірақ даусын таныдым."
ATTACHED = Manifest(UUID(int=1), bytes(32), "IMG_20261105.jpg", "jpeg", 3_400_000, 1, "ab")
SHORT: dict[type, Stored] = {
    Day: "2026-11-05",
    TimeOfDay: "09:30",
    Number: 2,
    Attached: ATTACHED.to_stored(),
}
THINGS = 3


def stored(question: AnyQuestion, answers: Answers) -> Stored | None:
    """An answer such as somebody gives who has much to say."""
    match question:
        case Choices():
            return tuple(term.code for term in question.offered(answers)) or None
        case Choice():
            return next((term.code for term in question.offered(answers)), None)
        case Text():
            return WORDS * 3 if question.rows > 1 else WORDS
        case _:
            return SHORT.get(type(question), True)


def filled(draft: Draft, step: Step) -> Draft:
    """The draft with everything answered on this page that was not answered yet."""
    answers = draft.answers
    for question in questions_of(step, answers):
        value = stored(question, answers)
        if question.name not in answers.values and value is not None:
            answers = Answers({**answers.values, question.name: value}, answers.items)
    if step.repeats is not None:
        for number in range(THINGS):
            answers = answers.with_item(step.repeats, thing(step.repeats, number))
    return replace(draft, answers=answers)


def thing(repeated: Repeated, number: int) -> Item:
    values = {q.name: stored(q, Answers()) for q in repeated.questions}
    told = {name: value for name, value in values.items() if value is not None}
    return Item(f"{'abc'[number]}bcdefgh", Answers(told))


def addresses(draft: Draft) -> Iterator[str]:
    for step in asked_steps(draft.answers):
        yield step.slug
        if step.repeats is not None:
            yield f"{step.slug}/abcdefgh"


def test_the_people_of_these_tests_meet_every_page() -> None:
    met = {step.slug for answers in PROFILES.values() for step in asked_steps(answers)}
    assert met == {step.slug for section in OF_WHO_TELLS for step in section.steps}


@pytest.mark.parametrize("who", PROFILES)
@pytest.mark.parametrize("is_filled", [False, True], ids=["empty", "filled"])
def test_every_page_is_light_for(
    app: Flask, service: Service, who: str, *, is_filled: bool
) -> None:
    visitor, draft = Visitor(app.test_client()), Draft(PROFILES[who])
    for step in asked_steps(draft.answers) if is_filled else ():
        full = filled(draft, step)
        if step in asked_steps(full.answers):
            draft = full
    visit = begin_draft(service, once=new_once(), now=NOW, draft=draft)
    visitor.client.set_cookie("i", f"~~{visit}", domain="127.0.0.1")
    for language, page in product(LANGUAGES, (*addresses(draft), "kept", "forget", "check")):
        shown = visitor.get(f"/{language}/report/{page}")  # weighed by the visitor
        shown = visitor.follow(shown) if shown.status == 303 else shown
        assert shown.status == 200, page
