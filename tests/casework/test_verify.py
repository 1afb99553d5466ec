"""The log tells when something was changed, dropped, moved or set back."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from intake.casework import Reader, Service, Wish, new_once, open_case, queue, submit, verify
from intake.casework.verify import Head
from intake.roles import Role
from intake.store.people import MemberRow, RingRow
from intake.store.service import AuditRow
from intake.store.tables import (
    CaseKeysRow,
    CaseRow,
    DocumentRow,
    ErasedRow,
    MailboxRow,
)
from intake.vault import Ring
from tests.people import NOW, SECOND, add_member, service_in, sister_report


def line(sequence: int) -> Callable[[Session], AuditRow]:
    return lambda session: session.get_one(AuditRow, sequence)


def send(service: Service, count: int = 2) -> None:
    for _ in range(count):
        submit(service, sister_report(), once=new_once())


def test_a_log_that_nobody_touched_is_whole(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    send(service_on_each)
    row = queue(coordinator_on_each, Wish(), now=NOW).rows[0]
    open_case(coordinator_on_each, row.ref, now=NOW)
    assert verify.verify(service_on_each) == ()


def test_a_changed_line_is_noticed(service: Service) -> None:
    send(service)
    with service.writing() as session:
        row = line(3)(session)
        row.box = row.box[:-1] + bytes([row.box[-1] ^ 1])  # type: ignore[assignment]
    assert verify.verify(service) == ("Line 3 of the log was changed.",)


@pytest.mark.parametrize("column", ["pseudonym", "digest", "mac"])
def test_no_column_of_a_line_can_be_changed(service: Service, column: str) -> None:
    send(service)
    newest = verify.head(service).sequence
    with service.writing() as session:
        row = line(newest)(session)
        value: bytes = getattr(row, column)
        setattr(row, column, value[:-1] + bytes([value[-1] ^ 1]))
    assert f"Line {newest} of the log was changed." in verify.verify(service)


def test_a_dropped_line_is_noticed(service: Service) -> None:
    send(service)
    with service.writing() as session:
        session.delete(line(3)(session))
    findings = verify.verify(service)
    assert "Lines 3 to 3 of the log are missing." in findings
    assert "Line 4 of the log does not follow the line before it." in findings


def test_lines_in_another_order_are_noticed(service: Service) -> None:
    send(service)
    with service.writing() as session:
        one, other = line(3)(session), line(4)(session)
        one.box, other.box = other.box, one.box
        one.mac, other.mac = other.mac, one.mac
    assert verify.verify(service) != ()


def test_the_newest_lines_cut_off_are_noticed_by_the_case_and_by_the_head(
    service: Service,
) -> None:
    send(service)
    kept = verify.head(service)
    with service.writing() as session:
        session.delete(line(kept.sequence)(session))
    assert any("has no line in the log" in found for found in verify.verify(service))
    assert any("set back" in found for found in verify.verify(service, kept=kept))


def test_a_case_set_back_by_itself_is_noticed(service: Service, coordinator: Reader) -> None:
    send(service, 1)
    with service.reading() as session:
        before = session.scalars(select(CaseRow)).one()
        old = {
            name: getattr(before, name) for name in ("stage", "level", "state_box", "version")
        }
        ref = before.ref
    open_case(coordinator, ref, now=NOW)
    with service.writing() as session:
        session.execute(update(CaseRow).values(**old))
    assert verify.verify(service) == (
        f"Case {ref} is not as the log says: it was changed or set back.",
    )


def drop_a_case(service: Service) -> UUID:
    with service.writing() as session:
        case_id = session.scalars(select(CaseRow.id).limit(1)).one()
        for table in (CaseKeysRow, DocumentRow, MailboxRow):
            session.execute(delete(table).where(table.case_id == case_id))
        session.execute(delete(CaseRow).where(CaseRow.id == case_id))
        return case_id


def test_a_report_that_vanished_is_noticed(service: Service) -> None:
    send(service)
    drop_a_case(service)
    assert verify.verify(service) == (
        "Cases that the log knows are gone without an erasure: 1.",
    )


def test_an_erased_case_is_accounted_for(service: Service) -> None:
    send(service)
    gone = drop_a_case(service)
    with service.writing() as session:
        session.add(ErasedRow(id=gone, day=NOW.date()))
    assert verify.verify(service) == ()


def test_a_whole_database_set_back_is_noticed_against_a_head_kept_elsewhere(
    service: Service, tmp_path: Path
) -> None:
    send(service, 1)
    service.engine.dispose()
    shutil.copytree(service.settings.instance, tmp_path / "yesterday")
    send(service, 1)
    kept = verify.head(service)
    yesterday = service_in(tmp_path / "yesterday")
    assert verify.verify(yesterday) == ()
    assert verify.verify(yesterday, kept=kept) != ()
    assert verify.verify(service, kept=kept) == ()
    submit(yesterday, sister_report(NOW + timedelta(hours=1)), once=new_once())
    assert verify.verify(yesterday, kept=kept) != ()
    yesterday.engine.dispose()


def test_the_head_that_was_kept_comes_back(service: Service) -> None:
    assert verify.kept_head(service) is None
    verify.keep_head(service)
    assert verify.kept_head(service) == verify.head(service)


def test_a_head_can_be_written_down_and_typed_in() -> None:
    head = Head(12, b"\x0a" * 32)
    assert Head.parse(f" {head}\n") == head


@pytest.mark.parametrize("text", ["", "12", "x-0a", "12-zz", "1-2-3"])
def test_another_text_is_no_head(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Head.parse(text)


def test_a_roster_set_back_is_noticed(service: Service, coordinator: Reader) -> None:
    with service.reading() as session:
        before = session.get_one(RingRow, (Ring.CASE, 1))
        old = before.roster_box, before.roster_revision
    add_member(coordinator, "newcomer", (Role.COORDINATOR,), "six words of a newcomer here")
    with service.writing() as session:
        row = session.get_one(RingRow, (Ring.CASE, 1))
        row.roster_box, row.roster_revision = old
    assert verify.verify(service) == (
        "The roster of case is not as the log says: it was changed or set back.",
    )


def test_roles_that_somebody_wrote_into_the_database_are_noticed(service: Service) -> None:
    with service.writing() as session:
        session.execute(
            update(MemberRow).where(MemberRow.handle == SECOND).values(roles="administrator")
        )
    assert verify.verify(service) == (
        "Member second is not as the log says: roles, key or state were changed.",
    )
