# ruff: noqa: RUF001 - people write in Cyrillic letters
"""Facts out of the whole questionnaire: what repeats, ages, places and days."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given

from intake.form import repeating
from intake.form.answers import Answers, Item, State, Stored
from intake.form.dates import CivilDate
from intake.form.draft import Draft
from intake.form.journey import to_send
from intake.form.questionnaire import REPEATED
from intake.form.questions import Repeated
from intake.triage import Facts, Level, triage
from tests.form.strategies import drafts

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


def facts(answers: Answers) -> Facts:
    return Facts.from_answers(
        answers, received_at=NOW, language="ru", channel="web_form", route="full"
    )


def read(**values: Stored | State) -> Facts:
    return facts(Answers(values))


def several(
    things: Repeated, *rows: dict[str, Stored | State], **values: Stored | State
) -> Facts:
    answers = Answers(values)
    for letter, row in zip("abcdefgh", rows, strict=False):
        answers = answers.with_item(things, Item(letter * 8, Answers(row)))
    return facts(answers)


def on(month: int, day: int) -> CivilDate:
    return CivilDate(date(2026, month, day))


def test_the_last_time_is_the_latest_of_all_that_were_told() -> None:
    found = several(
        repeating.OCCASIONS,
        {"occasion_on": "2026-11-15"},
        {"occasion_on": "2026-11-17"},
        act_date_to="2026-11-16",
        act_time_to="10:00",
    )
    assert found.last_ill_treatment_on == on(11, 17)
    assert found.last_ill_treatment_time is None


def test_an_earlier_occasion_does_not_take_the_time_away() -> None:
    found = several(
        repeating.OCCASIONS,
        {"occasion_on": "2026-11-16"},
        {"occasion_words": "не помню когда"},
        act_date_to="2026-11-16",
        act_time_to="10:00",
    )
    assert found.last_ill_treatment_on == on(11, 16)
    assert found.last_ill_treatment_time == time(10)


def test_where_only_the_beginning_was_said_it_counts() -> None:
    assert read(act_date_from="2026-11-16").last_ill_treatment_on == on(11, 16)
    both = read(act_date_from="2026-11-16", act_date_to="2026-11-17")
    assert both.last_ill_treatment_on == on(11, 17)
    assert read().last_ill_treatment_on is None


def test_steps_of_the_ledger_join_those_that_were_ticked() -> None:
    found = several(
        repeating.LEDGER,
        {"step_kind": "prosecutor", "step_on": "2026-11-10", "step_limit": "2026-11-25"},
        {"step_kind": "internal_security", "step_on": "2026-11-05"},
        {"step_kind": "media", "step_on": "2026-10-01"},
        legal_step=("none", "oral"),
        deadline_on="2026-11-20",
    )
    assert found.legal_steps == ("oral", "prosecutor", "internal_security", "media")
    assert found.complaint_filed_on == on(11, 5)
    assert found.deadlines == (on(11, 20), on(11, 25))
    assert not found.erdr_number_known
    assert "deadline_3d" in triage(found, NOW).factors
    assert "erdr_overdue" in triage(found, NOW).factors


def test_a_number_in_the_register_is_known_from_the_ledger() -> None:
    assert several(
        repeating.LEDGER, {"step_kind": "erdr", "step_number": "26-1"}
    ).erdr_number_known
    assert not several(repeating.LEDGER, {"step_kind": "erdr"}).erdr_number_known
    assert not several(
        repeating.LEDGER, {"step_kind": "prosecutor", "step_number": "7"}
    ).erdr_number_known


def test_nothing_done_yet_stays_said() -> None:
    assert read(legal_step=("none",)).legal_steps == ("none",)


def test_people_named_one_by_one_are_counted_with_the_first() -> None:
    rows: list[dict[str, Stored | State]] = [{"person_name": "А."}, {"person_name": "Б."}]
    assert several(repeating.PERSONS, *rows).victims_count == 3
    assert several(repeating.PERSONS, *rows, victims_count=22).victims_count == 22
    assert read().victims_count == 1


def test_a_child_among_the_others_is_seen() -> None:
    found = several(
        repeating.PERSONS,
        {"person_age": "14_15", "person_status": "free"},
        {"person_age": "25_39", "person_status": "sizo"},
    )
    assert (found.minors_among, found.minor_held_among) == (1, False)
    assert not found.is_minor
    assert triage(found, NOW).factors == ("minor",)


def test_a_child_held_among_the_others_cannot_wait() -> None:
    found = several(
        repeating.PERSONS,
        {"person_age": "16_17", "person_status": "police_custody"},
        victim_status="free",
    )
    outcome = triage(found, NOW)
    assert (outcome.factors, outcome.level) == (("minor_in_custody",), Level.U1)


@pytest.mark.parametrize(
    ("said", "minor_now", "band"),
    [
        ({"victim_birth_date": "2010-05-01"}, True, ""),
        ({"victim_birth_date": "2008-11-18", "act_date_from": "2026-11-17"}, False, "16_17"),
        ({"victim_birth_date": "2008-11-19", "act_date_from": "2026-11-17"}, True, "16_17"),
        ({"victim_birth_date": "2008", "act_date_from": "2026-11-17"}, False, ""),
        ({"victim_birth_date": "1990", "detained_on": "2022-01-07"}, False, "25_39"),
        ({"victim_age": 30, "act_date_from": "2026-11-17"}, False, "25_39"),
        ({"victim_age": 19, "act_date_from": "2026-11-17"}, False, "18_24"),
        ({"victim_age": 18, "act_date_from": "2026-11-17"}, False, ""),
        ({"victim_age": 19, "act_date_from": "2024-01-05"}, False, "16_17"),
        ({"victim_age": 40, "act_date_from": "2026"}, False, ""),
        ({"victim_age": 15}, True, ""),
        ({"victim_birth_date": "2026-11-01", "act_date_from": "2020-01-05"}, True, ""),
        (
            {"victim_age": 15, "age_band_then": "18_24", "detained_on": "2026-11-17"},
            True,
            "18_24",
        ),
    ],
)
def test_ages_are_worked_out_only_where_they_are_sure(
    said: dict[str, Stored | State],
    minor_now: bool,  # noqa: FBT001
    band: str,
) -> None:
    found = read(**said)
    assert (found.minor_now, found.age_band_then) == (minor_now, band)


@pytest.mark.parametrize("choice", ["tell", "said"])
def test_who_says_only_that_it_happened_is_read_by_trained_people(choice: str) -> None:
    found = read(sexual_choice=choice, act_date_to="2026-11-17")
    assert found.needs_trained_reader
    assert found.tells_sexual_violence
    assert set(triage(found, NOW).factors) == {"sexual_any", "sexual_7d"}
    assert not found.without_sexual_violence().tells_sexual_violence


@pytest.mark.parametrize("choice", ["no", "unknown", "prefer_not_to_say"])
def test_any_other_choice_says_nothing(choice: str) -> None:
    assert read(sexual_choice=choice) == read()


def test_neither_lawyer_nor_family_is_isolation_where_somebody_is_held() -> None:
    cut_off: dict[str, Stored | State] = {"family_access": "no", "lawyer_access": "own_blocked"}
    assert read(victim_status="sizo", **cut_off).isolated_now
    assert not read(victim_status="free", **cut_off).isolated_now
    assert not read(victim_status="sizo", family_access="no").isolated_now


def test_a_lawyers_duty_of_silence_is_a_signed_paper() -> None:
    found = read(reporter_role="lawyer", under_non_disclosure="yes", signed=("refused",))
    assert found.signed == ("refused", "nda")
    assert "lawyer_pressured" in triage(found, NOW).factors


def test_the_person_who_writes_knows_of_the_report() -> None:
    assert read(reporter_role="victim").victim_knowledge == "is_reporter"
    assert read(reporter_role="relative").victim_knowledge == ""
    missing = read(reporter_role="relative", victim_status="missing")
    assert missing.victim_knowledge == "cannot_ask"
    dead = read(reporter_role="relative", victim_status="deceased")
    assert dead.victim_knowledge == "deceased"


def test_injuries_named_as_still_there_are_there() -> None:
    assert read(injury=("pain",), injury_still=("pain",)).still_present == "yes"


@given(drafts())
def test_any_journey_gives_facts_that_come_back_and_hold_no_words(draft: Draft) -> None:
    found = facts(to_send(Draft(draft.answers)))
    written = found.to_json()
    assert Facts.from_json(written) == found
    assert "слова" not in str(written)
    assert not set(written) & set(REPEATED)
