"""A permission holds from when it is given until it ends."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from intake.consent import Consent, in_force

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


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
