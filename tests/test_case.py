"""Stages, roles and consents: who may do what, when."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from intake.case import OPEN_STAGES, TRANSITIONS, Stage, may, ways
from intake.consent import Consent, in_force
from intake.form.vocabularies import vocabulary
from intake.roles import ALLOWED, Permission, Role, rings_of
from intake.roles import may as may_do

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


def test_the_stages_are_those_of_the_vocabulary() -> None:
    assert tuple(stage.value for stage in Stage) == vocabulary("stage").codes
    assert set(OPEN_STAGES) == set(vocabulary("stage").codes) - {"closed", "erased"}


def test_there_are_24_ways_between_stages_that_exist() -> None:
    stages = {*vocabulary("stage").codes, "any"}
    assert len(TRANSITIONS) == 24
    assert all({way.source, way.target} <= stages for way in TRANSITIONS)
    assert all(way.code in vocabulary("transition") for way in TRANSITIONS)


def test_the_decisions_of_two_are_those_of_the_table() -> None:
    assert {way.code for way in TRANSITIONS if way.people == 2} == {
        "screening_to_closed",
        "consent_pending_to_decision",
        "decision_to_active",
        "decision_to_closed",
        "any_to_erased",
    }


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("received", "screening"),
        ("screening", "contacting"),
        ("contacting", "on_hold"),
        ("on_hold", "contacting"),
        ("active", "monitoring"),
        ("monitoring", "active"),
        ("closed", "screening"),
        ("received", "closed"),
        ("closed", "erased"),
    ],
)
def test_a_case_may_go_this_way(source: str, target: str) -> None:
    assert may(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("received", "active"),
        ("screening", "active"),
        ("contacting", "decision"),
        ("closed", "active"),
        ("closed", "closed"),
        ("erased", "closed"),
        ("erased", "screening"),
    ],
)
def test_a_case_may_not_go_this_way(source: str, target: str) -> None:
    assert not may(source, target)


@pytest.mark.parametrize("source", Stage)
def test_nothing_goes_back_to_received(source: Stage) -> None:
    assert not may(source, "received")


@pytest.mark.parametrize("target", Stage)
def test_nothing_comes_back_from_erasing(target: Stage) -> None:
    assert not may("erased", target)


def test_closing_may_be_a_decision_or_a_withdrawal() -> None:
    assert {way.people for way in ways("screening", "closed")} == {1, 2}


@pytest.mark.parametrize(
    ("role", "rings"),
    [
        (Role.COORDINATOR, {"case", "facts", "audit"}),
        (Role.HANDLER, {"intimate"}),
        (Role.ANALYST, {"facts"}),
        (Role.AUDITOR, {"audit"}),
        (Role.ADMINISTRATOR, set()),
        (Role.LAWYER, set()),
        (Role.FILING_LAWYER, set()),
    ],
)
def test_a_role_holds_its_rings_and_no_other(role: Role, rings: set[str]) -> None:
    assert set(rings_of(role)) == rings


def test_only_who_works_on_cases_opens_them() -> None:
    opening = {role for role in Role if Permission.OPEN_CASE in ALLOWED[role]}
    assert opening == {Role.COORDINATOR}


def test_an_administrator_reads_nothing() -> None:
    reading = {Permission.READ_QUEUE, Permission.OPEN_CASE, Permission.READ_LOG}
    assert not any(may_do([Role.ADMINISTRATOR], permission) for permission in reading)


def test_a_coordinator_keeps_no_settings_and_needs_no_grant() -> None:
    left = {one for one in Permission if not may_do([Role.COORDINATOR], one)}
    assert left == {Permission.KEEP_SETTINGS, Permission.READ_GRANTED}


def test_only_specialists_read_what_was_granted() -> None:
    reading = {role for role in Role if Permission.READ_GRANTED in ALLOWED[role]}
    assert reading == {Role.LAWYER, Role.PSYCHOLOGIST, Role.DOCTOR}


def test_several_roles_add_up() -> None:
    assert may_do([Role.ANALYST, Role.AUDITOR], Permission.READ_LOG)
    assert not may_do([], Permission.READ_LOG)
    assert set(ALLOWED) == set(Role)


def consent(**changes: object) -> Consent:
    given = {
        "code": "contact",
        "giver": "victim",
        "given_at": NOW - timedelta(days=1),
        "text_version": "2026-11",
    }
    return Consent(**{**given, **changes})  # type: ignore[arg-type]


def test_a_consent_holds_until_it_ends() -> None:
    assert in_force([consent()], "contact", NOW)
    assert in_force([consent(until=NOW + timedelta(seconds=1))], "contact", NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "store"},
        {"giver": "none"},
        {"until": NOW},
        {"withdrawn_at": NOW},
        {"given_at": NOW + timedelta(seconds=1)},
    ],
)
def test_a_consent_does_not_hold(changes: dict[str, object]) -> None:
    assert not in_force([consent(**changes)], "contact", NOW)


def test_nothing_given_is_nothing_allowed() -> None:
    assert not in_force([], "contact", NOW)


def test_a_consent_given_again_holds_again() -> None:
    assert in_force([consent(withdrawn_at=NOW), consent(given_at=NOW)], "contact", NOW)


@pytest.mark.parametrize(("until", "withdrawn_at"), list(product([None, NOW], repeat=2)))
def test_a_consent_comes_back_from_json(
    until: datetime | None, withdrawn_at: datetime | None
) -> None:
    given = consent(until=until, withdrawn_at=withdrawn_at)
    assert Consent.from_json(given.to_json()) == given
