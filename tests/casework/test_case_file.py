"""A case in one transaction: keys, changes and the line in the log are one."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, text

from intake.casework import (
    Reader,
    Service,
    StorageBusy,
    UnknownCase,
    add_note,
    correspondence,
    new_once,
    open_case,
    overview,
    read_report,
    take,
)
from intake.store.service import AuditRow
from intake.store.tables import CaseKeysRow, CaseRow, DocumentRow
from intake.vault import is_box
from tests.people import NOW, Sent, send, send_and_open


def versions(service: Service, sent: Sent) -> tuple[int, int, int]:
    """Version of the case, revision of its facts, lines in the log."""
    with service.reading() as session:
        return (
            session.get_one(CaseRow, sent.id).version,
            session.scalar(select(func.max(DocumentRow.revision))) or 0,
            session.scalar(select(func.count()).select_from(AuditRow)) or 0,
        )


def test_the_first_reading_boxes_what_arrived_sealed(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send(service_on_each)
    with service_on_each.reading() as session:
        before = [is_box(row.box) for row in session.scalars(select(CaseKeysRow))]
    open_case(coordinator_on_each, sent.ref, now=NOW)
    with service_on_each.reading() as session:
        after = [is_box(row.box) for row in session.scalars(select(CaseKeysRow))]
        rows = session.scalars(select(CaseKeysRow)).all()

    assert (before, after) == ([False, False], [True, True])
    assert len({len(row.box) for row in rows}) == 1
    assert read_report(coordinator_on_each, sent.ref, now=NOW).differences == ()


def test_a_reader_without_training_boxes_only_what_she_holds(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(second)
    with second.service.reading() as session:
        boxed = {row.ring: is_box(row.box) for row in session.scalars(select(CaseKeysRow))}

    assert boxed == {"case": True, "intimate": False}
    sections = read_report(coordinator, sent.ref, now=NOW).sections
    assert all(section.answers is not None for section in sections)


def test_each_change_is_a_new_version_and_each_use_a_line(coordinator: Reader) -> None:
    service = coordinator.service
    sent = send(service)
    version, revision, lines = versions(service, sent)

    open_case(coordinator, sent.ref, now=NOW)
    assert versions(service, sent) == (version + 1, revision + 1, lines + 1)
    read_report(coordinator, sent.ref, now=NOW)
    correspondence(coordinator, sent.ref, now=NOW)
    assert versions(service, sent) == (version + 1, revision + 1, lines + 3)
    add_note(coordinator, sent.ref, "words", once=new_once(), now=NOW)
    assert versions(service, sent) == (version + 2, revision + 2, lines + 4)


def test_nothing_is_opened_or_changed_without_its_line(
    service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    before = versions(service, sent)
    with service.writing() as session:
        session.execute(
            text(
                "CREATE TRIGGER broken BEFORE INSERT ON audit "
                "BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END"
            )
        )

    for act in (read_report, take, correspondence):
        with pytest.raises(Exception, match="disk I/O error"):
            act(coordinator, sent.ref, now=NOW)
    assert versions(service, sent) == before
    assert overview(coordinator, sent.ref, now=NOW).row.holder is None


def test_an_act_on_a_locked_database_changes_nothing_and_says_so(
    service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    before = versions(service, sent)
    with service.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
        connection.rollback()
    with closing(sqlite3.connect(service.engine.url.database or "")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageBusy):
            take(coordinator, sent.ref, now=NOW)

    assert versions(service, sent) == before


def test_a_case_is_found_by_its_number_too(service: Service, coordinator: Reader) -> None:
    sent = send(service)
    with service.writing() as session:
        session.get_one(CaseRow, sent.id).number = "2026-0017"

    assert overview(coordinator, "2026-0017", now=NOW).row.ref == sent.ref


def test_a_case_that_she_has_no_keys_for_is_no_case(
    service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    with service.writing() as session:
        session.execute(delete(CaseKeysRow).where(CaseKeysRow.case_id == sent.id))
    before = versions(service, sent)

    for act in (open_case, read_report, correspondence, take):
        with pytest.raises(UnknownCase):
            act(coordinator, sent.ref, now=NOW + timedelta(minutes=1))
    assert versions(service, sent) == before


def test_an_erased_case_is_no_case(service: Service, coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    with service.writing() as session:
        session.execute(delete(CaseKeysRow))
        session.execute(delete(DocumentRow))
        session.get_one(CaseRow, sent.id).stage = "erased"

    for act in (open_case, read_report, overview):
        with pytest.raises(UnknownCase):
            act(coordinator, sent.ref, now=NOW)
