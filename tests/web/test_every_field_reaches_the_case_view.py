"""Whatever the form asks, a trained handler reads under its label, in its part."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask

from intake import create_app
from intake.casework import Incoming, Service, resume
from intake.form.aftermath import BODY_MARK
from intake.form.answers import Answers
from intake.form.body import Marks, marks
from intake.form.questionnaire import REPEATED
from intake.form.questions import AnyQuestion, Listed, Repeated
from intake.form.sorting import is_intimate_code
from intake.form.vocabularies import vocabulary
from intake.settings import load
from intake.web.context import CLOCK
from tests.html import Element, Page
from tests.people import COORDINATOR, NOW, SECOND, Installation, send_and_open
from tests.requirements import READ_IN
from tests.web.conftest import Clock, signed_in
from tests.web.told_samples import (
    ITEMS,
    OF_THE_REPORT,
    everything,
    is_about_sexual_violence,
    value_of,
    worded,
)

PARTS = {
    "identity": "part-identity",
    "account": "part-account",
    "intimate": "part-intimate",
    "contact": "contact",
}
IN_THINGS = [
    pytest.param(things, question, id=question.name)
    for things in REPEATED.values()
    for question in things.questions
]


@pytest.fixture(scope="module")
def app(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = copytree(installation.folder, tmp_path_factory.mktemp("told") / "instance")
    app = create_app(load({}, Path(folder)))
    app.extensions[CLOCK] = Clock()
    yield app
    app.extensions["intake"].engine.dispose()


def read(app: Flask, installation: Installation, answers: Answers, handle: str) -> Page:
    """The case view of a report with these answers, as this coordinator sees it."""
    service: Service = app.extensions["intake"]
    report = Incoming(answers, language="kk", route="full", channel="web_form", received_at=NOW)
    sent = send_and_open(resume(service, installation.cookies[COORDINATOR], now=NOW), report)
    desk = signed_in(app, installation.cookies[handle])
    return desk.get(f"/desk/cases/{sent.ref}/report").page


@pytest.fixture(scope="module")
def whole(app: Flask, installation: Installation) -> Page:
    """A report that tells everything, before a trained handler."""
    return read(app, installation, everything(intimate=True), COORDINATOR)


@pytest.fixture(scope="module")
def restricted(app: Flask, installation: Installation) -> Page:
    """The same before a coordinator who is no trained handler."""
    return read(app, installation, everything(intimate=True), SECOND)


@pytest.fixture(scope="module")
def plain(app: Flask, installation: Installation) -> Page:
    """A report without sexual violence, before the same coordinator."""
    return read(app, installation, everything(intimate=False), SECOND)


def part_of(question: AnyQuestion) -> str:
    """The part that the table of requirements names."""
    return PARTS[READ_IN[question.name]]


def answers_to(question: AnyQuestion, inside: Element | None) -> str:
    """What stands beside the question's label there."""
    assert inside is not None
    found: list[str] = []
    for element in _within(inside):
        if element.tag == "dl":
            found += _beside(question.label, element.children)
    return " | ".join(found)


def _within(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from _within(child)


def _beside(label: str, children: list[Element]) -> list[str]:
    found, is_asked = [], False
    for child in children:
        if child.tag == "dt":
            is_asked = child.text == label
        elif is_asked:
            found.append(child.text)
    return found


@pytest.mark.parametrize("question", OF_THE_REPORT, ids=lambda question: question.name)
def test_a_trained_handler_reads_the_answer_under_its_label_in_its_part(
    whole: Page, question: AnyQuestion
) -> None:
    shown = answers_to(question, whole.by_id(part_of(question)))
    for words in worded(question, intimate=is_about_sexual_violence(question)):
        assert words in shown


@pytest.mark.parametrize(("things", "question"), IN_THINGS)
def test_a_trained_handler_reads_what_was_told_of_each_of_several_things(
    whole: Page, things: Repeated, question: AnyQuestion
) -> None:
    for id_ in ITEMS:
        card = whole.by_id(f"{READ_IN[question.name]}-{things.name}-{id_}")
        shown = answers_to(question, card)
        for words in worded(question, intimate=False):
            assert words in shown


@pytest.mark.parametrize(
    "question",
    [q for q in OF_THE_REPORT if not is_about_sexual_violence(q) and q.name != "trained_only"],
    ids=lambda question: question.name,
)
def test_of_a_report_without_sexual_violence_every_coordinator_reads_all(
    plain: Page, question: AnyQuestion
) -> None:
    shown = answers_to(question, plain.by_id(part_of(question)))
    for words in worded(question, intimate=False):
        assert words in shown


SEXUAL_CODES = [
    pytest.param(question, term.label("en"), id=f"{question.name}-{term.code}")
    for question in OF_THE_REPORT
    if isinstance(question, Listed) and not is_about_sexual_violence(question)
    for term in vocabulary(question.vocabulary).terms
    if is_intimate_code(question, term.code) and not isinstance(question, Marks)
]
PRIVATE_MARKS = [
    pytest.param(BODY_MARK, mark.place.label("en"), id=f"body_mark-{mark.place.code}")
    for mark in marks((), value_of(BODY_MARK, intimate=True))
    if mark.place.has("sensitive")
]


@pytest.mark.parametrize(("question", "label"), [*SEXUAL_CODES, *PRIVATE_MARKS])
def test_codes_of_sexual_violence_stand_in_their_own_folded_part_alone(
    whole: Page, question: AnyQuestion, label: str
) -> None:
    assert label in answers_to(question, whole.by_id("part-intimate"))
    assert whole.by_id("part-intimate").tag == "details"  # type: ignore[union-attr] # asserted
    others = {*PARTS.values()} - {"part-intimate"}
    assert [p for p in others if label in answers_to(question, whole.by_id(p))] == []


@pytest.mark.parametrize(("question", "label"), [*SEXUAL_CODES, *PRIVATE_MARKS])
def test_codes_of_sexual_violence_never_reach_others(
    restricted: Page, plain: Page, question: AnyQuestion, label: str
) -> None:
    for page in (restricted, plain):
        body = next(e for e in page.elements if e.tag == "main")
        assert label not in answers_to(question, body)


@pytest.mark.parametrize(
    "question",
    [question for question in OF_THE_REPORT if is_about_sexual_violence(question)],
    ids=lambda question: question.name,
)
def test_questions_on_sexual_violence_never_reach_others(
    restricted: Page, plain: Page, question: AnyQuestion
) -> None:
    for page in (restricted, plain):
        assert question.label not in page.text
        assert f"own words on {question.name}" not in page.text
