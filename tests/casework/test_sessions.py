"""Signing in, staying signed in, and the end of a session."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import func, select, update

from intake.casework import (
    First,
    Reader,
    Service,
    SessionEnded,
    SignedIn,
    WrongPassphrase,
    another_passphrase,
    choose_passphrase,
    keep_post,
    kept_post,
    propose_passphrase,
    prove,
    renewed,
    resume,
    sign_out,
    sign_out_everywhere,
)
from intake.casework.founding import is_first_key_kept
from intake.casework.member_states import SUSPENDED
from intake.store.people import MemberRow, SessionRow
from tests.people import COORDINATOR, NOW, PASSPHRASES, SECOND, Installation, next_code, sign_in

OWN = "seven quiet herons crossed another river"
FirstDay = tuple[Service, First]


def enter(service: Service, handle: str = COORDINATOR, words: str | None = None) -> SignedIn:
    return sign_in(service, handle, words or PASSPHRASES[handle], known=None, now=NOW)


def fresh(service: Service, handle: str = COORDINATOR) -> str:
    return next_code(service.settings.instance, handle, NOW)


def is_signed_in(service: Service, cookie: str) -> bool:
    try:
        resume(service, cookie, now=NOW)
    except SessionEnded:
        return False
    return True


def test_handle_and_passphrase_sign_in(
    service_on_each: Service, installation: Installation
) -> None:
    signed_in = enter(service_on_each)

    reader = resume(service_on_each, signed_in.cookie, now=NOW)
    assert (reader.handle, reader.is_trained) == (COORDINATOR, True)
    assert not signed_in.must_set_up
    assert signed_in.cookie != installation.cookies[COORDINATOR]


@pytest.mark.parametrize(
    ("handle", "words"),
    [
        ("  Coordinator ", PASSPHRASES[COORDINATOR]),
        (COORDINATOR, PASSPHRASES[COORDINATOR].upper()),
        (COORDINATOR, PASSPHRASES[COORDINATOR].replace(" ", "-")),
        (COORDINATOR, "  " + PASSPHRASES[COORDINATOR].replace(" ", "   ")),
    ],
)
def test_capitals_and_spaces_do_not_matter(service: Service, handle: str, words: str) -> None:
    assert enter(service, handle, words).cookie


@pytest.mark.parametrize(
    ("handle", "words"),
    [
        (COORDINATOR, PASSPHRASES[SECOND]),
        (COORDINATOR, " "),
        ("nobody", PASSPHRASES[COORDINATOR]),
        ("", PASSPHRASES[COORDINATOR]),
    ],
)
def test_whoever_is_unknown_is_told_the_same(service: Service, handle: str, words: str) -> None:
    with pytest.raises(WrongPassphrase) as caught:
        enter(service, handle, words)
    assert caught.value.args == ()


def test_an_unknown_member_takes_the_same_stretching(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Any] = []

    def counted(**parameters: Any) -> object:  # noqa: ANN401 - the library's own
        shape = {name: value for name, value in parameters.items() if name != "salt"}
        done.append({**shape, "salt": len(parameters["salt"])})
        return Argon2id(**parameters)

    monkeypatch.setattr("intake.vault.stretching.Argon2id", counted)
    for handle in (COORDINATOR, "nobody"):
        with pytest.raises(WrongPassphrase):
            enter(service, handle, "wrong words")

    assert len(done) == 2
    assert done[0] == done[1]


def test_a_suspended_member_is_told_the_same_and_her_sessions_end(
    service: Service, installation: Installation
) -> None:
    with service.writing() as session:
        session.execute(
            update(MemberRow).where(MemberRow.handle == SECOND).values(state=SUSPENDED)
        )

    with pytest.raises(WrongPassphrase):
        enter(service, SECOND)
    assert not is_signed_in(service, installation.cookies[SECOND])


def test_a_session_ends_when_nothing_happens(service: Service) -> None:
    cookie = enter(service).cookie
    almost = NOW + timedelta(minutes=60)

    reader = resume(service, cookie, now=almost)
    with pytest.raises(SessionEnded) as caught:
        resume(service, cookie, now=almost + timedelta(seconds=1))
    assert caught.value.member == reader.member


def test_a_session_goes_on_while_something_happens_but_not_for_ever(service: Service) -> None:
    cookie, now = enter(service).cookie, NOW
    while now < NOW + timedelta(hours=12):
        now += timedelta(minutes=60)
        assert resume(service, cookie, now=now).handle == COORDINATOR
        cookie = renewed(service, cookie, now=now)

    with pytest.raises(SessionEnded):
        resume(service, cookie, now=now + timedelta(seconds=1))


def test_signing_out_ends_this_session_alone(service: Service) -> None:
    here, there = enter(service).cookie, enter(service).cookie

    sign_out(resume(service, here, now=NOW), now=NOW)

    assert (is_signed_in(service, here), is_signed_in(service, there)) == (False, True)


def test_signing_out_everywhere_ends_every_session_of_this_member_alone(
    service_on_each: Service, installation: Installation
) -> None:
    here, there = enter(service_on_each).cookie, enter(service_on_each).cookie

    sign_out_everywhere(resume(service_on_each, here, now=NOW), now=NOW)

    assert not is_signed_in(service_on_each, here)
    assert not is_signed_in(service_on_each, there)
    assert is_signed_in(service_on_each, installation.cookies[SECOND])


@pytest.mark.parametrize("text", ["", "x", "щ", "A" * 300])
def test_a_made_up_cookie_signs_nobody_in(service: Service, text: str) -> None:
    with pytest.raises(SessionEnded) as caught:
        resume(service, text, now=NOW)
    assert caught.value.member is None


def test_a_session_that_was_given_to_another_member_opens_nothing(service: Service) -> None:
    cookie = enter(service).cookie
    with service.writing() as session:
        second = session.scalars(select(MemberRow.id).where(MemberRow.handle == SECOND)).one()
        session.execute(update(SessionRow).values(member_id=second))

    assert not is_signed_in(service, cookie)


def test_a_one_time_passphrase_works_once(first_day: FirstDay) -> None:
    service, first = first_day
    signed_in = enter(service, first.handle, first.passphrase)

    assert signed_in.must_set_up
    assert resume(service, signed_in.cookie, now=NOW).must_choose_passphrase
    with pytest.raises(WrongPassphrase):
        enter(service, first.handle, first.passphrase)


def test_a_one_time_passphrase_works_once_even_at_the_same_moment(
    first_day: FirstDay,
) -> None:
    service, first = first_day
    with ThreadPoolExecutor(3) as threads:
        tries = [
            threads.submit(enter, service, first.handle, first.passphrase) for _ in range(3)
        ]
        failed = [each.exception() for each in tries]

    assert failed.count(None) == 1
    with service.reading() as session:
        assert session.scalar(select(func.count()).select_from(SessionRow)) == 1


def test_another_one_time_passphrase_takes_the_place_of_the_first(first_day: FirstDay) -> None:
    service, first = first_day
    another = another_passphrase(service, now=NOW)

    assert another is not None
    assert another.handle == first.handle
    with pytest.raises(WrongPassphrase):
        enter(service, first.handle, first.passphrase)
    assert enter(service, another.handle, another.passphrase).must_set_up


def test_another_one_time_passphrase_helps_when_the_first_session_was_lost(
    first_day: FirstDay,
) -> None:
    service, first = first_day
    enter(service, first.handle, first.passphrase)
    another = another_passphrase(service, now=NOW)

    assert another is not None
    cookie = enter(service, another.handle, another.passphrase).cookie
    reader = resume(service, cookie, now=NOW)
    chosen = choose_passphrase(reader, OWN, now=NOW)
    assert not resume(service, chosen.cookie, now=NOW).must_choose_passphrase


def test_her_own_passphrase_ends_the_first_day(first_day: FirstDay) -> None:
    service, first = first_day
    before = enter(service, first.handle, first.passphrase)
    kept = is_first_key_kept(service)

    after = choose_passphrase(resume(service, before.cookie, now=NOW), OWN, now=NOW)

    assert (kept, is_first_key_kept(service)) == (True, False)
    assert another_passphrase(service, now=NOW) is None
    assert not is_signed_in(service, before.cookie)
    assert is_signed_in(service, after.cookie)
    assert enter(service, first.handle, OWN).cookie


def test_a_new_passphrase_ends_every_other_session(
    service: Service, installation: Installation
) -> None:
    other = enter(service).cookie
    reader = resume(service, installation.cookies[COORDINATOR], now=NOW)
    proof = prove(reader, PASSPHRASES[COORDINATOR], fresh(service), now=NOW)
    chosen = choose_passphrase(reader, OWN, now=NOW, proof=proof)

    assert not is_signed_in(service, other)
    assert is_signed_in(service, chosen.cookie)
    assert is_signed_in(service, installation.cookies[SECOND])
    with pytest.raises(WrongPassphrase):
        enter(service)


def test_a_proposed_passphrase_is_six_words_or_more_and_never_the_same() -> None:
    proposed = {propose_passphrase() for _ in range(20)}

    assert len(proposed) == 20
    assert all(len(words.replace("-", " ").split()) >= 6 for words in proposed)


def test_what_was_sent_too_late_is_kept_for_the_same_member_alone(
    service: Service, coordinator: Reader, second: Reader, installation: Installation
) -> None:
    fields = {"text": ["a long note, Тұмарлыкөз"], "once": ["x"]}
    text = keep_post(service, installation.cookies[COORDINATOR], "/desk/cases/AB/notes", fields)

    assert text is not None
    assert kept_post(coordinator, text) == ("/desk/cases/AB/notes", fields)
    assert kept_post(second, text) is None


def test_what_was_sent_too_late_is_kept_even_after_signing_out(
    service: Service, coordinator: Reader, installation: Installation
) -> None:
    cookie = installation.cookies[COORDINATOR]
    sign_out(coordinator, now=NOW)
    text = keep_post(service, cookie, "/desk/", {"text": ["words"]})
    again = resume(service, enter(service).cookie, now=NOW)

    assert text is not None
    assert kept_post(again, text) == ("/desk/", {"text": ["words"]})


@pytest.mark.parametrize("text", ["", "x", "щ", "A" * 200])
def test_nothing_is_kept_for_strangers(
    service: Service, coordinator: Reader, text: str
) -> None:
    assert keep_post(service, text, "/desk/", {}) is None
    assert kept_post(coordinator, text) is None


def test_the_database_holds_no_key_to_a_session(service: Service) -> None:
    cookie = enter(service).cookie
    with service.reading() as session:
        rows = session.scalars(select(SessionRow)).all()

    assert all(cookie.encode() not in row.key_box + row.token_hash for row in rows)
    assert all(row.day == (NOW + timedelta(hours=12)).date() for row in rows)
