"""Slowing down wrong tries without shutting anybody out for good."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from intake.casework import Service, SlowDown, WrongPassphrase
from intake.casework.throttle import (
    FREE_TRIES,
    PAUSE,
    SHARED,
    WINDOW,
    bucket,
    count,
    forget,
    shared_bucket,
)
from intake.store.service import AttemptRow
from tests.people import COORDINATOR, NOW, PASSPHRASES, SECOND, sign_in


def is_slowed(service: Service, name: str, now: datetime = NOW) -> bool:
    try:
        count(service, name, now=now)
    except SlowDown:
        return True
    return False


def tries(service: Service, name: str, number: int, now: datetime = NOW) -> list[bool]:
    return [is_slowed(service, name, now) for _ in range(number)]


def test_the_first_tries_are_free_and_then_one_in_each_pause(service_on_each: Service) -> None:
    assert tries(service_on_each, "a", FREE_TRIES + 3) == [False] * 6 + [True] * 2
    assert tries(service_on_each, "a", 2, NOW + PAUSE) == [False, True]


def test_it_says_when_the_next_try_is_possible(service: Service) -> None:
    tries(service, "a", FREE_TRIES + 1)
    with pytest.raises(SlowDown) as caught:
        count(service, "a", now=NOW)

    seconds = caught.value.seconds
    assert 0 < seconds <= PAUSE.total_seconds() + 1
    assert not is_slowed(service, "a", NOW + timedelta(seconds=seconds))


def test_nobody_is_shut_out_for_good(service: Service) -> None:
    now = NOW
    for _ in range(30):
        tries(service, "a", 10, now)
        now += PAUSE
        assert not is_slowed(service, "a", now + PAUSE)
        now += PAUSE
    assert tries(service, "a", FREE_TRIES, now + WINDOW) == [False] * FREE_TRIES


def test_a_right_try_takes_the_wrong_ones_away(service: Service) -> None:
    tries(service, "a", FREE_TRIES)
    forget(service, "a", now=NOW)

    assert tries(service, "a", FREE_TRIES) == [False] * FREE_TRIES


def test_one_name_does_not_slow_another(service: Service) -> None:
    tries(service, "a", 10)
    assert not is_slowed(service, "b")


def test_what_is_counted_names_nobody(service: Service) -> None:
    name = bucket(service, "sign-in", COORDINATOR)
    tries(service, name, 10)

    assert COORDINATOR not in name
    with service.reading() as session:
        rows = session.scalars(select(AttemptRow)).all()
    assert {len(row.bucket) for row in rows} == {32}
    assert not any(COORDINATOR.encode() in row.bucket for row in rows)


def guess(service: Service, known: str | None = None, handle: str = COORDINATOR) -> type:
    try:
        sign_in(service, handle, "wrong words", known=known, now=NOW)
    except (WrongPassphrase, SlowDown) as error:
        return type(error)
    pytest.fail("The words were wrong.")


def test_guessing_slows_strangers_down_but_not_a_known_browser(service: Service) -> None:
    right = PASSPHRASES[COORDINATOR]
    known = sign_in(service, COORDINATOR, right, known=None, now=NOW).known

    guesses = [guess(service) for _ in range(FREE_TRIES + 2)]

    assert guesses == [WrongPassphrase] * (FREE_TRIES + 1) + [SlowDown]
    with pytest.raises(SlowDown):
        sign_in(service, COORDINATOR, right, known=None, now=NOW)
    assert sign_in(service, COORDINATOR, right, known=known, now=NOW).cookie
    assert sign_in(service, COORDINATOR, right, known=None, now=NOW + PAUSE).cookie


def test_a_known_browser_is_known_to_its_member_alone(service: Service) -> None:
    words = PASSPHRASES[SECOND]
    known = sign_in(service, SECOND, words, known=None, now=NOW).known
    for _ in range(FREE_TRIES + 1):
        guess(service)

    assert guess(service, known) is SlowDown


def test_a_known_browser_that_guesses_is_slowed_too(service: Service) -> None:
    right = PASSPHRASES[COORDINATOR]
    known = sign_in(service, COORDINATOR, right, known=None, now=NOW).known

    assert [guess(service, known) for _ in range(FREE_TRIES + 2)][-1] is SlowDown


def test_unknown_members_are_slowed_like_known_ones(service: Service) -> None:
    guesses = [guess(service, handle="nobody") for _ in range(FREE_TRIES + 2)]

    assert guesses == [WrongPassphrase] * (FREE_TRIES + 1) + [SlowDown]


def test_made_up_names_fill_a_bounded_number_of_buckets(service: Service) -> None:
    names = {shared_bucket(service, "sign-in", f"name {n}") for n in range(5 * SHARED)}
    assert SHARED // 2 < len(names) <= SHARED


def test_tries_under_made_up_names_share_what_is_stored(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.casework.throttle.SHARED", 1)
    for n in range(FREE_TRIES):
        with pytest.raises(WrongPassphrase):
            sign_in(service, f"nobody {n}", "words", known=None, now=NOW)
    with service.reading() as session:
        assert [row.count for row in session.scalars(select(AttemptRow))] == [FREE_TRIES]
