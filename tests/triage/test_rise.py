"""How urgency moves with time: the next rise, and what may fall."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.form.dates import CivilDate
from intake.triage import Facts, Level, Raise, may_rise_at, settled, triage
from intake.triage.rise import next_rise
from tests.triage.strategies import NOW, any_facts, rising

FREE = Facts(NOW, victim_status="free")
HELD = Facts(NOW, victim_status="police_custody")
SHARES = st.integers(0, 999)
HORIZON = timedelta(days=60)


def day(text: str) -> CivilDate:
    return CivilDate.from_text(text)


def level(facts: Facts, now: datetime) -> Level:
    return triage(facts, now).level


@given(any_facts | rising, SHARES)
def test_no_level_is_higher_before_the_next_rise(facts: Facts, share: float) -> None:
    end = next_rise(facts, NOW) or NOW + HORIZON
    assert level(facts, NOW + (end - NOW) * share // 1000) <= level(facts, NOW)


@given(rising)
def test_the_level_is_higher_at_the_next_rise(facts: Facts) -> None:
    rise = next_rise(facts, NOW)
    assert rise is not None
    assert rise > NOW
    assert level(facts, rise) > level(facts, NOW)


@given(any_facts | rising, st.integers(0, 60 * 24))
def test_every_rise_found_by_looking_hour_by_hour_was_foretold(
    facts: Facts, hours: int
) -> None:
    later = NOW + timedelta(hours=hours)
    rise = next_rise(facts, NOW)
    if level(facts, later) > level(facts, NOW):
        assert rise is not None
        assert rise <= later


@given(any_facts | rising)
def test_the_stored_time_is_on_the_grid_and_not_after_the_rise(facts: Facts) -> None:
    rise, stored = next_rise(facts, NOW), may_rise_at(facts, NOW)
    assert (rise is None) is (stored is None)
    if rise and stored:
        assert timedelta(0) <= rise - stored < timedelta(hours=6)
        assert (stored.hour % 6, stored.minute, stored.second, stored.microsecond) == (
            0,
            0,
            0,
            0,
        )
        assert stored.tzinfo is UTC


def test_a_hearing_raises_the_level_two_days_before_its_day() -> None:
    facts = replace(FREE, hearing_on=day("2026-11-25"))
    # The 25th begins at 19:00 UTC on the 24th.
    assert next_rise(facts, NOW) == datetime(2026, 11, 22, 19, tzinfo=UTC)
    assert may_rise_at(facts, NOW) == datetime(2026, 11, 22, 18, tzinfo=UTC)


def test_a_deadline_raises_the_level_twice() -> None:
    facts = replace(FREE, deadlines=(day("2026-12-18"),))
    first = next_rise(facts, NOW)
    assert first == datetime(2026, 12, 2, 19, tzinfo=UTC)
    assert next_rise(facts, first) == datetime(2026, 12, 14, 19, tzinfo=UTC)


def test_a_complaint_without_a_number_raises_the_level_after_a_day() -> None:
    facts = replace(FREE, complaint_filed_on=day("2026-11-18"))
    rise = next_rise(facts, NOW)
    assert rise is not None
    assert (
        datetime(2026, 11, 18, 19, tzinfo=UTC) < rise < datetime(2026, 11, 18, 20, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("known", "rise"),
    [
        ({"removal_on": day("2026-11-30")}, datetime(2026, 11, 26, 19, tzinfo=UTC)),
        (
            {
                "victim_status": "deceased",
                "death_on": day("2026-11-15"),
                "switched_off": ("death_recent",),
            },
            datetime(2026, 11, 22, 19, tzinfo=UTC),
        ),
        (
            {
                "injuries": ("bruises",),
                "last_ill_treatment_on": day("2026-11-17"),
                "switched_off": ("fresh_injuries",),
            },
            datetime(2026, 11, 20, 19, tzinfo=UTC),
        ),
        (
            {
                "methods": ("rape",),
                "last_ill_treatment_on": day("2026-11-17"),
                "last_ill_treatment_time": time(12),
                "switched_off": ("sexual_72h",),
            },
            datetime(2026, 11, 20, 7, tzinfo=UTC),
        ),
    ],
)
def test_every_kind_of_date_that_can_raise_is_foretold(
    known: dict[str, object], rise: datetime
) -> None:
    facts = replace(FREE, **known)  # type: ignore[arg-type]
    foretold = next_rise(facts, NOW)
    assert foretold is not None
    assert rise <= foretold <= rise + timedelta(microseconds=1)


def test_what_is_immediate_already_cannot_rise() -> None:
    facts = replace(FREE, continues="yes", hearing_on=day("2026-11-25"))
    assert may_rise_at(facts, NOW) is None


@given(any_facts, st.sampled_from(Level), st.integers(0, 2000))
def test_the_machine_never_lowers_before_the_first_contact(
    facts: Facts, previous: Level, hours: int
) -> None:
    untouched = replace(facts, first_contact_at=None)
    assert settled(previous, untouched, NOW + timedelta(hours=hours)).level >= previous


@given(any_facts, st.sampled_from(Level))
def test_the_machine_never_holds_back_a_rise(facts: Facts, previous: Level) -> None:
    found = settled(previous, facts, NOW)
    assert found.level >= level(facts, NOW)
    assert found.first_action_hours <= found.level.hours


def test_time_lowers_after_the_first_contact() -> None:
    taken = replace(HELD, detained_on=day("2026-11-17"), first_contact_at=NOW)
    later = NOW + timedelta(days=5)
    assert settled(Level.U1, taken, NOW).level is Level.U1
    assert settled(Level.U1, taken, later).level is Level.U2
    assert settled(Level.U1, replace(taken, first_contact_at=None), later).level is Level.U1


def test_changed_facts_alone_lower_nothing() -> None:
    before = replace(HELD, continues="yes", first_contact_at=NOW)
    after = replace(before, continues="no")
    assert settled(Level.U1, before, NOW).level is Level.U1
    assert settled(Level.U1, after, NOW + timedelta(days=9)).level is Level.U1


def test_a_level_raised_by_a_person_stays() -> None:
    facts = replace(FREE, raised=Raise(Level.U2, "second", NOW), first_contact_at=NOW)
    assert settled(Level.U2, facts, NOW + timedelta(days=300)).level is Level.U2
