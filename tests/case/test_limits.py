"""The declared limits: how many hours on which level."""

from collections.abc import Mapping

import pytest

from intake.case.clocks import CLOCKS
from intake.case.limits import LOOKS, hours_of
from intake.case.starting import RULES
from intake.form.vocabularies import vocabulary
from tests.case.writing import NOW, hours

# domain 6.5: the hours of each clock, by level where levels differ.
HOURS: Mapping[str, int | Mapping[str, int]] = {
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
    "vital_review": 24,  # domain 4: the decision of two is looked at again in a day
    "un_sr_2y": 17520,
    "retention": 0,
}


@pytest.mark.parametrize("code", HOURS)
def test_a_clock_has_the_hours_of_the_table(code: str) -> None:
    wanted = HOURS[code]
    found = dict(CLOCKS[code].hours)
    assert found == (dict.fromkeys(found, wanted) if isinstance(wanted, int) else wanted)


def test_there_are_nineteen_clocks_and_one_for_life_and_a_rule_for_each() -> None:
    assert set(CLOCKS) == set(HOURS) == set(vocabulary("clock").codes) == set(RULES)
    assert len(CLOCKS) == 19 + 1


def test_a_clock_that_a_level_lacks_is_not_due() -> None:
    assert CLOCKS["lawyer_u1"].due(NOW, "u1") == hours(12)
    assert CLOCKS["lawyer_u1"].due(NOW, "u3") is None


def test_legal_clocks_say_that_no_lawyer_has_checked_them() -> None:
    unchecked = {clock.code for clock in CLOCKS.values() if clock.legal and not clock.checked}
    assert {"appeal_106", "erdr", "prosecutor", "lawyer_u1"} <= unchecked
    assert not {"open", "contact_u1", "review"} & unchecked
    assert all(clock.source for clock in CLOCKS.values())


@pytest.mark.parametrize(
    ("stage", "wanted"),
    [
        ("active", (24, 72, 168, 720)),
        ("consent_pending", (24, 72, 168, 168)),
        ("assessment", (24, 72, 168, 168)),
        ("decision", (24, 24, 168, 168)),
        ("monitoring", (720, 720, 720, 720)),
        ("on_hold", (720, 720, 720, 720)),
    ],
)
def test_a_case_is_looked_at_as_often_as_its_stage_asks(
    stage: str, wanted: tuple[int, ...]
) -> None:
    assert (
        tuple(hours_of("review", level, stage) for level in ("u1", "u2", "u3", "u4")) == wanted
    )
    assert all(set(looks) == {"u1", "u2", "u3", "u4"} for looks in LOOKS.values())
