"""Whom each answer concerns, and what a case of its own tells: pure rules."""

from collections import Counter
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.casework.splitting.concerns import OF_ALL, OF_ONE, OF_WRITER, PARTS
from intake.casework.splitting.telling import Choice, about, whole
from intake.form.answers import Answers, Item, Stored
from intake.form.questionnaire import BY_NAME, REPEATED
from tests.casework.splitting.several import AIDOS, MIRA, PERSONS

_OF_THINGS: Final = {q.name for things in REPEATED.values() for q in things.questions}
EVERY: Final = (BY_NAME.keys() - _OF_THINGS) | REPEATED.keys()
THINGS: Final = {"persons": tuple(Item(i, Answers(it)) for i, it in PERSONS.items())}


def _told(**values: Stored) -> Answers:
    return Answers(values, THINGS)


def test_every_question_concerns_somebody_and_only_one() -> None:
    known = Counter(
        name for names in (OF_WRITER, OF_ALL, OF_ONE, *PARTS.values()) for name in names
    )
    assert known.keys() == EVERY
    assert set(known.values()) == {1}


@given(
    st.frozensets(st.sampled_from(sorted(OF_ONE - REPEATED.keys()))),
    st.frozensets(st.sampled_from(sorted(PARTS))),
)
def test_nothing_that_is_of_one_person_is_told_of_another(
    names: frozenset[str], parts: frozenset[str]
) -> None:
    planted = _told(**dict.fromkeys(names, "planted"))
    told = about(planted, Choice((AIDOS,), parts=tuple(parts)))
    assert "planted" not in told.values.values()
    assert "consent" not in told.values


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("victim", "witness"),
        ("relative", "witness"),
        ("guardian", "witness"),
        ("lawyer", "lawyer"),
        ("ngo_monitor", "ngo_monitor"),
    ],
)
def test_of_a_tie_to_another_person_nothing_was_told(role: str, seen: str) -> None:
    told = about(_told(reporter_role=role), Choice((AIDOS,)))
    assert told.values["reporter_role"] == seen


@pytest.mark.parametrize(
    ("person", "first", "knows"),
    [
        (AIDOS, "agreed", "does_not_know"),
        (MIRA, "agreed", "unknown"),
        (MIRA, "does_not_know", "does_not_know"),
        (MIRA, "cannot_ask", "cannot_ask"),
    ],
)
def test_that_one_person_knows_is_not_known_of_another(
    person: str, first: str, knows: str
) -> None:
    told = about(_told(victim_knowledge=first), Choice((person,)))
    assert told.values["victim_knowledge"] == knows


def test_of_several_chosen_the_first_is_the_person_and_the_others_stand_beside() -> None:
    told = about(_told(), Choice((AIDOS, MIRA)))
    assert told.values["victim_name"] == "Aidos Thornapple"
    assert [thing.id for thing in told.items["persons"]] == [MIRA]


def test_codes_of_sexual_violence_go_along_only_where_they_were_chosen() -> None:
    told = _told(method=("rape", "beating"), evidence=("photo", "intimate_photo"))
    plain = about(told, Choice((AIDOS,), parts=("done",)))
    assert plain.values["method"] == ("beating",)
    assert plain.values["evidence"] == ("photo",)
    both = about(told, Choice((AIDOS,), parts=("done", "sexual")))
    assert both.values["method"] == ("rape", "beating")


def test_the_age_of_one_person_is_not_of_another() -> None:
    told = _told(urgent_signs=("under_18", "no_contact"))
    here = about(told, Choice((AIDOS,), parts=("danger",)))
    assert here.values["urgent_signs"] == ("no_contact",)


def test_no_words_are_lost_where_more_was_told_later() -> None:
    told = whole(
        (
            Answers({"narrative": "First", "method": ("beating",)}),
            Answers({"narrative": "Then", "method": ("threats",), "place_name": "There"}),
        )
    )
    assert told.values == {
        "narrative": "First\n\nThen",
        "method": ("beating", "threats"),
        "place_name": "There",
    }


def test_what_is_told_of_a_thing_in_two_parts_is_one_thing() -> None:
    parts = ({"person_name": "Mira"}, {"person_age": "14_15"})
    told = whole(Answers({}, {"persons": (Item(MIRA, Answers(one)),)}) for one in parts)
    (thing,) = told.items["persons"]
    assert thing.answers.values == {"person_name": "Mira", "person_age": "14_15"}
