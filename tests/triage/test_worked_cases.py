"""The sixteen worked cases of domain 6.4, read out of the answers that people sent."""

from datetime import UTC, datetime

import pytest

from intake.casework.demo_cases import DemoCase, demo_cases
from intake.form.answers import State
from intake.form.questionnaire import BY_NAME
from intake.form.questions import Listed
from intake.triage import Facts, triage
from tests.triage.strategies import NOW

# Morning, just before and just after local midnight, and a leap day.
TIMES = (
    NOW,
    datetime(2026, 11, 18, 18, 59, tzinfo=UTC),
    datetime(2026, 11, 18, 19, 1, tzinfo=UTC),
    datetime(2028, 2, 29, 3, 0, tzinfo=UTC),
)
HOURS = {"u1": 2, "u2": 24, "u3": 72, "u4": 240}


def facts_of(case: DemoCase) -> Facts:
    return Facts.from_answers(
        case.answers,
        received_at=case.received_at,
        language=case.language,
        channel=case.channel,
        route=case.route,
    )


@pytest.mark.parametrize("now", TIMES, ids=str)
@pytest.mark.parametrize("number", range(16), ids=[case.key for case in demo_cases(NOW)])
def test_a_worked_case_has_its_factors_points_level_and_hours(
    number: int, now: datetime
) -> None:
    case = demo_cases(now)[number]
    found = triage(facts_of(case), now)
    assert set(found.factors) == set(case.factors)
    assert (found.points, found.level) == (case.points, case.level)
    assert found.first_action_hours == HOURS[case.level.code]


def test_the_woman_held_in_semey_has_nine_reasons_and_230_points() -> None:
    found = triage(facts_of(demo_cases(NOW)[0]), NOW)
    assert (len(found.factors), found.points, found.level.code) == (9, 230, "u1")


def test_the_strongest_reason_comes_first() -> None:
    found = triage(facts_of(demo_cases(NOW)[0]), NOW)
    assert found.factors[0] in {"abuse_ongoing", "medical_red_flag"}
    assert found.factors[-1] == "targeted_profile"


def test_the_cases_are_told_in_all_three_languages() -> None:
    cases = demo_cases(NOW)
    assert len(cases) == len({case.key for case in cases}) == 16
    assert {case.language for case in cases} == {"en", "ru", "kk"}


@pytest.mark.parametrize("case", demo_cases(NOW), ids=lambda case: case.key)
def test_a_demo_case_answers_questions_that_exist_with_codes_that_exist(case: DemoCase) -> None:
    for name, stored in case.answers.values.items():
        question = BY_NAME[name]
        if isinstance(question, Listed) and not isinstance(stored, State):
            codes = stored if isinstance(stored, tuple) else (stored,)
            assert set(codes) <= {term.code for term in question.terms}


@pytest.mark.parametrize("case", demo_cases(NOW), ids=lambda case: case.key)
def test_every_demo_case_is_found_on_the_map(case: DemoCase) -> None:
    facts = facts_of(case)
    assert facts.locality
    assert facts.region.startswith("KZ-")
