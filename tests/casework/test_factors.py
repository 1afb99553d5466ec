"""Second factors: what signs in with the passphrase, what does not, and each thing once."""

from base64 import b32decode
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.casework import (
    NotTheCode,
    Proof,
    Reader,
    Service,
    SlowDown,
    TheLastFactor,
    WrongPassphrase,
    add_app,
    add_passkey,
    choose_passphrase,
    codes_left,
    factors_of,
    new_app,
    new_codes,
    notices_for,
    passkey_challenge,
    prove,
    remove_factor,
    resume,
)
from intake.casework import sign_in as sign_in_with
from intake.casework.throttle import FREE_TRIES
from intake.store.people import CredentialRow, MemberRow, SessionRow
from intake.vault import totp_code, totp_step
from tests.authenticator import ORIGIN, Authenticator
from tests.people import COORDINATOR, NOW, PASSPHRASES, SECOND, Installation, code_of

WORDS = PASSPHRASES[COORDINATOR]
LATER = NOW + timedelta(minutes=2)


def enters(
    service: Service,
    code: str = "",
    *,
    passkey: str = "",
    now: datetime = NOW,
    handle: str = COORDINATOR,
    words: str = WORDS,
) -> bool:
    """Whether this signs in; a failed try leaves no session behind."""
    before = sessions(service)
    try:
        sign_in_with(service, handle, words, code, passkey=passkey, known=None, now=now)
    except WrongPassphrase:
        assert sessions(service) == before
        return False
    return True


def sessions(service: Service) -> int:
    with service.reading() as session:
        return len(session.scalars(select(SessionRow.id)).all())


def proof_at(reader: Reader, now: datetime) -> Proof:
    return prove(reader, PASSPHRASES[reader.handle], code_of(reader.handle, now), now=now)


def challenge(service: Service, purpose: str = "sign-in", now: datetime = NOW) -> str:
    return passkey_challenge(service, ORIGIN, purpose, now=now)


def with_passkey(reader: Reader, now: datetime = NOW) -> Authenticator:
    key = Authenticator()
    answer = key.register(challenge(reader.service, "add", now))
    add_passkey(reader, proof_at(reader, now), answer, "blue key", now=now)
    return key


def test_passphrase_and_code_sign_in_together_alone(service_on_each: Service) -> None:
    code = code_of(COORDINATOR, NOW)
    assert not enters(service_on_each)
    assert not enters(service_on_each, "000000")
    assert not enters(service_on_each, code, words="wrong words")
    assert not enters(service_on_each, code_of(SECOND, NOW))
    assert enters(service_on_each, code)


def test_no_code_signs_in_twice(service_on_each: Service) -> None:
    code = code_of(COORDINATOR, NOW)
    assert enters(service_on_each, code)
    assert not enters(service_on_each, code)
    assert not enters(service_on_each, code_of(COORDINATOR, NOW, -1))
    assert enters(service_on_each, code_of(COORDINATOR, NOW, 1))


def test_a_wrong_try_uses_nothing_up(service: Service) -> None:
    code = code_of(COORDINATOR, NOW)
    assert not enters(service, code, words="wrong words")
    assert enters(service, code)


def test_guessing_codes_is_slowed_down_like_guessing_passphrases(service: Service) -> None:
    for _ in range(FREE_TRIES + 1):
        assert not enters(service, "123456")
    with pytest.raises(SlowDown):
        enters(service, code_of(COORDINATOR, NOW))


def test_rows_that_somebody_takes_away_do_not_undo_the_second_factor(service: Service) -> None:
    with service.writing() as session:
        session.execute(delete(CredentialRow))
    assert not enters(service)
    assert enters(service, code_of(COORDINATOR, NOW))


def test_rows_of_another_member_open_nothing(service: Service, coordinator: Reader) -> None:
    codes = new_codes(coordinator, proof_at(coordinator, NOW), now=NOW)
    with service.writing() as session:
        second = session.scalars(select(MemberRow.id).where(MemberRow.handle == SECOND)).one()
        for row in session.scalars(select(CredentialRow)):
            row.member_id = second
    assert not enters(service, codes[0], handle=SECOND, words=PASSPHRASES[SECOND])


