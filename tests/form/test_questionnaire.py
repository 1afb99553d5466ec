# ruff: noqa: RUF001 - people write in Cyrillic letters
"""The declared questions as a whole."""

import re
from collections import Counter

import pytest

from intake.form import events, people, urgent
from intake.form.answers import Answers, State, Stored
from intake.form.compartments import Compartment
from intake.form.questionnaire import BY_NAME, QUESTIONS, VERSION
from intake.form.questions import AnyQuestion, Day, Listed, LongText, Text, TimeOfDay
from intake.form.sorting import REPORTED, documents, later_documents, split

EVERY = [*QUESTIONS, *urgent.STEP.questions]


def test_every_name_stands_once() -> None:
    assert [name for name, n in Counter(q.name for q in QUESTIONS).items() if n > 1] == []
    assert len(BY_NAME) == len(QUESTIONS)


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.name)
def test_a_question_has_words_that_are_kind(question: AnyQuestion) -> None:
    words = f"{question.label} {question.hint}"
    assert question.label.strip()
    assert not re.search(r"(?i)\b(please|sorry|invalid|forbidden|prove|alleged)\b", words)


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.name)
def test_free_words_are_never_among_the_facts(question: AnyQuestion) -> None:
    if isinstance(question, Text | LongText):
        assert question.compartment is not Compartment.FACTS


def test_what_is_counted_is_asked_as_codes() -> None:
    counted = ("victim_sex", "age_band_then", "method", "agency", "place_type", "purpose")
    assert all(isinstance(BY_NAME[name], Listed) for name in (*counted, "legal_step", "town"))


def test_the_urgent_page_asks_for_the_same_things_as_the_form() -> None:
    for question in urgent.STEP.questions:
        declared = BY_NAME[question.name]
        assert question.compartment is declared.compartment
        if isinstance(question, Listed) and isinstance(declared, Listed):
            assert question.vocabulary == declared.vocabulary
        if isinstance(question, Day | TimeOfDay):
            assert type(question) is type(declared)


def test_every_answer_goes_to_its_compartment() -> None:
    sorted_ = split(
        Answers(
            {
                "victim_name": "А.",
                "contact_value": "+7",
                "narrative": "words",
                "custody_place": "Тараз",
                "intimate_narrative": "words",
                "victim_status": "sizo",
                "agency": ("knb",),
            }
        )
    )
    assert sorted_[Compartment.IDENTITY] == {"victim_name": "А.", "contact_value": "+7"}
    assert sorted_[Compartment.ACCOUNT] == {"narrative": "words", "custody_place": "Тараз"}
    assert sorted_[Compartment.INTIMATE] == {"intimate_narrative": "words"}
    assert sorted_[Compartment.FACTS] == {"victim_status": "sizo", "agency": ["knb"]}


def test_every_compartment_is_there_even_when_empty() -> None:
    assert split(Answers()) == {place: {} for place in REPORTED}


def test_an_answer_to_a_question_of_another_version_is_not_lost() -> None:
    assert split(Answers({"of_tomorrow": "x"}))[Compartment.ACCOUNT] == {"of_tomorrow": "x"}


def test_names_and_ways_to_answer_are_identity() -> None:
    for question in (people.VICTIM_NAME, people.CONTACT_VALUE, people.CONTACT_HOURS):
        assert question.compartment is Compartment.IDENTITY
    assert events.NARRATIVE.compartment is Compartment.ACCOUNT


def test_the_questionnaire_has_a_version() -> None:
    assert re.fullmatch(r"20\d\d-\d\d", VERSION)


CODED: dict[str, Stored | State] = {
    "victim_name": "А.",
    "narrative": "words",
    "method": ("rape", "beat_hands"),
    "evidence": ("intimate_photo",),
    "registered_on": "2026-11-18",
    "contact_method": ("signal",),
    "injury": State.PREFER_NOT_TO_SAY,
}


def test_documents_hold_each_coded_answer_as_it_was_told() -> None:
    told = documents(Answers(CODED))
    assert told[Compartment.IDENTITY] == {"victim_name": "А.", "contact_method": ["signal"]}
    assert told[Compartment.ACCOUNT] == {
        "narrative": "words",
        "method": ["beat_hands"],
        "registered_on": "2026-11-18",
        "injury": {"state": "prefer_not_to_say"},
    }


def test_codes_of_sexual_violence_stand_in_the_intimate_document_alone() -> None:
    told = documents(Answers(CODED))
    assert told[Compartment.INTIMATE] == {
        "method": ["rape", "beat_hands"],
        "evidence": ["intimate_photo"],
    }


def test_what_is_told_later_is_in_one_of_two_documents_whole() -> None:
    of_people, all_else = later_documents(Answers(CODED))
    assert set(of_people) == {"victim_name", "contact_method"}
    assert Answers.from_json({**of_people, **all_else}) == Answers(CODED)
