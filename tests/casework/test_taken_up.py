"""A report that looks automated is a case like others once somebody takes it up."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from intake.casework import (
    Reader,
    Service,
    Wish,
    add_note,
    enter,
    new_once,
    overview,
    queue,
    send_message,
    take,
    verify,
    write,
)
from intake.casework.log_lines import open_lines
from intake.casework.team import handing
from intake.store.service import AuditRow, OutboxRow
from intake.store.tables import CaseRow
from tests.casework.work.answering import agree, go
from tests.people import NOW, Sent, send_and_open, sister_report


@pytest.fixture
def sent(coordinator_on_each: Reader) -> Sent:
    """A report in whose trap something stood, opened."""
    return send_and_open(coordinator_on_each, sister_report(automated=True))


def is_automated(service: Service, sent: Sent) -> bool:
    with service.reading() as session:
        return session.get_one(CaseRow, sent.id).automated


def views_with(reader: Reader, sent: Sent) -> set[str]:
    views = ("triage", "mine", "unassigned", "automated", "late")
    return {
        view
        for view in views
        if sent.ref in {row.ref for row in queue(reader, Wish(view), now=NOW).rows}
    }


def details(reader: Reader, act: str) -> list[bool]:
    """Of each line of this act, whether it says that the case is no longer automated."""
    with open_lines(reader) as lines:
        rows = lines.session.scalars(select(AuditRow)).all()
        opened = [lines.opened(row) for row in rows]
    return [
        bool(line.detail.get("no_longer_automated"))
        for line in opened
        if line and line.act == act
    ]


def took(reader: Reader, sent: Sent) -> str:
    take(reader, sent.ref, now=NOW)
    return "taken"


def gave(reader: Reader, sent: Sent) -> str:
    handing.assign(reader, sent.ref, reader.member, now=NOW)
    return "assigned"


def answered(reader: Reader, sent: Sent) -> str:
    send_message(reader, sent.ref, "We read it.", once=new_once(), now=NOW)
    return "message_sent"


def moved(reader: Reader, sent: Sent) -> str:
    go(reader, sent.ref, "screening_to_contacting", moved_level="u1")
    return "moved"


@pytest.mark.parametrize("act", [took, gave, answered, moved])
def test_who_takes_it_up_makes_it_a_case_like_others(
    coordinator_on_each: Reader, sent: Sent, act: Callable[[Reader, Sent], str]
) -> None:
    reader, service = coordinator_on_each, coordinator_on_each.service
    assert views_with(reader, sent) == {"automated"}
    line = act(reader, sent)
    assert not is_automated(service, sent)
    shown = views_with(reader, sent)
    assert "automated" not in shown
    assert shown & {"mine", "unassigned"}
    assert details(reader, line) == [True]
    assert overview(reader, sent.ref, now=NOW).differences == ()
    assert verify.verify(service) == ()


def test_what_its_reporter_writes_is_announced_again(
    coordinator_on_each: Reader, sent: Sent
) -> None:
    service = coordinator_on_each.service
    told = []
    for text in ("Is anybody there?", "He is held still."):
        code = enter(service, sent.code, now=NOW)
        write(service, code, text, kind="message", once=new_once(), now=NOW)
        with service.reading() as session:
            told.append(len(session.scalars(select(OutboxRow)).all()))
        take(coordinator_on_each, sent.ref, now=NOW)
    assert told == [0, 1]


def test_looking_and_a_note_leave_it_where_it_is(
    coordinator_on_each: Reader, sent: Sent
) -> None:
    reader = coordinator_on_each
    add_note(reader, sent.ref, "Empty words", once=new_once(), now=NOW)
    assert is_automated(reader.service, sent)
    assert details(reader, "note_added") == [False]


def test_closing_it_at_once_leaves_it_automated(
    coordinator_on_each: Reader, second_on_each: Reader, sent: Sent
) -> None:
    reader = coordinator_on_each
    closing = {"moved_outcome": "out_of_country", "moved_why": "Advertisements"}
    go(reader, sent.ref, "screening_to_closed", **closing)
    agree(second_on_each, sent.ref)
    assert is_automated(reader.service, sent)


def test_the_mark_set_back_in_the_database_is_noticed(
    coordinator_on_each: Reader, sent: Sent
) -> None:
    reader = coordinator_on_each
    take(reader, sent.ref, now=NOW)
    with reader.service.writing() as session:
        session.get_one(CaseRow, sent.id).automated = True
    assert overview(reader, sent.ref, now=NOW).differences == ("automated",)
