"""What the answers so far say, for the branches of the form."""

import pytest

from intake.form import conditions
from intake.form.answers import Answers, State, Stored
from tests.form.profiles import told

Said = dict[str, Stored | State]


@pytest.mark.parametrize(
    "said",
    [
        {"victim_age": 17},
        {"age_band_then": "16_17"},
        {"urgent_signs": ("under_18",)},
        {"reporter_role": "guardian"},
        {"victim_age": 19, "age_band_then": "14_15"},
    ],
)
def test_a_child_then_or_now_is_a_minor(said: Said) -> None:
    assert conditions.is_minor(Answers(said))


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"victim_age": 18},
        {"age_band_then": "unknown"},
        {"age_band_then": State.PREFER_NOT_TO_SAY},
    ],
)
def test_an_age_that_nobody_told_makes_no_child(said: Said) -> None:
    assert not conditions.is_minor(Answers(said))


@pytest.mark.parametrize(
    ("said", "is_young"),
    [
        ({"reporter_role": "victim", "victim_age": 15}, True),
        ({"reporter_role": "victim", "age_band_then": "14_15"}, True),
        ({"reporter_role": "victim", "age_band_then": "14_15", "victim_age": 30}, False),
        ({"reporter_role": "guardian", "victim_age": 15}, False),
        ({"reporter_role": "victim"}, False),
    ],
)
def test_words_for_children_are_for_children_who_write(said: Said, is_young: bool) -> None:  # noqa: FBT001
    assert conditions.is_young_reporter(Answers(said)) is is_young


@pytest.mark.parametrize(
    ("status", "is_held"),
    [
        ("police_custody", True),
        ("hospital_guarded", True),
        ("missing", False),
        ("free", False),
        ("unknown", False),
    ],
)
def test_held_means_in_a_place_of_detention(status: str, is_held: bool) -> None:  # noqa: FBT001
    assert conditions.in_custody(told(victim_status=status)) is is_held


def test_who_writes_of_themselves_is_neither_missing_nor_dead() -> None:
    for status, says in (
        ("missing", conditions.is_missing),
        ("deceased", conditions.is_deceased),
    ):
        assert says(told(reporter_role="relative", victim_status=status))
        assert not says(told(reporter_role="victim", victim_status=status))


# Who may say what the person allows, and in whose name it counts (IP-182, IP-286; E13 to E16).
PERMISSIONS: list[tuple[Said, bool, str]] = [
    ({"reporter_role": "victim"}, True, "victim"),
    ({"reporter_role": "guardian", "child_assent": "yes"}, True, "guardian_assent"),
    ({"reporter_role": "guardian", "child_assent": "no"}, True, "none"),
    ({"reporter_role": "guardian"}, True, "none"),
    ({"reporter_role": "relative", "victim_knowledge": "agreed"}, True, "none"),
    (
        {
            "reporter_role": "relative",
            "victim_knowledge": "agreed",
            "consent_giver": "victim",
        },
        True,
        "victim",
    ),
    ({"reporter_role": "relative", "victim_knowledge": "does_not_know"}, False, "none"),
    ({"reporter_role": "relative", "victim_knowledge": "knows_not_agreed"}, False, "none"),
    ({"reporter_role": "relative", "victim_knowledge": "objects"}, False, "none"),
    ({"reporter_role": "relative", "victim_knowledge": "cannot_ask"}, False, "none"),
    ({"reporter_role": "witness"}, False, "none"),
    ({"victim_knowledge": "is_reporter"}, True, "victim"),
    ({}, False, "none"),
    (
        {
            "reporter_role": "lawyer",
            "victim_knowledge": "cannot_ask",
            "authority_doc": ("defence_notice",),
            "consent_giver": "representative",
        },
        True,
        "representative",
    ),
    (
        {
            "reporter_role": "lawyer",
            "victim_knowledge": "cannot_ask",
            "authority_doc": ("to_follow",),
        },
        False,
        "none",
    ),
    (
        {"reporter_role": "relative", "victim_status": "missing"},
        True,
        "family_deceased_missing",
    ),
    (
        {"reporter_role": "guardian", "victim_status": "deceased"},
        True,
        "family_deceased_missing",
    ),
    ({"reporter_role": "witness", "victim_status": "missing"}, False, "none"),
]


@pytest.mark.parametrize(("said", "may", "giver"), PERMISSIONS)
def test_permissions_come_from_who_may_give_them(
    said: Said,
    may: bool,  # noqa: FBT001
    giver: str,
) -> None:
    assert conditions.may_consent_for_the_person(Answers(said)) is may
    assert conditions.may_not_consent_for_the_person(Answers(said)) is not may
    assert conditions.consent_giver(Answers(said)) == giver


def test_only_lawyers_are_bound_by_a_paper_of_silence() -> None:
    signed = told(reporter_role="lawyer", under_non_disclosure="yes")
    assert conditions.is_under_non_disclosure(signed)
    assert not conditions.is_under_non_disclosure(told(under_non_disclosure="yes"))


def test_the_page_apart_opens_only_by_its_choice() -> None:
    assert conditions.wants_sexual_page(told(sexual_choice="tell"))
    for choice in ("said", "no", "unknown", "prefer_not_to_say"):
        assert not conditions.wants_sexual_page(told(sexual_choice=choice))
    assert not conditions.wants_sexual_page(told(method=("rape",)))
