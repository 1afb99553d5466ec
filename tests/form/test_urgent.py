# ruff: noqa: RUF001 - people write in Cyrillic letters
"""The urgent page: five groups, and almost nothing that must be answered."""

import pytest

from intake.form import urgent
from intake.form.answers import Answers, State, Stored


def test_the_page_has_five_groups_in_the_order_of_need() -> None:
    names = [[question.name for question in group.questions] for group in urgent.STEP.groups]
    assert names == [
        ["victim_name", "victim_status", "custody_place", "detained_on", "detained_time"],
        ["narrative"],
        ["agency", "perpetrators_text"],
        ["urgent_signs"],
        ["contact_method", "contact_value", "contact_hours", "consent_contact"],
    ]


def test_places_of_detention_come_first_and_freedom_last() -> None:
    codes = [term.code for term in urgent.VICTIM_STATUS.terms]
    assert codes[0] == "police_custody"
    assert codes[-3:] == ["missing", "free", "unknown"]


def test_a_story_may_be_long() -> None:
    assert urgent.NARRATIVE.max_length == 20_000


def test_an_empty_page_is_asked_for_a_few_words() -> None:
    assert urgent.missing(Answers()) == ("narrative",)
    assert urgent.problems(Answers()) == {"narrative": urgent.SAY_SOMETHING}


@pytest.mark.parametrize(
    "values",
    [
        {"narrative": "They took him."},
        {"victim_status": "missing"},
        {"urgent_signs": ("under_18",)},
    ],
)
def test_a_few_words_or_one_tick_are_enough(values: dict[str, Stored]) -> None:
    assert urgent.missing(Answers(values)) == ()


@pytest.mark.parametrize(
    "values",
    [
        {"narrative": "   \n "},
        {"narrative": State.SKIPPED},
        {"urgent_signs": ()},
        {"victim_name": "А.", "custody_place": "Тараз"},
    ],
)
def test_empty_words_and_names_alone_are_not_enough(values: dict[str, Stored]) -> None:
    assert urgent.missing(Answers(values)) == ("narrative",)


@pytest.mark.parametrize(
    "method", ["phone", "signal", "messenger_other", "email", "via_lawyer"]
)
def test_a_way_to_answer_needs_its_number_or_name(method: str) -> None:
    values: dict[str, Stored] = {"narrative": "x", "contact_method": (method,)}
    assert urgent.problems(Answers(values)) == {"contact_value": urgent.HOW_TO_REACH}
    assert urgent.missing(Answers({**values, "contact_value": " "})) == ("contact_value",)
    assert urgent.missing(Answers({**values, "contact_value": "+7"})) == ()


@pytest.mark.parametrize("method", [("mailbox",), ("none",), ()])
def test_the_code_alone_needs_nothing_more(method: tuple[str, ...]) -> None:
    assert urgent.missing(Answers({"narrative": "x", "contact_method": method})) == ()


def test_both_gaps_are_told_at_once() -> None:
    assert urgent.missing(Answers({"contact_method": "phone"})) == (
        "narrative",
        "contact_value",
    )
