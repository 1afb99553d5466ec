"""What staff type in is what stands on paper, under the same numbers, and nothing more."""

from collections.abc import Iterator

import pytest
from hypothesis import given

from intake.export.numbering import numbers, page_numbers
from intake.export.on_paper import LEFT_OUT
from intake.export.paper import Paper, fields_of
from intake.form import journey
from intake.form.answers import Answers
from intake.form.questionnaire import OF_WHO_TELLS
from intake.form.questions import AnyQuestion, Listed
from intake.form.sections import recorded
from intake.form.vocabularies import vocabulary
from intake.translations import LANGUAGES
from tests.export.papers import in_language
from tests.form.profiles import PROFILES
from tests.form.strategies import answers

NOTED = [question for step in recorded.SECTION.steps for question in step.questions]


def by_staff(answers: Answers) -> Answers:
    """The same told to somebody who takes it down."""
    return Answers({**answers.values, "channel": "office_visit"}, answers.items)


def asked(answers: Answers) -> Iterator[tuple[str, AnyQuestion]]:
    """Every question with the name of its page."""
    for step in journey.asked_steps(answers):
        things = step.repeats.questions if step.repeats else ()
        for question in (*journey.questions_of(step, answers), *things):
            yield step.slug, question


def numbers_on(paper: Paper) -> set[str]:
    return {field.number for field in (*paper.fields, *fields_of(paper.staff))}


@given(answers())
def test_staff_entry_takes_no_question_that_the_paper_lacks(answers: Answers) -> None:
    on_paper = numbers_on(in_language("en"))
    for slug, question in asked(by_staff(answers)):
        if question.name not in LEFT_OUT:
            assert numbers()[slug, question.name] in on_paper


def test_every_question_on_paper_can_be_typed_in() -> None:
    typed = {
        numbers()[slug, question.name]
        for answers in PROFILES.values()
        for slug, question in asked(by_staff(answers))
    }
    assert typed == numbers_on(in_language("en"))


def test_the_lines_of_the_sheet_are_numbered_one_after_the_other() -> None:
    sheet = in_language("en").staff
    assert [field.number for field in fields_of(sheet)] == [
        f"S{n}" for n in range(1, len(NOTED) + 1)
    ]
    assert numbers()["recorded", "channel"] == "S1"
    assert {page_numbers()[slug] for slug in recorded.STEPS} == {"S"}


def test_the_sheet_is_no_part_of_the_form_that_who_tells_fills_in() -> None:
    paper = in_language("en")
    assert len(paper.sections) == len(OF_WHO_TELLS)
    assert not {field.number for field in paper.fields if field.number.startswith("S")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_boxes_of_the_sheet_are_those_of_the_lists(language: str) -> None:
    fields = {field.number: field for field in fields_of(in_language(language).staff)}
    for step in recorded.SECTION.steps:
        for question in step.questions:
            if isinstance(question, Listed):
                field = fields[numbers()[step.slug, question.name]]
                (options,) = field.options
                assert [option.label for option in options.those] == [
                    term.label(language) for term in question.terms
                ]
                assert field.is_one


def test_nobody_notes_down_that_somebody_wrote_on_the_site() -> None:
    (channel,) = (q for q in NOTED if q.name == "channel")
    assert isinstance(channel, Listed)
    offered = [term.code for term in channel.terms]
    assert set(vocabulary("channel").codes) - set(offered) == {"web_form"}
