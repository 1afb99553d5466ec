"""The short form: the urgent page on one leaf, under the numbers of the long form."""

import io
from functools import partial

import pikepdf
import pytest

from intake.export.cover import Told
from intake.export.numbering import numbers
from intake.export.paper import Field, Leaf, Tongue, fields_of
from intake.export.short_form import short_form
from intake.export.typesetting import pdf
from intake.form import urgent
from intake.form.consent_texts import consent_text
from intake.form.listed import Listed
from intake.form.questionnaire import OF_WHO_TELLS
from intake.form.questions import AnyQuestion
from intake.translations import LANGUAGES, said_in
from tests.export.papers import in_language, words_of
from tests.export.pdf_text import words_in

QUESTIONS = urgent.STEP.questions


def leaf(language: str) -> Leaf:
    told = Told(permission=lambda code: f"{consent_text(code).text(language)} (1.0)")
    return short_form(Tongue(language, partial(said_in, language)), told)


@pytest.fixture(scope="module")
def fields() -> dict[str, Field]:
    asked = fields_of(leaf("en").page)
    return {q.name: field for q, field in zip(QUESTIONS, asked, strict=True)}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_each_question_of_the_urgent_page_has_the_number_of_the_long_form(
    fields: dict[str, Field], question: AnyQuestion
) -> None:
    number = fields[question.name].number
    named = {name for (_page, name), known in numbers().items() if known == number}
    assert named == {question.name}
    assert number in {field.number for field in in_language("en").fields}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_box_on_the_leaf_is_a_box_where_it_is_typed_in(question: AnyQuestion) -> None:
    if not isinstance(question, Listed):
        assert not hasattr(question, "terms")
        return
    every = [q for section in OF_WHO_TELLS for step in section.steps for q in step.questions]
    same = [q for q in every if q.name == question.name and isinstance(q, Listed)]
    typed = {term.code for q in same for term in q.terms}
    assert {term.code for term in question.terms} <= typed


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_leaf_with_everything_on_it(language: str) -> None:
    made = pdf(leaf(language))
    document = pikepdf.open(io.BytesIO(made))
    assert len(document.pages) == 2
    said = "".join(words_in(made).split())
    told = [text for text in words_of((leaf(language).cover, leaf(language).page)) if text]
    kinds = {"lines", "boxes", "tick", "day", "time", "number", "table"}
    assert [
        text for text in told if text not in kinds and "".join(text.split()) not in said
    ] == []


def test_handing_it_in_says_what_it_means_and_what_is_safe() -> None:
    told = " ".join(words_of(leaf("en").cover))
    assert "By handing it in you agree" in told
    assert consent_text("store").text("en") in told
    assert "do not send it by the post of that place" in told
    assert "We are not the police" in told


def test_the_answer_waits_on_our_site_and_not_here(fields: dict[str, Field]) -> None:
    assert "on our site" in fields["contact_method"].hint
