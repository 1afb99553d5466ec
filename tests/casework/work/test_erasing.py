"""A case erased because the person asked: by two, for good, and true to who holds the code."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from intake.casework import (
    ExpiredCode,
    NotYet,
    Reader,
    UnknownCase,
    Written,
    decide,
    enter,
    ledger,
    move,
    new_once,
    open_case,
    overview,
    proposals_of,
    queue,
    send_message,
    verify,
    write,
)
from intake.casework.finding import Wish
from intake.casework.log_lines import open_lines
from intake.form.answers import Answers
from intake.store.columns import Base
from intake.store.service import AuditRow
from intake.store.tables import CaseRow, ErasedRow, MailboxRow
from tests.casework.work import answering
from tests.casework.work.answering import agree, closed, day, go, seen
from tests.casework.work.test_moves import active
from tests.people import NOW, Sent, send_and_open

ERASE = "any_to_erased"


def erased(reader: Reader, other: Reader) -> Sent:
    """A case that was accepted, worked on, and erased."""
    sent = send_and_open(reader)
    active(reader, other, sent)
    send_message(reader, sent.ref, "We go on.", once=new_once(), now=NOW)
    go(reader, sent.ref, ERASE, moved_asked_how="phone")
    agree(other, sent.ref)
    return sent


def tables_naming(reader: Reader, sent: Sent) -> set[str]:
    """The tables in which a row still names the case."""
    found = set()
    with reader.service.reading() as session:
        for table in Base.metadata.sorted_tables:
            for name in {"case_id", "other_id"} & set(table.columns.keys()):
                rows = session.execute(select(table).where(table.c[name] == sent.id))
                if rows.first():
                    found.add(table.name)
    return found


def test_nothing_of_an_erased_case_is_left_but_number_level_and_dates(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent = erased(coordinator_on_each, second_on_each)
    assert tables_naming(coordinator_on_each, sent) == {"mailbox"}
    with coordinator_on_each.service.reading() as session:
        case = session.get_one(CaseRow, sent.id)
        assert (case.stage, case.number, case.state_box) == ("erased", "2026-0001", b"")
        assert (case.holder, case.may_rise_at, case.warn_at) == (None, None, None)
        assert session.scalars(select(MailboxRow.key_box)).one() is None
        assert session.get(ErasedRow, sent.id) is not None
    with pytest.raises(UnknownCase):
        overview(coordinator_on_each, sent.ref, now=NOW)
    assert queue(coordinator_on_each, Wish("all"), now=NOW).rows == ()
    assert verify.verify(coordinator_on_each.service) == ()


def test_one_alone_erases_nothing(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    assert go(coordinator, sent.ref, ERASE, moved_asked_how="phone") is Written.PROPOSED
    assert seen(coordinator, sent.ref).stage == "screening"


def test_on_the_date_of_erasing_two_erase_though_nobody_asked(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    reader, second = coordinator_on_each, second_on_each
    sent = closed(reader, erase_on=day(2))
    early, then = NOW + timedelta(days=1), NOW + timedelta(days=2)
    with pytest.raises(NotYet) as refused:
        erase_at(reader, sent, early)
    assert refused.value.missing == ("erasure",)

    assert erase_at(reader, sent, then) is Written.PROPOSED
    (one,) = proposals_of(second)
    decide(second, one.id, agrees=True, words="", version=one.version, now=then)
    assert tables_naming(reader, sent) == {"mailbox"}
    assert queue(reader, Wish("erasing"), now=then).rows == ()
    assert verify.verify(reader.service) == ()


def erase_at(reader: Reader, sent: Sent, now: datetime) -> Written:
    return move(reader, sent.ref, ERASE, Answers(), version=None, once=new_once(), now=now)


def test_nobody_erases_what_the_person_did_not_ask_for(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    with pytest.raises(NotYet) as refused:
        go(coordinator, sent.ref, ERASE)
    assert refused.value.missing == ("erasure",)


def test_the_wish_in_the_mailbox_is_enough(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    visit = enter(coordinator.service, sent.code, now=NOW)
    write(coordinator.service, visit, "", kind="erasure", once=new_once(), now=NOW)
    go(coordinator, sent.ref, ERASE)
    agree(second, sent.ref)
    with pytest.raises(UnknownCase):
        open_case(coordinator, sent.ref, now=NOW)


def test_the_code_says_that_the_conversation_is_gone(
    coordinator: Reader, second: Reader
) -> None:
    sent = erased(coordinator, second)
    with pytest.raises(ExpiredCode):
        enter(coordinator.service, sent.code, now=NOW)


def test_the_line_keeps_number_dates_and_outcome(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    outcome = {way.code: way.transition for way in seen(coordinator, sent.ref).ways}[
        "any_to_closed"
    ].outcomes[0]
    values = {"moved_outcome": outcome, "moved_asked_how": "phone"}
    go(coordinator, sent.ref, "any_to_closed", under_pressure="not_asked", **values)
    go(coordinator, sent.ref, ERASE, moved_asked_how="paper")
    agree(second, sent.ref)
    with open_lines(coordinator) as lines:
        (row,) = lines.rows(AuditRow.seq > 0, limit=1)
        line = lines.opened(row)
    assert line is not None
    assert (line.act, line.case) == ("erased", sent.id)
    assert line.detail["outcome"] == outcome
    assert line.detail["received"] == "2026-11-18T09:00:00Z"
    assert line.detail["closed"] == "2026-11-18T09:30:00Z"


def test_the_ledger_beside_the_database_names_it(coordinator: Reader, second: Reader) -> None:
    sent = erased(coordinator, second)
    kept = ledger.read(coordinator.service.settings.instance / ledger.FILE)
    assert kept == {sent.id: NOW.date()}


def test_a_case_that_was_closed_is_erased_all_the_same(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    outcome = {way.code: way.transition for way in seen(coordinator, sent.ref).ways}[
        "any_to_closed"
    ].outcomes[0]
    go(
        coordinator,
        sent.ref,
        "any_to_closed",
        moved_outcome=outcome,
        moved_asked_how="phone",
        under_pressure="not_asked",
        retention_on=answering.day(30),
    )
    go(coordinator, sent.ref, ERASE, moved_asked_how="phone")
    agree(second, sent.ref)
    with pytest.raises(UnknownCase):
        overview(second, sent.ref, now=NOW)