def test_each_recovery_code_signs_in_once_and_she_is_told(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    reader = coordinator_on_each
    codes = new_codes(reader, proof_at(reader, NOW), now=NOW)
    assert enters(service_on_each, codes[3])
    assert not enters(service_on_each, codes[3])
    assert enters(service_on_each, codes[0].replace(" ", ""))
    assert codes_left(reader) == len(codes) - 2
    assert [n.kind for n in notices_for(reader)].count("recovery_code_used") == 2


def test_new_recovery_codes_put_the_old_ones_out_of_force(
    service: Service, coordinator: Reader
) -> None:
    old = new_codes(coordinator, proof_at(coordinator, NOW), now=NOW)
    new = new_codes(coordinator, proof_at(coordinator, LATER), now=LATER)
    assert not enters(service, old[0], now=LATER)
    assert enters(service, new[0], now=LATER)


def test_the_database_holds_no_recovery_code(service: Service, coordinator: Reader) -> None:
    codes = new_codes(coordinator, proof_at(coordinator, NOW), now=NOW)
    with service.reading() as session:
        boxes = b"".join(session.scalars(select(CredentialRow.box)))
        sizes = {len(box) for box in session.scalars(select(CredentialRow.box))}
    assert not any(code.replace(" ", "").encode() in boxes for code in codes)
    assert len(sizes) == 1


def test_proof_uses_its_code_up(coordinator: Reader) -> None:
    code = code_of(COORDINATOR, NOW)
    assert prove(coordinator, WORDS, code, now=NOW).member == coordinator.member
    for words, typed in ((WORDS, code), (WORDS, ""), ("wrong", code_of(COORDINATOR, NOW, 1))):
        with pytest.raises(WrongPassphrase):
            prove(coordinator, words, typed, now=NOW)


def test_proof_is_slowed_down(coordinator: Reader) -> None:
    for _ in range(FREE_TRIES + 1):
        with pytest.raises(WrongPassphrase):
            prove(coordinator, WORDS, "000000", now=NOW)
    with pytest.raises(SlowDown):
        prove(coordinator, WORDS, code_of(COORDINATOR, NOW), now=NOW)


def test_an_older_proof_changes_nothing_any_more(coordinator: Reader) -> None:
    before = proof_at(coordinator, NOW)
    proof_at(coordinator, LATER)
    with pytest.raises(WrongPassphrase):
        new_codes(coordinator, before, now=LATER)


def test_another_app_takes_the_place_of_the_old_one(
    service: Service, coordinator: Reader
) -> None:
    made = new_app(coordinator)
    step = totp_step(NOW.timestamp())
    shown = totp_code(b32decode(made.secret), step)
    proof = proof_at(coordinator, NOW)
    with pytest.raises(NotTheCode):
        add_app(coordinator, proof, made.secret, "000000", now=NOW)
    add_app(coordinator, proof, made.secret, shown, now=NOW)
    assert [factor.kind for factor in factors_of(coordinator)] == ["totp"]
    assert not enters(service, shown)
    assert not enters(service, code_of(COORDINATOR, NOW, 1))
    assert enters(service, totp_code(b32decode(made.secret), step + 1))


def test_the_last_factor_stays(coordinator: Reader) -> None:
    (app,) = factors_of(coordinator)
    with pytest.raises(TheLastFactor):
        remove_factor(coordinator, proof_at(coordinator, NOW), app.id, now=NOW)
    assert factors_of(coordinator) == (app,)


def test_a_factor_of_another_member_is_not_hers_to_take_away(
    coordinator: Reader, second: Reader
) -> None:
    (hers,) = factors_of(second)
    remove_factor(coordinator, proof_at(coordinator, NOW), hers.id, now=NOW)
    assert factors_of(second) == (hers,)


def test_a_new_passphrase_keeps_the_second_factor(
    service: Service, coordinator: Reader
) -> None:
    own = "seven quiet herons crossed another river"
    with pytest.raises(WrongPassphrase):
        choose_passphrase(coordinator, own, now=NOW)
    choose_passphrase(coordinator, own, now=LATER, proof=proof_at(coordinator, LATER))
    told = notices_for(coordinator)[0].kind
    assert not enters(service, words=own, now=LATER)
    assert enters(service, code_of(COORDINATOR, LATER, 1), words=own, now=LATER)
    assert told == "passphrase_changed"


def test_a_passkey_signs_in_with_the_passphrase_and_not_alone(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    key = with_passkey(coordinator_on_each)
    answer = key.sign(challenge(service_on_each, now=LATER))
    assert not enters(service_on_each, passkey=answer, words="wrong words", now=LATER)
    assert enters(service_on_each, passkey=answer, now=LATER)


@pytest.mark.parametrize("counts", [True, False])
def test_no_answer_of_a_passkey_is_taken_twice(
    service: Service, coordinator: Reader, *, counts: bool
) -> None:
    key = with_passkey(coordinator)
    earlier = challenge(service, now=LATER)
    answer = key.sign(challenge(service, now=LATER + timedelta(seconds=1)), counts=counts)
    now = LATER + timedelta(seconds=2)
    assert enters(service, passkey=answer, now=now)
    assert not enters(service, passkey=answer, now=now)
    assert not enters(service, passkey=key.sign(earlier, counts=counts), now=now)


def test_a_challenge_is_good_for_its_pages_its_purpose_and_half_an_hour(
    service: Service, coordinator: Reader
) -> None:
    key = with_passkey(coordinator)
    good = challenge(service, now=LATER)
    elsewhere = replace(key, origin="https://desk.example.net")
    foreign = passkey_challenge(service, elsewhere.origin, "sign-in", now=LATER)
    wrong = (
        key.sign(challenge(service, "add", LATER)),
        key.sign("AAAA"),
        elsewhere.sign(good),
        elsewhere.sign(foreign),
        Authenticator(id=key.id).sign(good),
        Authenticator().sign(good),
    )
    assert [enters(service, passkey=answer, now=LATER) for answer in wrong[:5]] == [False] * 5
    late = LATER + timedelta(minutes=31)
    assert not enters(service, passkey=wrong[5], now=late)
    assert not enters(service, passkey=key.sign(good), now=late)


def test_only_an_answer_to_our_challenge_becomes_a_passkey(coordinator: Reader) -> None:
    service, proof = coordinator.service, proof_at(coordinator, NOW)
    for answer in ("", "{}", Authenticator().register("AAAA")):
        with pytest.raises(NotTheCode):
            add_passkey(coordinator, proof, answer, "key", now=NOW)
    other = Authenticator().register(challenge(service, "sign-in"))
    with pytest.raises(NotTheCode):
        add_passkey(coordinator, proof, other, "key", now=NOW)


def test_a_passkey_is_added_once(coordinator: Reader) -> None:
    answer = Authenticator().register(challenge(coordinator.service, "add"))
    add_passkey(coordinator, proof_at(coordinator, NOW), answer, "key", now=NOW)
    with pytest.raises(NotTheCode):
        add_passkey(coordinator, proof_at(coordinator, LATER), answer, "again", now=LATER)


def test_with_a_passkey_alone_the_passphrase_does_not_do(
    service: Service, coordinator: Reader
) -> None:
    key = with_passkey(coordinator)
    app, _passkey = factors_of(coordinator)
    remove_factor(coordinator, proof_at(coordinator, LATER), app.id, now=LATER)
    assert not enters(service, now=LATER)
    assert not enters(service, code_of(COORDINATOR, LATER, 1), now=LATER)
    with service.writing() as session:
        kept = [(row.id, row.member_id, row.kind, row.box) for row in _rows(session)]
        session.execute(delete(CredentialRow))
    assert not enters(service, now=LATER)
    with service.writing() as session:
        for id_, member, kind, box in kept:
            session.add(CredentialRow(id=id_, member_id=member, kind=kind, box=box))
    later = LATER + timedelta(seconds=1)
    assert enters(service, passkey=key.sign(challenge(service, now=later)), now=later)


def _rows(session: Session) -> list[CredentialRow]:
    return list(session.scalars(select(CredentialRow)))


def test_adding_and_taking_away_is_told_to_her_alone(
    coordinator: Reader, second: Reader
) -> None:
    before = [n.id for n in notices_for(second)]
    with_passkey(coordinator)
    app, _passkey = factors_of(coordinator)
    remove_factor(coordinator, proof_at(coordinator, LATER), app.id, now=LATER)
    told = [n for n in notices_for(coordinator) if n.kind.startswith("factor")]
    kinds = [(n.kind, n.about.get("kind")) for n in told]
    assert kinds[:2] == [("factor_removed", "totp"), ("factor_added", "passkey")]
    assert [n.id for n in notices_for(second)] == before


def test_without_a_second_factor_she_must_add_one_except_in_a_demo(
    service: Service, installation: Installation
) -> None:
    cookie = installation.cookies[COORDINATOR]
    assert not resume(service, cookie, now=NOW).must_add_factor
    with service.writing() as session:
        session.execute(delete(CredentialRow))
    reader = resume(service, cookie, now=NOW)
    assert reader.must_add_factor
    demo = replace(service, settings=replace(service.settings, demo=True))
    assert not replace(reader, service=demo).must_add_factor
