"""`tests/requirements.toml` holds: every field, every requirement, every phrase."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask

from intake import create_app
from intake.casework import Service, begin_draft, new_once, resume
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.draft import Draft
from intake.form.journey import asked_steps
from intake.form.questionnaire import BY_NAME, SECTIONS
from intake.form.sorting import documents, split
from intake.settings import load
from intake.web.context import CLOCK
from intake.web.step_addresses import FIELD
from tests.form.profiles import PROFILES
from tests.people import COORDINATOR, NOW, Installation, Sent, send_and_open
from tests.requirements import (
    FIELDS,
    HERE,
    PHRASES,
    QUESTIONS,
    REQUIREMENTS,
    SENTENCES,
    TESTS,
    UNASKED,
    Question,
    Requirement,
    Sentence,
)
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock
from tests.web.told_pages import asked_on
from tests.web.told_samples import value_of

BEHIND = "/en/return/"
STEPS = tuple(step for section in SECTIONS for step in section.steps)


@pytest.fixture(scope="module")
def app(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """One for all sentences, since looking at pages changes nothing."""
    folder = copytree(installation.folder, tmp_path_factory.mktemp("table") / "instance")
    app = create_app(load({}, Path(folder)))
    app.extensions[CLOCK] = Clock()
    yield app
    app.extensions["intake"].engine.dispose()


@pytest.fixture(scope="module")
def sent(app: Flask, installation: Installation) -> Sent:
    """A report that a coordinator has opened."""
    service: Service = app.extensions["intake"]
    return send_and_open(resume(service, installation.cookies[COORDINATOR], now=NOW))


def writer(app: Flask, told: Answers) -> Visitor:
    """The browser of somebody who has told this so far."""
    visitor = Visitor(app.test_client())
    service: Service = app.extensions["intake"]
    visit = begin_draft(service, once=new_once(), now=NOW, draft=Draft(told))
    visitor.client.set_cookie("i", f"~~{visit}", domain="127.0.0.1")
    return visitor


def holder(app: Flask, sent: Sent) -> Visitor:
    """The browser of somebody who has typed the code."""
    visitor = Visitor(app.test_client())
    visitor.send(visitor.get(BEHIND), {"code": sent.code})
    return visitor


def reached(visitor: Visitor, at: str) -> Visited:
    """The page at an address, in which the page of a form is called by its slug."""
    page = visitor.get(at)
    page = visitor.follow(page) if page.status == 303 else page
    assert page.status == 200
    return page


def asks(page: Visited) -> str:
    """Which page of the form it says it is; "" for any other."""
    forms = page.page.all("form")
    return page.page.fields(page.page.form()).get(FIELD, [""])[0] if forms else ""


# 1. Fields


def sealed_in(name: str) -> set[str]:
    """The compartments that hold some answer to this question."""
    question, found = BY_NAME[name], set()
    for intimate in (True, False):
        answers = Answers().having(question, value_of(question, intimate=intimate))
        found |= {place.value for place, held in documents(answers).items() if held}
        found |= {"facts"} if split(answers)[Compartment.FACTS] else set()
    return found


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_an_answer_is_sealed_where_the_table_says(question: Question) -> None:
    assert sealed_in(question.name) == question.sealed


def test_every_question_stands_in_the_table_once() -> None:
    counted = Counter(question.name for question in QUESTIONS)
    assert [name for name, times in counted.items() if times > 1] == []
    assert set(counted) == set(BY_NAME)


def test_every_question_of_the_table_stands_on_a_page() -> None:
    things = [step.repeats.questions for step in STEPS if step.repeats]
    asked = {
        q.name for questions in (*things, *(s.questions for s in STEPS)) for q in questions
    }
    assert set(BY_NAME) - asked == set(UNASKED)


def test_every_field_of_a_reporter_has_a_question_or_says_why_not() -> None:
    asked = {question.field for question in QUESTIONS}
    of_reporters = {name for name, (who, *_lines) in FIELDS.items() if "R" in who}
    elsewhere = {name for name, lines in FIELDS.items() if lines[1].startswith("elsewhere: ")}
    assert of_reporters - asked <= elsewhere
    assert asked & set(FIELDS) <= of_reporters


# 2. Requirements


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: f"{row.requirement} {row.at}")
def test_a_sentence_stands_where_the_table_says(app: Flask, sent: Sent, row: Sentence) -> None:
    is_behind = row.at.startswith(BEHIND)
    is_told = row.at.startswith("/en/report/") and row.at != "/en/report/"
    visitor = holder(app, sent) if is_behind else Visitor(app.test_client())
    page = reached(writer(app, row.told) if is_told else visitor, row.at)
    assert not row.page or asks(page) == row.page
    assert row.finds in page.page.text


@pytest.mark.parametrize("row", REQUIREMENTS, ids=lambda row: row.name)
def test_a_requirement_is_shown_or_says_that_it_comes_later(row: Requirement) -> None:
    assert row.sentences or row.tests or row.desk.startswith("later: ")


def test_every_requirement_stands_in_the_table() -> None:
    assert [row.name for row in REQUIREMENTS] == [f"E{number:02}" for number in range(1, 27)]


@cache
def names_in(path: str) -> frozenset[str]:
    """The tests of a file, those of a class behind its name."""
    found: set[str] = set()
    for node in ast.parse((HERE.parent / path).read_text()).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            of_class = (n.name for n in node.body if isinstance(n, ast.FunctionDef))
            found |= {f"{node.name}::{name}" for name in of_class}
    return frozenset(found)


@pytest.mark.parametrize("test", TESTS)
def test_a_test_that_the_table_names_is_there(test: str) -> None:
    path, _, name = test.partition("::")
    assert name.split("::")[-1].startswith("test_")
    assert name in names_in(path)


@pytest.mark.parametrize("who", PROFILES)
def test_every_page_can_be_skipped_and_every_question_left(app: Flask, who: str) -> None:
    visitor = writer(app, PROFILES[who])
    for step in asked_steps(PROFILES[who]):
        page = reached(visitor, f"/en/report/{step.slug}").page
        assert [e.text for e in page.all("button") if e.get("value") == "skip"] == ["Skip"]
        assert [e.get("name") for e in page.controls() if e.get("required") is not None] == []


# 3. Phrases


@pytest.fixture(scope="module")
def offered(app: Flask) -> set[str]:
    """What is ticked on the pages that somebody meets who wants to say what was done."""
    answers, found = PROFILES["free"], set()
    visitor = writer(app, answers)
    for step in asked_steps(answers):
        if step.slug.startswith("methods-") or step.slug == "sexual":
            page = reached(visitor, f"/en/report/{step.slug}").page
            found |= set(asked_on(page)["method"].options or ())
    return found


@pytest.mark.parametrize("phrase", PHRASES)
def test_what_was_told_in_published_reports_can_be_ticked(
    offered: set[str], phrase: str
) -> None:
    assert set(PHRASES[phrase].split()) <= offered
