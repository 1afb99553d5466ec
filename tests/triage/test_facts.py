"""Facts: read out of answers, kept as JSON, shown to those who may know them."""

import json
from dataclasses import fields
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given

from intake.form import aftermath, events, people
from intake.form.answers import Answers, State, Stored
from intake.form.dates import CivilDate
from intake.triage import Facts, Level, Raise, triage
from tests.triage.strategies import NOW, any_facts


def read(**values: Stored | State) -> Facts:
    return Facts.from_answers(
        Answers(values), received_at=NOW, language="kk", channel="web_form", route="urgent"
    )


@given(any_facts)
def test_facts_come_back_from_json_as_they_were(facts: Facts) -> None:
    again = Facts.from_json(json.loads(json.dumps(facts.to_json())))
    assert again == facts
    assert triage(again, NOW) == triage(facts, NOW)


def test_what_is_empty_is_not_written() -> None:
    assert Facts(NOW).to_json() == {"received_at": "2026-11-18T09:30:00+00:00"}


def test_facts_of_another_version_are_read_as_far_as_they_go() -> None:
    facts = Facts.from_json({"received_at": "2026-11-18T14:30:00+05:00", "not_yet_known": 1})
    assert facts == Facts(NOW)
    assert facts.received_at.tzinfo is UTC


def test_a_raise_keeps_level_person_and_time() -> None:
    facts = Facts(NOW, raised=Raise(Level.U1, "second", NOW))
    assert facts.to_json()["raised"] == {
        "level": "u1",
        "by": "second",
        "at": "2026-11-18T09:30:00+00:00",
    }
    assert Facts.from_json(facts.to_json()).raised == facts.raised


def test_facts_do_not_print_themselves() -> None:
    assert "rape" not in repr(Facts(NOW, methods=("rape",)))


def test_nothing_answered_is_nothing_known() -> None:
    assert read() == Facts(NOW, language="kk", channel="web_form", route="urgent")


@pytest.mark.parametrize("state", [s for s in State if s is not State.ANSWERED])
def test_who_does_not_answer_has_told_nothing(state: State) -> None:
    assert (
        read(victim_status=state, injury=state, detained_on=state, urgent_signs=state) == read()
    )


def test_codes_and_dates_are_taken_over() -> None:
    facts = read(
        victim_status="sizo",
        detained_on="2026-11-16",
        detained_time="09:30",
        act_date_to="2026-11",
        method=("electric", "asph_bag"),
        agency="police_station",
        deadline_on="2026-11-30",
        erdr_number="26-1",
    )
    assert facts.victim_status == "sizo"
    assert facts.detained_on == CivilDate(date(2026, 11, 16))
    assert facts.detained_time == time(9, 30)
    assert facts.last_ill_treatment_on == CivilDate(date(2026, 11, 1), "month")
    assert facts.methods == ("electric", "asph_bag")
    assert facts.agency == ("police_station",)
    assert facts.deadlines == (CivilDate(date(2026, 11, 30)),)
    assert facts.erdr_number_known


@pytest.mark.parametrize(
    ("sign", "factor"),
    [
        ("under_18", "minor_in_custody"),
        ("hurt_no_doctor", "medical_denied"),
        ("still_going_on", "abuse_ongoing"),
        ("no_contact", "isolated"),
        ("self_harm_risk", "suicide_risk"),
        ("removal_soon", "removal_imminent"),
    ],
)
def test_every_urgent_sign_is_a_reason(sign: str, factor: str) -> None:
    facts = read(victim_status="police_custody", urgent_signs=(sign,))
    assert factor in triage(facts, NOW).factors


def test_every_urgent_sign_makes_a_difference() -> None:
    for term in aftermath.URGENT_SIGNS.terms:
        assert triage(read(urgent_signs=(term.code,)), NOW).level > Level.U4


@pytest.mark.parametrize(("age", "is_minor"), [(17, True), (18, False)])
def test_age_tells_who_is_a_child(age: int, is_minor: bool) -> None:  # noqa: FBT001
    assert read(victim_age=age).is_minor is is_minor


@pytest.mark.parametrize(
    ("place", "locality", "region"),
    [
        ("Талдықорған, полиция басқармасы", "taldykorgan", "KZ-33"),
        ("ИВС города Семей", "semey", "KZ-10"),
        ("somewhere near Zhanaozen", "zhanaozen", "KZ-47"),
        ("Жетісу облысы, ауыл", "", "KZ-33"),
        ("не знаю", "", ""),
    ],
)
def test_the_place_in_words_gives_town_and_region(
    place: str, locality: str, region: str
) -> None:
    facts = read(custody_place=place)
    assert (facts.locality, facts.region) == (locality, region)


def test_the_region_is_that_of_today_and_also_that_of_the_day_itself() -> None:
    facts = read(custody_place="Талдыкорган", detained_on="2022-01-07")
    assert (facts.region, facts.region_then) == ("KZ-33", "KZ-19")


def test_a_chosen_region_is_believed() -> None:
    assert read(custody_place="Абай", region_of_event="KZ-10").region == "KZ-10"


def test_words_about_sexual_violence_are_for_trained_readers() -> None:
    assert read(intimate_narrative="…").needs_trained_reader
    assert read(trained_only=True).needs_trained_reader
    assert read(method=("filming",)).needs_trained_reader
    assert read(injury=("genital",)).needs_trained_reader
    assert not read(method=("electric",), injury=("bruises",)).needs_trained_reader


def test_others_see_the_facts_without_sexual_violence() -> None:
    told = Facts(
        NOW,
        methods=("rape", "electric"),
        injuries=("genital", "bruises"),
        evidence=("intimate_photo", "witness_names"),
    ).without_sexual_violence()
    assert told.methods == ("electric",)
    assert told.injuries == ("bruises",)
    assert told.evidence == ("witness_names",)
    assert told.trained_only
    assert not told.tells_sexual_violence


def test_names_and_words_do_not_become_facts() -> None:
    words = {
        question.name: "planted secret"
        for question in (
            people.VICTIM_NAME,
            people.CONTACT_VALUE,
            people.CONTACT_HOURS,
            events.CUSTODY_PLACE,
            events.NARRATIVE,
            events.INTIMATE_NARRATIVE,
            events.PERPETRATORS_TEXT,
            aftermath.ERDR_NUMBER,
        )
    }
    assert "planted" not in json.dumps(read(**words).to_json())


def test_moments_are_kept_in_utc() -> None:
    moment = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
    stored = Facts(moment, first_contact_at=moment).to_json()
    assert stored["first_contact_at"] == "2026-11-18T09:30:00+00:00"


def test_every_field_can_be_read_back() -> None:
    assert {field.name for field in fields(Facts)} >= set(Facts(NOW).to_json())


def test_the_first_answer_is_what_came_first_of_all_that_is_known() -> None:
    early, late = NOW, NOW.replace(hour=11)
    assert Facts(NOW).first_answer_at is None
    assert Facts(NOW, last_from_coalition_at=late).first_answer_at == late
    both = Facts(NOW, first_from_coalition_at=early, last_from_coalition_at=late)
    assert both.first_answer_at == early
    spoke = Facts(NOW, first_contact_at=early, last_from_coalition_at=late)
    assert spoke.first_answer_at == early
