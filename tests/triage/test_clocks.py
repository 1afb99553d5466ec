"""By when something must happen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from intake.case import Stage
from intake.form.dates import CivilDate
from intake.form.vocabularies import vocabulary
from intake.triage import CLOCKS, Due, Facts, Level, next_clock
from tests.triage.strategies import NOW

NEW = Facts(NOW)
LATER = NOW + timedelta(hours=30)
# domain 6.5: the hours of each clock, by level where levels differ.
HOURS = {
    "ack": {"u1": 0, "u2": 0, "u3": 0, "u4": 0},
    "open": {"u1": 2, "u2": 24, "u3": 72, "u4": 240},
    "contact_u1": {"u1": 4, "u2": 24, "u3": 72, "u4": 240},
    "lawyer_u1": {"u1": 12},
    "medical_u1": {"u1": 12},
    "prosecutor": 24,
    "erdr": 24,
    "protection": 24,
    "forensic": 72,
    "npm": 24,
    "un_urgent": 24,
    "missing_wgeid": 48,
    "appeal_106": 360,
    "appeal_verdict": 360,
    "admin_appeal": 240,
    "psych": {"u1": 72, "u2": 72, "u3": 168, "u4": 168},
    "review": {"u1": 24, "u2": 72, "u3": 168, "u4": 720},
    "un_sr_2y": 17520,
    "retention": 0,
}


def hours(start: datetime, count: int) -> datetime:
    return start + timedelta(hours=count)


@pytest.mark.parametrize("code", HOURS)
def test_a_clock_has_the_hours_of_the_table(code: str) -> None:
    wanted = HOURS[code]
    found = {level: CLOCKS[code].hours.get(level) for level in CLOCKS[code].hours}
    assert found == (wanted if isinstance(wanted, dict) else dict.fromkeys(found, wanted))


def test_there_are_nineteen_clocks_and_no_other() -> None:
    assert set(CLOCKS) == set(HOURS) == set(vocabulary("clock").codes)
    assert len(CLOCKS) == 19


def test_a_clock_that_a_level_lacks_is_not_due() -> None:
    assert CLOCKS["lawyer_u1"].due(NOW, Level.U1) == hours(NOW, 12)
    assert CLOCKS["lawyer_u1"].due(NOW, Level.U3) is None


def test_legal_clocks_say_that_no_lawyer_has_checked_them() -> None:
    unchecked = {clock.code for clock in CLOCKS.values() if clock.legal and not clock.checked}
    assert {"appeal_106", "erdr", "prosecutor", "lawyer_u1"} <= unchecked
    assert not {"open", "contact_u1", "review"} & unchecked
    assert all(clock.source for clock in CLOCKS.values())


@pytest.mark.parametrize(
    ("level", "count"), [(Level.U1, 2), (Level.U2, 24), (Level.U3, 72), (Level.U4, 240)]
)
def test_a_new_report_must_be_opened(level: Level, count: int) -> None:
    assert next_clock(NEW, "received", level, NOW) == Due("open", hours(NOW, count))


@pytest.mark.parametrize("stage", ["screening", "contacting"])
@pytest.mark.parametrize(
    ("level", "count"), [(Level.U1, 4), (Level.U2, 24), (Level.U3, 72), (Level.U4, 240)]
)
def test_then_somebody_must_try_to_reach_the_reporter(
    stage: str, level: Level, count: int
) -> None:
    assert next_clock(NEW, stage, level, NOW) == Due("contact_u1", hours(NOW, count))


def test_who_wants_no_contact_is_reviewed_instead() -> None:
    facts = replace(NEW, contact_method=("none",), stage_changed_at=LATER)
    assert next_clock(facts, "screening", Level.U2, LATER) == Due("review", hours(LATER, 72))


@pytest.mark.parametrize("stage", ["screening", "contacting", "assessment", "active"])
def test_a_case_that_waits_for_the_reporter_is_never_late(stage: str) -> None:
    facts = replace(NEW, last_from_coalition_at=LATER)
    due = next_clock(facts, stage, Level.U1, LATER)
    assert due == Due("review", hours(LATER, 24), waiting=True)
    assert not due.is_late(LATER + timedelta(days=400))


def test_an_answer_to_the_reporters_word_waits_again() -> None:
    facts = replace(NEW, last_from_reporter_at=NOW, last_from_coalition_at=LATER)
    due = next_clock(facts, "contacting", Level.U1, LATER)
    assert due == Due("review", hours(LATER, 24), waiting=True)


@pytest.mark.parametrize(
    ("level", "count"), [(Level.U1, 24), (Level.U2, 72), (Level.U3, 168), (Level.U4, 720)]
)
def test_the_reporters_word_starts_the_review(level: Level, count: int) -> None:
    facts = replace(NEW, last_from_coalition_at=NOW, last_from_reporter_at=LATER)
    assert next_clock(facts, "contacting", level, LATER) == Due("review", hours(LATER, count))


def test_other_stages_are_reviewed_from_their_beginning() -> None:
    facts = replace(NEW, stage_changed_at=LATER)
    assert next_clock(facts, "decision", Level.U1, LATER) == Due("review", hours(LATER, 24))


@pytest.mark.parametrize("stage", ["closed", "erased"])
def test_no_clock_runs_for_an_ended_case(stage: str) -> None:
    assert next_clock(NEW, stage, Level.U1, LATER) is None


def test_a_case_on_hold_waits_for_the_day_of_the_next_try() -> None:
    facts = replace(NEW, try_again_on=CivilDate(date(2026, 11, 25)), stage_changed_at=NOW)
    begins = datetime(2026, 11, 24, 19, tzinfo=UTC)
    before = next_clock(facts, "on_hold", Level.U1, NOW)
    after = next_clock(facts, "on_hold", Level.U1, begins + timedelta(minutes=1))
    assert before == Due("contact_u1", begins, waiting=True)
    assert after == Due("contact_u1", begins)
    assert after.is_late(begins + timedelta(minutes=1))


def test_hold_without_a_day_ends_after_a_month() -> None:
    facts = replace(NEW, stage_changed_at=NOW)
    due = next_clock(facts, "on_hold", Level.U1, LATER)
    assert due == Due("review", hours(NOW, 720), waiting=True)


def test_being_late_begins_after_the_time() -> None:
    due = Due("open", NOW)
    assert not due.is_late(NOW)
    assert due.is_late(NOW + timedelta(seconds=1))


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("level", Level)
def test_every_open_stage_has_a_clock_with_words(stage: Stage, level: Level) -> None:
    due = next_clock(NEW, stage, level, NOW)
    assert (due is None) == (stage in {"closed", "erased"})
    assert due is None or due.clock in vocabulary("clock")
