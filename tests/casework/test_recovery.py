"""The rings back from paper, and nothing without enough of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from intake.casework import (
    First,
    Reader,
    Service,
    WrongPassphrase,
    choose_passphrase,
    entering,
    founding,
    joining,
    lockdown,
    members,
    new_once,
    open_case,
    prove,
    queue,
    read_report,
    recovery,
    renewal,
    resume,
    submit,
    verify,
)
from intake.casework.account_notices import notices
from intake.casework.finding import Wish
from intake.casework.restricting import restrict
from intake.store.people import MemberRow, RingMemberRow, RingRow
from intake.vault import Ring, RingKey, SheetsError, SheetsFault
from tests.people import (
    COORDINATOR,
    NOW,
    PASSPHRASES,
    SECOND,
    Installation,
    make_sheets,
    next_code,
    send,
    send_and_open,
    sign_in,
    sister_report,
)

LATER = NOW + timedelta(days=1)


def come_back(service: Service, first: First) -> Reader:
    """Sign in with the one-time passphrase and choose another."""
    signed_in = sign_in(service, first.handle, first.passphrase, known=None, now=LATER)
    reader = resume(service, signed_in.cookie, now=LATER)
    chosen = choose_passphrase(reader, "six new words nobody else knows", now=LATER)
    return resume(service, chosen.cookie, now=LATER)


def test_enough_sheets_make_a_coordinator_who_reads_what_came_before(
    service_on_each: Service, installation: Installation
) -> None:
    service = service_on_each
    submit(service, sister_report(), once=new_once())
    first = recovery.recover(service, installation.sheets[1:], handle="anew", now=LATER)
    reader = come_back(service, first)
    (row,) = queue(reader, Wish(), now=LATER).rows
    open_case(reader, row.ref, now=LATER)
    report = read_report(reader, row.ref, now=LATER)
    assert "Zhasylqurt" in str([section.answers for section in report.sections])
    assert verify.verify(service) == ()


def test_it_works_when_no_member_is_left(service: Service, installation: Installation) -> None:
    with service.writing() as session:
        session.execute(delete(RingMemberRow))
        session.execute(update(MemberRow).values(box=b"\x02", state="suspended"))
    first = recovery.recover(service, installation.sheets[:2], handle="anew", now=LATER)
    reader = come_back(service, first)
    with service.reading() as session:
        assert all(reader.holds(session, ring) for ring in Ring)


def test_the_one_time_passphrase_opens_once(
    service: Service, installation: Installation
) -> None:
    first = recovery.recover(service, installation.sheets[:2], handle="anew", now=LATER)
    come_back(service, first)
    with pytest.raises(WrongPassphrase):
        sign_in(service, first.handle, first.passphrase, known=None, now=LATER)


def test_used_sheets_are_to_be_replaced_and_then_open_nothing(
    service: Service, installation: Installation
) -> None:
    first = recovery.recover(service, installation.sheets[:2], handle="anew", now=LATER)
    reader = come_back(service, first)
    before, fresh = reader.must_make_sheets, make_sheets(reader)
    assert (before, reader.must_make_sheets) == (True, False)
    with pytest.raises(SheetsError):
        recovery.recover(service, installation.sheets[:2], handle="third", now=LATER)
    assert recovery.recover(service, fresh[:2], handle="third", now=LATER).handle == "third"


def test_who_does_not_hold_every_ring_is_not_asked_for_sheets(
    service: Service, second: Reader, installation: Installation
) -> None:
    recovery.recover(service, installation.sheets[:2], handle="anew", now=LATER)
    assert not second.must_make_sheets


def test_until_new_sheets_are_made_the_old_ones_still_open(
    service: Service, installation: Installation
) -> None:
    recovery.recover(service, installation.sheets[:2], handle="anew", now=LATER)
    again = recovery.recover(service, installation.sheets[:2], handle="third", now=LATER)
    assert come_back(service, again).must_make_sheets


def wrong_word(sheet: str) -> str:
    words = sheet.split()
    words[10] = "academic" if words[10] != "academic" else "acid"
    return " ".join(words)


@pytest.mark.parametrize("fault", ["too_few", "none", "twice", "misspelt", "not_one_set"])
def test_wrong_sheets_change_nothing_and_tell_nothing(
    service: Service, coordinator: Reader, installation: Installation, fault: str
) -> None:
    one, two, _three = installation.sheets
    other = make_sheets(coordinator)
    sheets = {
        "too_few": (other[0],),
        "none": (),
        "twice": (other[0], other[0]),
        "misspelt": (other[0], wrong_word(other[1])),
        "not_one_set": (other[0], one),
    }[fault]
    lines = verify.head(service)
    with pytest.raises(SheetsError) as caught:
        recovery.recover(service, sheets, handle="anew", now=LATER)
    told = repr(caught.value) + str(caught.value)
    assert not any(word in told for word in f"{one} {two} {other[0]}".split() if len(word) > 6)
    assert caught.value.__cause__ is None
    assert verify.head(service) == lines
    assert not recovery.are_sheets_used(service)
    with service.reading() as session:
        assert session.scalar(select(MemberRow).where(MemberRow.handle == "anew")) is None


def test_enough_sheets_of_an_earlier_set_are_the_wrong_ones(
    service: Service, coordinator: Reader, installation: Installation
) -> None:
    make_sheets(coordinator)
    with pytest.raises(SheetsError) as caught:
        recovery.recover(service, installation.sheets[:2], handle="anew", now=LATER)
    assert caught.value.reason is SheetsFault.WRONG


def test_a_ring_exchanged_in_the_database_is_not_taken_for_ours(
    service: Service, installation: Installation
) -> None:
    planted = RingKey.fresh(Ring.CASE)
    recovery_key = recovery.recovery_key(service)
    with service.writing() as session:
        row = session.get_one(RingRow, (Ring.CASE, 1))
        row.public_key = planted.public.raw
        row.recovery_box = planted.wrap_for_recovery(recovery_key)
    with pytest.raises(recovery.RingsDiffer):
        recovery.recover(service, installation.sheets[:2], handle="anew", now=LATER)


def test_a_handle_that_is_taken_stays_its_members(
    service: Service, installation: Installation
) -> None:
    with pytest.raises(recovery.HandleTaken):
        recovery.recover(service, installation.sheets[:2], handle=COORDINATOR, now=LATER)
    signed_in = sign_in(service, COORDINATOR, PASSPHRASES[COORDINATOR], known=None, now=LATER)
    assert resume(service, signed_in.cookie, now=LATER).handle == COORDINATOR


def test_before_the_sheets_are_made_there_is_nothing_to_recover_with(
    service: Service, installation: Installation
) -> None:
    founding.pin(service, replace(service.pins(), recovery=None))
    with pytest.raises(recovery.NoSheets):
        recovery.recover(service, installation.sheets[:2], handle="anew", now=LATER)


@pytest.mark.parametrize("fault", ["too_few", "misspelt", "not_one_set", "wrong"])
def test_wrong_sheets_leave_every_file_as_it_was(
    service: Service, coordinator: Reader, installation: Installation, fault: str
) -> None:
    one, two, _three = installation.sheets
    other = make_sheets(coordinator)
    sheets = {
        "too_few": (other[0],),
        "misspelt": (other[0], wrong_word(other[1])),
        "not_one_set": (other[0], one),
        "wrong": (one, two),
    }[fault]
    service.engine.dispose()
    before = contents(service)
    with pytest.raises(SheetsError):
        recovery.recover(service, sheets, handle="anew", now=LATER)
    assert contents(service) == before


def contents(service: Service) -> dict[str, bytes]:
    """Every file of the instance; the database's own index of its log tells nothing."""
    paths = (path for path in service.settings.instance.rglob("*") if path.is_file())
    return {path.name: path.read_bytes() for path in paths if not path.name.endswith("-shm")}


