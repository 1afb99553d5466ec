"""Whose word counts as a permission, for whom (E13, E14, E16)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from intake.consent import Consent, Person, allowed
from intake.form.vocabularies import vocabulary

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
ADULT = Person()
PROXY = Person(reporter_is_proxy=True)
GIVERS = vocabulary("consent_giver").codes


def given(giver: str, code: str = "contact", *, days: int = 1) -> Consent:
    return Consent(code, giver, NOW - timedelta(days=days), "2026-11")


def counted(person: Person) -> set[str]:
    """The givers whose word counts for this person."""
    return {giver for giver in ("", *GIVERS) if allowed([given(giver)], person, NOW)}


def test_for_an_adult_counts_the_person_or_a_paper() -> None:
    assert counted(ADULT) == {"victim", "representative"}


def test_for_a_child_counts_the_guardian_with_the_childs_yes() -> None:
    assert counted(Person(is_minor=True)) == {"guardian_assent"}


def test_where_the_guardian_is_set_aside_the_childs_own_word_counts() -> None:
    child = Person(is_minor=True, guardian_is_set_aside=True)
    assert counted(child) == {"victim", "representative"}


def test_a_guardian_who_is_set_aside_may_not_follow_what_is_done_for_the_child() -> None:
    guardian = Person(is_minor=True, reporter_is_proxy=True, victim_knowledge="agreed")
    assert guardian.reporter_may_follow
    assert not replace(guardian, guardian_is_set_aside=True).reporter_may_follow
    assert Person(is_minor=True, guardian_is_set_aside=True).reporter_may_follow


@pytest.mark.parametrize("person", [Person(is_dead=True), Person(is_missing=True)])
def test_for_the_dead_and_missing_counts_the_family(person: Person) -> None:
    assert counted(person) == {"family_deceased_missing"}


@pytest.mark.parametrize("knowledge", ["", "unknown", "cannot_ask"])
def test_a_proxy_cannot_say_what_the_person_wants(knowledge: str) -> None:
    person = Person(reporter_is_proxy=True, victim_knowledge=knowledge)
    assert counted(person) == {"representative"}


@pytest.mark.parametrize("knowledge", ["does_not_know", "knows_not_agreed", "objects"])
def test_of_who_does_not_know_or_agree_no_word_of_a_proxy_counts(knowledge: str) -> None:
    person = Person(reporter_is_proxy=True, victim_knowledge=knowledge)
    assert counted(person) == set()


@pytest.mark.parametrize("knowledge", ["agreed", "is_reporter"])
def test_a_proxy_may_bring_the_word_of_who_agreed(knowledge: str) -> None:
    person = Person(reporter_is_proxy=True, victim_knowledge=knowledge)
    assert counted(person) == {"victim", "representative"}


def test_nobody_and_vital_interest_are_no_givers() -> None:
    everybody = set().union(*map(counted, (ADULT, PROXY, Person(is_minor=True))))
    assert not {"", "none", "vital_interest"} & everybody


def test_what_is_allowed_counts_from_when_it_was_first_given() -> None:
    twice = [given("victim", days=2), given("victim", days=5), given("victim", "store", days=3)]
    assert allowed(twice, ADULT, NOW) == {
        "contact": NOW - timedelta(days=5),
        "store": NOW - timedelta(days=3),
    }


def test_what_ended_is_not_allowed() -> None:
    ended = Consent("contact", "victim", NOW - timedelta(days=2), "2026-11", withdrawn_at=NOW)
    assert allowed([ended], ADULT, NOW) == {}
    later = given("victim", days=-1)
    assert allowed([later], ADULT, NOW) == {}
