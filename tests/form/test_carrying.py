# ruff: noqa: RUF001 - people write in Cyrillic letters
"""The next client of the same place and day: what is carried, and that nothing else is."""

import json

import pytest
from hypothesis import given

from intake.form import journey, people, repeating
from intake.form.answers import Answers, Item, Stored
from intake.form.carrying import CARRIED, OF_OFFICERS, carried
from intake.form.compartments import Compartment
from intake.form.draft import Draft
from intake.form.questionnaire import QUESTIONS
from intake.form.questions import Attached, LongText
from tests.form.strategies import drafts

OF_ALL = {question.name for _holds, those in CARRIED for question in those}
OF_EACH = {question.name for question in OF_OFFICERS}
# What tells who the client before was, or what was done to that client alone.
OF_THE_CLIENT = {
    *("client_name_for_us", "victim_name", "other_names", "victim_birth_date", "victim_age"),
    *("age_band_then", "victim_sex", "nationality", "home_region", "address", "relationship"),
    *("victim_knowledge", "authority_doc", "authority_until", "method", "injury"),
    *("body_region", "officer_looks", "officer_involvement"),
}
LAWYER: dict[str, Stored] = {
    "reporter_role": "lawyer",
    "reporter_name": "Д.",
    "client_name_for_us": "Восьмой",
    "victim_name": "А.",
    "victim_status": "sizo",
    "custody_place": "Семей, СИЗО",
    "detained_on": "2026-11-18",
    "place_name": "СИЗО",
    "town_said": "Семей",
    "town": "semey",
    "narrative": "Его били.",
    "agency": ("knb",),
    "contact_method": ("signal",),
    "contact_value": "+7 000 000 00 01",
    "consent_contact": True,
    "consent": ("statistics",),
}


def told(**more: Stored) -> Draft:
    answers = Answers({**LAWYER, **more})
    return Draft(answers, tuple(step.slug for step in journey.asked_steps(answers)))


def test_nothing_but_what_is_named_can_be_carried() -> None:
    for question in QUESTIONS:
        if question.name in OF_ALL | OF_EACH:
            assert question.compartment is not Compartment.INTIMATE
            assert not isinstance(question, LongText | Attached)
            assert not question.name.startswith("consent")
    assert not (OF_ALL | OF_EACH) & OF_THE_CLIENT


@given(drafts())
def test_nothing_else_is_ever_carried(draft: Draft) -> None:
    fresh = carried(draft)
    assert set(fresh.answers.values) <= OF_ALL
    assert set(fresh.answers.items) <= {repeating.OFFICERS.name}
    for officer in fresh.answers.of(repeating.OFFICERS):
        assert set(officer.answers.values) <= OF_EACH
    assert (fresh.sent, fresh.words, fresh.typed, fresh.skipped) == ((), {}, {}, ())


@given(drafts())
def test_no_page_is_passed_that_was_not_passed_before_or_asks_for_more(draft: Draft) -> None:
    fresh = carried(draft)
    assert set(fresh.passed) <= set(draft.passed)
    for slug in fresh.passed:
        step = journey.step_called(slug, fresh.answers)
        assert step
        asked = {question.name for question in journey.questions_of(step, fresh.answers)}
        assert asked <= OF_ALL
        assert asked & set(fresh.answers.values)


def test_who_writes_where_and_when_are_carried() -> None:
    fresh = carried(told()).answers.to_json()
    of_the_client = {"client_name_for_us", "victim_name", "narrative", "consent_contact"}
    assert fresh == {
        name: json.loads(json.dumps(value))
        for name, value in LAWYER.items()
        if name not in of_the_client | {"consent"}
    }


def test_pages_that_say_nothing_of_the_client_are_passed_and_the_others_are_met() -> None:
    fresh = carried(told())
    assert fresh.passed == ("who", "where", "place")
    step = journey.next_step(fresh)
    assert step
    assert step.slug == "custody"


def test_a_page_on_which_nothing_was_said_is_met_again() -> None:
    before = told()
    silent = Answers({k: v for k, v in LAWYER.items() if "place" not in k and "town" not in k})
    assert "place" in before.passed
    assert "place" not in carried(before.answering(silent)).passed


@pytest.mark.parametrize("status", ["free", "missing", "deceased"])
def test_where_a_client_is_who_is_not_held_says_nothing_of_the_next(status: str) -> None:
    fresh = carried(told(victim_status=status))
    assert {"victim_status", "custody_place"}.isdisjoint(fresh.answers.values)
    assert "where" not in fresh.passed


def test_a_way_over_somebody_whom_the_client_trusts_is_not_carried() -> None:
    fresh = carried(told(contact_method=("signal", "via_relative"))).answers
    assert {"contact_method", "contact_value"}.isdisjoint(fresh.values)
    assert fresh[people.REPORTER_NAME] == "Д."


def test_of_who_tells_of_themselves_nothing_is_carried_to_the_next() -> None:
    fresh = carried(told(reporter_role="victim", channel="office_visit", taken_by="aida"))
    assert {"reporter_role", "reporter_name", "contact_value"}.isdisjoint(fresh.answers.values)
    assert fresh.answers.values["channel"] == "office_visit"
    assert fresh.answers.values["taken_by"] == "aida"


def test_officers_are_carried_without_what_they_did_to_the_client() -> None:
    known = Answers({"officer_rank": "майор", "officer_involvement": ("took_part",)})
    seen = Answers({"officer_looks": "Шрам. Он бил А."})
    before = told().answers
    before = before.with_item(repeating.OFFICERS, Item("aaaaaaaa", known))
    before = before.with_item(repeating.OFFICERS, Item("bbbbbbbb", seen))
    (officer,) = carried(told().answering(before)).answers.of(repeating.OFFICERS)
    assert officer.answers == Answers({"officer_rank": "майор"})