def test_sheets_that_were_used_are_told_to_every_coordinator(
    service: Service, second: Reader, installation: Installation
) -> None:
    recovery.recover(service, installation.sheets[:2], handle="anew", now=LATER)
    told = [(notice.kind, notice.about) for notice in notices(second)]
    assert ("recovered", {"handle": "anew"}) in told


def test_after_a_lockdown_everybody_else_comes_back_by_a_link_for_new_keys(
    service: Service, installation: Installation
) -> None:
    sent = send(service)
    lockdown.lock_down(service, now=NOW)
    first = recovery.recover(service, installation.sheets[1:], handle="anew", now=LATER)
    reader = come_back(service, first)
    proof = prove(reader, "six new words nobody else knows", "", now=LATER)
    member = next(one for one in members.everybody(reader) if one.handle == SECOND)
    link = renewal.renew(reader, member.id, proof=proof, now=LATER)
    signed_in = joining.join(service, link, "second has chosen other words", now=LATER)
    waiting = resume(service, signed_in.cookie, now=LATER)
    assert waiting.is_waiting
    digits = waiting.secret.seed.public.fingerprint()
    proof = prove(reader, "six new words nobody else knows", "", now=LATER)
    entering.enter(reader, member.id, digits, proof, now=LATER)
    signed_in = sign_in(service, SECOND, "second has chosen other words", now=LATER)
    again = resume(service, signed_in.cookie, now=LATER)
    open_case(again, sent.ref, now=LATER)
    assert read_report(again, sent.ref, now=LATER).differences == ()


def test_a_case_kept_for_named_members_opens_again_for_who_was_recovered(
    service: Service, coordinator: Reader, second: Reader, installation: Installation
) -> None:
    sent = send_and_open(coordinator)
    code = next_code(service.settings.instance, COORDINATOR, NOW)
    proof = prove(coordinator, PASSPHRASES[COORDINATOR], code, now=NOW)
    named = {coordinator.member, second.member}
    restrict(coordinator, sent.ref, named, "A relative.", proof, now=NOW)
    lockdown.lock_down(service, now=NOW)
    first = recovery.recover(service, installation.sheets[:2], handle="anew", now=LATER)
    reader = come_back(service, first)
    report = read_report(reader, sent.ref, now=LATER)
    assert "Zhasylqurt" in str([section.answers for section in report.sections])
