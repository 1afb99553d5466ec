"""Lockdown: nobody's keys are left, nothing is lost, and being cut off changes neither."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from intake import instance
from intake.casework import (
    CaseworkError,
    Reader,
    Service,
    SessionEnded,
    WrongPassphrase,
    choose_passphrase,
    conversation,
    enter,
    lockdown,
    log,
    member_box,
    open_case,
    read_report,
    recovery,
    resume,
    verify,
)
from intake.casework import founding as founding_
from intake.casework.checks.finding import Health
from intake.casework.checks.locked import locked
from intake.casework.doctor import examine
from intake.casework.errors import NotAllowed
from intake.casework.lockdown import GONE
from intake.casework.member_states import LEFT, LOCKED, SUSPENDED
from intake.roles import Role
from intake.store import wiping
from intake.store.people import InvitationRow, MemberRow, NoticeRow, RingRow
from intake.store.tables import CaseKeysRow
from intake.vault import Ring, Sealed
from tests.casework.test_recovery import come_back
from tests.people import (
    COORDINATOR,
    NOW,
    PASSPHRASES,
    SECOND,
    Installation,
    add_member,
    send,
    send_and_open,
    sign_in,
)

LATER = NOW + timedelta(hours=1)


def rows_left(service: Service) -> dict[str, int]:
    with service.reading() as session:
        return {
            table.__tablename__: count
            for table in GONE
            if (count := session.scalar(select(func.count()).select_from(table)))
        }


def states(service: Service) -> set[str]:
    with service.reading() as session:
        return set(session.scalars(select(MemberRow.state)))


def fill(service: Service, reader: Reader) -> None:
    """An invitation, a notice and a grant, whatever they say."""
    sent = send_and_open(reader)
    box = Sealed(b"\x02 something")
    with service.writing() as session:
        session.add(InvitationRow(new_id(1), "handler", box, NOW.date(), b"l" * 32))
        session.add(NoticeRow(new_id(2), reader.member, box, NOW.date()))
        session.flush()
        session.add(CaseKeysRow(new_id(3), sent.id, 1, box, member_id=reader.member))


def new_id(number: int) -> UUID:
    return UUID(int=number, version=4)


def test_nobodys_passphrase_or_cookie_opens_anything_afterwards(
    service_on_each: Service, coordinator_on_each: Reader, installation: Installation
) -> None:
    fill(service_on_each, coordinator_on_each)
    assert lockdown.press(coordinator_on_each, now=NOW)
    for handle in (COORDINATOR, SECOND):
        with pytest.raises(WrongPassphrase):
            sign_in(service_on_each, handle, PASSPHRASES[handle], known=None, now=LATER)
        with pytest.raises(SessionEnded):
            resume(service_on_each, installation.cookies[handle], now=NOW)
    assert rows_left(service_on_each) == {}
    assert states(service_on_each) == {LOCKED}
    with service_on_each.reading() as session:
        grants = select(CaseKeysRow).where(CaseKeysRow.member_id.is_not(None))
        assert session.scalars(grants).all() == []
        due = session.scalars(select(RingRow.is_due))
        assert set(due) == {True}


def test_the_form_and_the_mailboxes_go_on(service_on_each: Service) -> None:
    before = send(service_on_each)
    lockdown.lock_down(service_on_each, now=NOW)
    after = send(service_on_each)
    for sent in (before, after):
        mine = enter(service_on_each, sent.code, now=LATER)
        assert conversation(service_on_each, mine, now=LATER).entries[0].kind == "stage"
    assert verify.verify(service_on_each) == ()


def test_the_sheets_open_what_came_before_and_after(
    service_on_each: Service, installation: Installation
) -> None:
    sent = [send(service_on_each)]
    lockdown.lock_down(service_on_each, now=NOW)
    sent.append(send(service_on_each))
    first = recovery.recover(service_on_each, installation.sheets[:2], handle="anew", now=LATER)
    reader = come_back(service_on_each, first)
    for one in sent:
        open_case(reader, one.ref, now=LATER)
        read = read_report(reader, one.ref, now=LATER)
        assert "Zhasylqurt" in str([section.answers for section in read.sections])
    assert verify.verify(service_on_each) == ()
    assert reader.must_make_sheets


def test_who_was_suspended_or_left_stays_so_and_has_no_box_either(
    service: Service, coordinator: Reader
) -> None:
    for state in (SUSPENDED, LEFT):
        add_member(coordinator, state, (Role.ANALYST,), f"{state} six words of hers")
    with service.writing() as session:
        for state in (SUSPENDED, LEFT):
            session.execute(
                update(MemberRow).where(MemberRow.handle == state).values(state=state)
            )
        before = {row.handle: row.box for row in session.scalars(select(MemberRow))}
    lockdown.lock_down(service, now=NOW)
    with service.reading() as session:
        after = {row.handle: row for row in session.scalars(select(MemberRow))}
    assert {handle: after[handle].state for handle in (SUSPENDED, LEFT)} == {
        SUSPENDED: SUSPENDED,
        LEFT: LEFT,
    }
    assert all(after[handle].box != box for handle, box in before.items())
    assert (
        len({len(box) for box in (*before.values(), *(row.box for row in after.values()))}) == 1
    )


def test_a_sign_in_that_was_under_way_comes_too_late(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = member_box.opened

    def lock_meanwhile(*args: Any) -> member_box.Opened:  # noqa: ANN401 - handed on
        box = real(*args)
        lockdown.lock_down(service, now=NOW)
        return box

    monkeypatch.setattr(member_box, "opened", lock_meanwhile)
    with pytest.raises(WrongPassphrase):
        sign_in(service, SECOND, PASSPHRASES[SECOND], known=None, now=NOW)
    assert rows_left(service) == {}


def test_a_passphrase_that_is_chosen_meanwhile_lets_nobody_in(
    service: Service, coordinator: Reader
) -> None:
    lockdown.lock_down(service, now=NOW)
    with pytest.raises(CaseworkError):
        choose_passphrase(coordinator, "six new words nobody else knows", now=NOW)
    assert rows_left(service) == {}
    assert states(service) == {LOCKED}


def test_a_running_desk_takes_the_new_pepper(service: Service) -> None:
    before = service.keys.pepper
    lockdown.lock_down(service, now=NOW)
    assert service.keys.pepper != before
    assert service.keys.pepper.raw == (service.settings.instance / "pepper.key").read_bytes()


def test_the_log_says_who_locked_and_says_it_once(
    service: Service, coordinator: Reader
) -> None:
    lockdown.press(coordinator, now=NOW)
    lines = verify.head(service).sequence
    lockdown.lock_down(service, now=NOW)
    assert verify.head(service).sequence == lines
    assert verify.verify(service) == ()


def test_who_may_not_lock_locks_nothing(service: Service, coordinator: Reader) -> None:
    add_member(coordinator, "auditor", (Role.AUDITOR,), "auditor six words of hers")
    cookie = sign_in(
        service, "auditor", "auditor six words of hers", known=None, now=NOW
    ).cookie
    with pytest.raises(NotAllowed):
        lockdown.press(resume(service, cookie, now=NOW), now=NOW)
    assert LOCKED not in states(service)


def test_without_sheets_nothing_is_locked(first_day: tuple[Service, object]) -> None:
    service, _first = first_day
    pepper = service.keys.pepper
    with pytest.raises(lockdown.NoSheets):
        lockdown.lock_down(service, now=NOW)
    assert (service.keys.pepper, lockdown.is_half(service)) == (pepper, False)
    assert LOCKED not in states(service)


def test_where_sheets_do_not_open_every_ring_nothing_is_locked(service: Service) -> None:
    with service.writing() as session:
        session.get_one(RingRow, (Ring.FACTS, 1)).recovery_box = None
    with pytest.raises(lockdown.NoSheets):
        lockdown.lock_down(service, now=NOW)


class Killed(BaseException):
    """The process ended here."""


CUTS: dict[str, tuple[object, str]] = {
    "before the rows": (lockdown, "_delete_rows"),
    "before the line in the log": (log, "append"),
    "before the pepper": (instance, "replace_pepper"),
    "before the first ways in": (founding_, "forget_first_key"),
    "before the files": (lockdown, "wipe"),
}


@contextmanager
def cut_off(at: str) -> Iterator[None]:
    def die(*_args: object, **_named: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*CUTS[at], die)
        with pytest.raises(Killed):
            yield


@pytest.mark.parametrize("at", CUTS)
def test_cut_off_anywhere_doctor_notices_and_running_it_again_finishes(
    service_on_each: Service, coordinator_on_each: Reader, at: str
) -> None:
    fill(service_on_each, coordinator_on_each)
    before = service_on_each.keys.pepper
    with cut_off(at):
        lockdown.press(coordinator_on_each, now=NOW)
    assert locked(service_on_each, NOW).health is Health.FAIL
    assert lockdown.go_on(service_on_each, now=LATER)
    assert not lockdown.is_half(service_on_each)
    assert locked(service_on_each, NOW).health is Health.WARN
    assert rows_left(service_on_each) == {}
    assert states(service_on_each) == {LOCKED}
    assert service_on_each.keys.pepper != before
    assert verify.verify(service_on_each) == ()


@pytest.mark.parametrize("at", CUTS)
def test_sheets_finish_what_was_cut_off_before_they_let_anybody_in(
    service: Service, installation: Installation, at: str
) -> None:
    with cut_off(at):
        lockdown.lock_down(service, now=NOW)
    first = recovery.recover(service, installation.sheets[:2], handle="anew", now=LATER)
    assert not lockdown.is_half(service)
    assert come_back(service, first).handle == "anew"
    with pytest.raises(WrongPassphrase):
        sign_in(service, SECOND, PASSPHRASES[SECOND], known=None, now=LATER)


def test_where_nothing_was_begun_there_is_nothing_to_finish(service: Service) -> None:
    assert lockdown.go_on(service, now=NOW)
    assert LOCKED not in states(service)
    assert dict(examine(service, now=NOW))["lockdown"].health is Health.OK


def traces(service: Service, boxes: list[bytes]) -> list[str]:
    """Where a piece of a box still stands in a file of the instance."""
    service.engine.dispose()
    found = []
    for path in sorted(service.settings.instance.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        found += [path.name for box in boxes if box[30:60] in content]
    return found


def boxes_that_go(service: Service) -> list[bytes]:
    """Member boxes, and every box of the tables that are emptied."""
    with service.reading() as session:
        found = list(session.scalars(select(MemberRow.box)))
        for table in GONE:
            for name in ("box", "key_box", "told_box"):
                if hasattr(table, name):
                    found += [b for b in session.scalars(select(getattr(table, name))) if b]
    return [box for box in found if len(box) > 60]


def test_no_file_of_the_instance_holds_a_piece_of_what_was_deleted(
    service: Service, coordinator: Reader
) -> None:
    for number in range(8):
        send(service)
        words = f"member {number} has six words of hers"
        add_member(coordinator, f"member{number}", (Role.COORDINATOR,), words)
    boxes = [*boxes_that_go(service), service.keys.pepper.raw * 2]
    assert len(traces(service, boxes[:-1])) >= len(boxes) - 1
    assert lockdown.lock_down(service, now=NOW)
    assert traces(service, boxes) == []


def test_while_somebody_reads_the_rest_waits_and_is_then_finished(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lockdown, "_PATIENCE_SECONDS", 0)
    monkeypatch.setattr(wiping, "BUSY_MILLISECONDS", 50)
    with service.reading() as session:
        session.scalars(select(MemberRow)).all()
        assert not lockdown.lock_down(service, now=NOW)
        assert states(service) == {LOCKED}
        assert lockdown.is_half(service)
    assert lockdown.go_on(service, now=LATER)
    assert not lockdown.is_half(service)
