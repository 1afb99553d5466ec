"""The audit log: a chain in which nothing can be dropped, changed or reordered."""

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import Reader, Service, log, read_report, take
from intake.casework.verify import verify
from intake.store.service import AuditRow
from intake.store.tables import CaseRow
from intake.vault import AUDIT_START
from tests.people import COORDINATOR, NOW, send_and_open

Lines = Sequence[AuditRow]


def lines(session: Session) -> Lines:
    return session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()


@pytest.fixture
def busy(service: Service, coordinator: Reader) -> Service:
    """An installation where something happened."""
    sent = send_and_open(coordinator)
    read_report(coordinator, sent.ref, now=NOW)
    take(coordinator, sent.ref, now=NOW)
    return service


def test_every_line_follows_the_one_before(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    take(coordinator_on_each, sent.ref, now=NOW)

    with service_on_each.reading() as session:
        rows = lines(session)
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
        assert [row.previous for row in rows] == [AUDIT_START, *(row.mac for row in rows[:-1])]
        assert all(row.mac == log.mac_of(service_on_each, row) for row in rows)
    assert verify(service_on_each) == ()


def drop(session: Session, rows: Lines) -> None:
    session.delete(rows[-2])


def drop_first(session: Session, rows: Lines) -> None:
    session.delete(rows[0])


def change(_session: Session, rows: Lines) -> None:
    rows[-2].box = rows[-3].box


def unname(_session: Session, rows: Lines) -> None:
    rows[-2].pseudonym = None


def set_back(_session: Session, rows: Lines) -> None:
    rows[-1].revision = 1


def reorder(_session: Session, rows: Lines) -> None:
    first, second = rows[-3], rows[-2]
    for name in ("box", "mac", "pseudonym", "revision", "digest"):
        one, other = getattr(first, name), getattr(second, name)
        setattr(first, name, other)
        setattr(second, name, one)


def forge(session: Session, rows: Lines) -> None:
    """A line made without the audit key."""
    last = rows[-1]
    session.add(
        AuditRow(
            seq=last.seq + 1,
            generation=last.generation,
            box=last.box,
            previous=last.mac,
            mac=bytes(32),
        )
    )


@pytest.mark.parametrize("how", [drop, drop_first, change, unname, set_back, reorder, forge])
def test_a_log_that_somebody_changed_is_broken(
    busy: Service, how: Callable[[Session, Lines], None]
) -> None:
    with busy.writing() as session:
        how(session, lines(session))

    assert verify(busy)


def test_the_newest_line_names_the_state_of_its_case(busy: Service) -> None:
    with busy.reading() as session:
        case = session.scalars(select(CaseRow)).one()
        assert log.is_as_logged(session, busy, case)
        session.expunge(case)
        case.version -= 1
        assert not log.is_as_logged(session, busy, case)


def test_a_line_shows_neither_who_nor_which_case(busy: Service, coordinator: Reader) -> None:
    with busy.reading() as session:
        case = session.scalars(select(CaseRow)).one()
        for row in lines(session):
            plain = row.box + (row.pseudonym or b"") + row.mac
            assert case.id.bytes not in plain
            assert coordinator.member.bytes not in plain
            assert COORDINATOR.encode() not in plain


def test_lines_of_all_acts_have_one_length(busy: Service) -> None:
    with busy.reading() as session:
        assert len({len(row.box) for row in lines(session)}) == 1


def fail_after_a_line(service: Service) -> None:
    with service.writing() as session:
        log.append(session, service, "opened", now=NOW)
        raise RuntimeError


def test_a_line_is_gone_with_the_act_that_failed(busy: Service) -> None:
    with busy.reading() as session:
        before = len(lines(session))

    with pytest.raises(RuntimeError):
        fail_after_a_line(busy)

    with busy.reading() as session:
        assert len(lines(session)) == before
