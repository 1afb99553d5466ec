"""What makes a case urgent, and what must never change that."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from intake.form.dates import CivilDate
from intake.triage import FACTORS, Facts, Level, Raise, triage
from tests.triage.strategies import NOW

# domain 6.3, row by row: points, floor and hours to the first action.
TABLE = {
    "whereabouts_unknown": (40, "u1", 2),
    "abuse_ongoing": (40, "u1", 2),
    "medical_red_flag": (40, "u1", 2),
    "suicide_risk": (40, "u1", 2),
    "minor_in_custody": (40, "u1", 2),
    "detention_first_72h": (30, "u1", 2),
    "sexual_72h": (35, "u1", 2),
    "removal_imminent": (35, "u1", 2),
    "death_recent": (40, "u1", 2),
    "death_older": (20, "u2", 24),
    "hearing_48h": (20, "u2", 12),
    "in_custody": (30, "u2", 24),
    "custody_same_agency": (15, None, None),
    "isolated": (20, "u2", 24),
    "medical_denied": (20, "u2", 24),
    "fresh_injuries": (25, "u2", 24),
    "recent_injuries": (10, "u3", 72),
    "sexual_7d": (25, "u2", 24),
    "sexual_any": (15, "u3", 72),
    "minor": (25, "u2", 24),
    "reprisal_active": (25, "u2", 24),
    "violence_again": (20, "u1", 2),
    "deadline_3d": (25, "u2", 24),
    "deadline_15d": (10, "u3", 72),
    "erdr_overdue": (10, "u3", 72),
    "vulnerable": (15, "u3", 72),
    "no_lawyer": (10, None, None),
    "lawyer_pressured": (15, "u3", 72),
    "targeted_profile": (5, None, None),
    "pattern": (10, None, None),
    "suspect_in_post": (5, None, None),
}
HELD = Facts(NOW, victim_status="police_custody")
FREE = Facts(NOW, victim_status="free")


def on(days: int) -> CivilDate:
    return CivilDate((NOW + timedelta(days=days)).date())


def ago(hours: float) -> tuple[CivilDate, time]:
    """A moment so many hours ago, as day and time in Kazakhstan (UTC+5)."""
    local = (NOW - timedelta(hours=hours)).replace(tzinfo=None) + timedelta(hours=5)
    return CivilDate(local.date()), local.time()


def reasons(facts: Facts, now: datetime = NOW) -> set[str]:
    return set(triage(facts, now).factors)


def test_the_rules_are_those_of_the_table() -> None:
    rows = {f.code: (f.points, f.floor and f.floor.code, f.hours) for f in FACTORS}
    assert rows == TABLE


@pytest.mark.parametrize(
    ("known", "factor"),
    [
        ({"victim_status": "missing"}, "whereabouts_unknown"),
        ({"custody_acknowledged": "denied"}, "whereabouts_unknown"),
        ({"custody_acknowledged": "not_disclosed"}, "whereabouts_unknown"),
        ({"continues": "yes"}, "abuse_ongoing"),
        ({"injuries": ("blood_urine",), "still_present": "yes"}, "medical_red_flag"),
        ({"injuries": ("blood_urine",)}, "medical_red_flag"),
        ({"injuries": ("self_harm",)}, "suicide_risk"),
        ({"self_harm_marked": True}, "suicide_risk"),
        ({"victim_status": "sizo", "age_band_then": "16_17"}, "minor_in_custody"),
        ({"victim_status": "sizo", "reporter_role": "guardian"}, "minor_in_custody"),
        ({"removal_on": on(2)}, "removal_imminent"),
        ({"removal_soon": True}, "removal_imminent"),
        ({"victim_status": "deceased", "death_on": on(-6)}, "death_recent"),
        ({"victim_status": "deceased", "burial_or_autopsy_pending": "yes"}, "death_recent"),
        ({"victim_status": "deceased"}, "death_older"),
        ({"victim_status": "deceased", "death_on": on(-30)}, "death_older"),
        ({"hearing_on": on(1)}, "hearing_48h"),
        ({"victim_status": "hospital_guarded"}, "in_custody"),
        ({"victim_status": "sizo", "reprisals": ("same_custody",)}, "custody_same_agency"),
        ({"victim_status": "knb_custody", "agency": ("knb",)}, "custody_same_agency"),
        ({"victim_status": "military_unit", "agency": ("army",)}, "custody_same_agency"),
        ({"isolated_now": True}, "isolated"),
        ({"victim_status": "sizo", "methods": ("solitary",)}, "isolated"),
        ({"medical_denied_now": True}, "medical_denied"),
        ({"victim_status": "sizo", "medical_exam": ("requested_refused",)}, "medical_denied"),
        ({"injuries": ("bruises",), "last_ill_treatment_on": on(-2)}, "fresh_injuries"),
        ({"injuries": ("bruises",), "last_ill_treatment_on": on(-40)}, "recent_injuries"),
        ({"methods": ("rape",), "last_ill_treatment_on": on(-2)}, "sexual_72h"),
        ({"methods": ("rape",), "last_ill_treatment_on": on(-5)}, "sexual_7d"),
        ({"methods": ("forced_nudity",), "last_ill_treatment_on": on(-1)}, "sexual_7d"),
        ({"methods": ("sexual_threat",)}, "sexual_any"),
        ({"minor_now": True}, "minor"),
        ({"vulnerability": ("minor",)}, "minor"),
        ({"reprisals": ("withdraw",)}, "reprisal_active"),
        ({"reprisals": ("violence",)}, "violence_again"),
        ({"deadlines": (on(3),)}, "deadline_3d"),
        ({"deadlines": (on(4),)}, "deadline_15d"),
        ({"deadlines": (on(15),)}, "deadline_15d"),
        ({"complaint_filed_on": on(-2)}, "erdr_overdue"),
        ({"vulnerability": ("pregnant",)}, "vulnerable"),
        ({"lawyer_access": "none_wanted"}, "no_lawyer"),
        ({"signed": ("nda",)}, "lawyer_pressured"),
        ({"occupation_profile": ("journalist",)}, "targeted_profile"),
        ({"pattern_count": 3}, "pattern"),
        ({"perpetrator_identified_in_post": "yes"}, "suspect_in_post"),
    ],
)
def test_a_fact_is_a_reason(known: dict[str, object], factor: str) -> None:
    assert factor in reasons(replace(Facts(NOW), **known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "factor"),
    [
        ({"injuries": ("blood_urine",), "still_present": "no"}, "medical_red_flag"),
        ({"methods": ("solitary",)}, "isolated"),
        ({"victim_status": "deceased", "died_in_custody": "no"}, "death_older"),
        ({"victim_status": "colony", "agency": ("knb",)}, "custody_same_agency"),
        ({"victim_status": "free", "agency": ("police_station",)}, "custody_same_agency"),
        ({"reprisals": ("none", "unknown", "same_investigator")}, "reprisal_active"),
        ({"deadlines": (on(-1),)}, "deadline_3d"),
        ({"deadlines": (on(16),)}, "deadline_15d"),
        ({"hearing_on": on(4)}, "hearing_48h"),
        ({"hearing_on": on(-1)}, "hearing_48h"),
        ({"removal_on": on(5)}, "removal_imminent"),
        ({"complaint_filed_on": on(-2), "legal_steps": ("erdr",)}, "erdr_overdue"),
        ({"complaint_filed_on": on(-2), "erdr_number_known": True}, "erdr_overdue"),
        ({"injuries": ("bruises",), "last_ill_treatment_on": on(-43)}, "recent_injuries"),
        ({"injuries": ("pain",), "last_ill_treatment_on": on(-1)}, "fresh_injuries"),
        ({"vulnerability": ("none",)}, "vulnerable"),
        ({"pattern_count": 2}, "pattern"),
    ],
)
def test_a_fact_is_no_reason(known: dict[str, object], factor: str) -> None:
    assert factor not in reasons(replace(Facts(NOW), **known))  # type: ignore[arg-type]


def test_somebody_just_taken_is_immediate() -> None:
    day, at = ago(40)
    assert triage(replace(HELD, detained_on=day, detained_time=at), NOW).level is Level.U1


@pytest.mark.parametrize(("hours", "applies"), [(71.9, True), (72, True), (72.1, False)])
def test_the_first_72_hours_are_counted_in_hours(hours: float, applies: bool) -> None:  # noqa: FBT001
    day, at = ago(hours)
    facts = replace(HELD, detained_on=day, detained_time=at)
    assert ("detention_first_72h" in reasons(facts)) is applies


def test_a_day_without_a_time_is_read_as_its_end() -> None:
    facts = replace(HELD, detained_on=CivilDate(date(2026, 11, 15)))
    # The 15th ends at 19:00 UTC; 72 hours later it is 19:00 UTC on the 18th.
    assert "detention_first_72h" in reasons(facts, datetime(2026, 11, 18, 19, 0, tzinfo=UTC))
    assert "detention_first_72h" not in reasons(
        facts, datetime(2026, 11, 18, 19, 1, tzinfo=UTC)
    )


def test_a_hearing_without_a_time_is_read_as_early_and_as_late_as_that_day_allows() -> None:
    facts = replace(FREE, hearing_on=CivilDate(date(2026, 11, 20)))
    assert "hearing_48h" not in reasons(facts, datetime(2026, 11, 17, 18, 59, tzinfo=UTC))
    assert "hearing_48h" in reasons(facts, datetime(2026, 11, 17, 19, 0, tzinfo=UTC))
    assert "hearing_48h" in reasons(facts, datetime(2026, 11, 20, 18, 59, tzinfo=UTC))
    assert "hearing_48h" not in reasons(facts, datetime(2026, 11, 20, 19, 1, tzinfo=UTC))


def test_the_hours_before_march_2024_are_those_of_that_time() -> None:
    facts = replace(HELD, detained_on=CivilDate(date(2024, 2, 1)), detained_time=time(12))
    assert "detention_first_72h" in reasons(facts, datetime(2024, 2, 4, 6, 0, tzinfo=UTC))
    assert "detention_first_72h" not in reasons(facts, datetime(2024, 2, 4, 6, 1, tzinfo=UTC))


def test_a_month_is_read_as_its_end_and_a_bare_year_says_nothing_in_hours() -> None:
    month = replace(HELD, detained_on=CivilDate.from_text("2026-11"))
    year = replace(HELD, detained_on=CivilDate.from_text("2026"))
    assert "detention_first_72h" in reasons(month)
    assert "detention_first_72h" not in reasons(year)


def test_removal_said_to_be_soon_counts_for_three_days() -> None:
    facts = replace(HELD, removal_soon=True)
    assert "removal_imminent" in reasons(facts, NOW + timedelta(hours=72))
    assert "removal_imminent" not in reasons(facts, NOW + timedelta(hours=73))


def test_points_make_a_level_without_any_floor() -> None:
    facts = Facts(
        NOW,
        lawyer_access="own_blocked",
        occupation_profile=("hrd",),
        perpetrator_identified_in_post="yes",
    )
    assert (triage(facts, NOW).points, triage(facts, NOW).level) == (20, Level.U3)


def test_a_hearing_asks_for_an_act_within_twelve_hours() -> None:
    found = triage(replace(FREE, hearing_on=on(1)), NOW)
    assert (found.level, found.first_action_hours) == (Level.U2, 12)


def test_a_person_may_raise_and_the_rules_do_not_lower_that() -> None:
    facts = replace(FREE, raised=Raise(Level.U1, "second", NOW))
    found = triage(facts, NOW)
    assert (found.level, found.points, found.first_action_hours) == (Level.U1, 0, 2)


def test_a_factor_switched_off_gives_neither_points_nor_floor() -> None:
    facts = replace(HELD, switched_off=("in_custody",))
    assert triage(facts, NOW).level is Level.U4
    assert triage(facts, NOW).factors == ()


def test_a_deadline_that_comes_near_later_counts_though_an_earlier_one_was_set_aside() -> None:
    facts = replace(
        FREE, deadlines=(on(2), on(9)), switched_off=("deadline_3d",), switched_off_at=NOW
    )
    assert "deadline_3d" not in triage(facts, NOW).factors
    assert "deadline_3d" not in triage(facts, NOW + timedelta(days=4)).factors
    assert "deadline_3d" in triage(facts, NOW + timedelta(days=7)).factors


def test_a_removal_whose_day_comes_near_later_counts_though_it_was_set_aside() -> None:
    facts = replace(
        FREE,
        removal_soon=True,
        removal_on=on(9),
        switched_off=("removal_imminent",),
        switched_off_at=NOW,
    )
    assert triage(facts, NOW + timedelta(hours=1)).level is Level.U4
    assert triage(facts, NOW + timedelta(days=8)).level is Level.U1


def test_the_levels_are_ordered_and_have_their_hours() -> None:
    assert Level.U1 > Level.U2 > Level.U3 > Level.U4
    assert [(level.code, level.hours) for level in sorted(Level, reverse=True)] == [
        ("u1", 2),
        ("u2", 24),
        ("u3", 72),
        ("u4", 240),
    ]
    assert Level.of("u3") is Level.U3
