"""A file that comes in pieces behind the return code: its page carries how far it came."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from intake.casework import Reader, Service
from intake.casework.files.sweeping import sweep
from intake.store.tables import BlobRow, DraftRow
from intake.vault import PIECE
from tests.files import NAME
from tests.people import Sent, send_and_open
from tests.visitor import Visited, Visitor
from tests.web.journey_walk import Walk
from tests.web.test_files import copies, stored, with_limits
from tests.web.test_uploading import FILM, Sender


@dataclass
class Behind:
    """A page behind the return code that asks for a file, and what our script does there."""

    walk: Walk

    @classmethod
    def of(cls, visitor: Visitor, code: str) -> Behind:
        visitor.send(visitor.get("/en/return/"), {"code": code})
        return cls(Walk.at(visitor, "/en/return/more/files"))

    @property
    def carrier(self) -> str:
        (box,) = [e for e in self.walk.page.page.elements if e.get("data-upload")]
        return box.get("data-carried") or ""

    def sender(self, content: bytes = FILM) -> Sender:
        return Sender(self.walk, content)

    def send(self, sender: Sender, *, to: str = "") -> Visited:
        return self.walk.pressed("", {self.carrier: sender.carried}, to=to)


@pytest.fixture
def told(coordinator: Reader) -> Sent:
    return send_and_open(coordinator)


@pytest.fixture
def behind(visitor: Visitor, told: Sent) -> Behind:
    return Behind.of(visitor, told.code)


def owners(service: Service) -> list[UUID]:
    with service.reading() as session:
        return list(session.scalars(select(BlobRow.owner)))


def test_behind_the_code_a_file_comes_in_pieces_and_is_sent_once(
    behind: Behind, told: Sent, desk: Visitor, service: Service
) -> None:
    sender = behind.sender()
    assert sender.ask()[1]["have"] == 0
    assert sender.send_all()["whole"] is True
    assert owners(service) != [told.id]
    for _again in range(2):
        answer = behind.send(sender)
        assert (answer.status, answer.location) == (303, "/en/return/more?said=sent")
    assert owners(service) == [told.id]
    page = desk.get(f"/desk/cases/{told.ref}/files")
    assert len(copies(page)) == 1
    assert hashlib.sha256(FILM).hexdigest() in page.page.text.replace(" ", "")


def test_behind_the_code_it_goes_on_where_it_stopped(behind: Behind, service: Service) -> None:
    sender = behind.sender()
    sender.send(0)
    status, _ = sender.send(1, FILM[PIECE : PIECE + 10])
    assert status == 400
    assert sender.ask()[1]["have"] == 1
    assert sender.send_all(since=1)["whole"] is True
    assert len(owners(service)) == 1


def test_what_comes_behind_the_code_stands_on_no_page_and_in_no_row(
    behind: Behind, service: Service
) -> None:
    """Who takes the code away from somebody cannot ask whether a known film was sent."""
    sender = behind.sender()
    sender.send_all()
    behind.send(sender)
    assert behind.sender().ask()[1]["have"] == 0
    with service.reading() as session:
        assert session.scalars(select(DraftRow)).all() == []


def test_a_page_that_comes_back_carries_the_file_on(behind: Behind) -> None:
    sender = behind.sender()
    sender.send_all()
    behind.walk.page = behind.send(sender, to="ru")
    assert NAME in behind.walk.text
    assert behind.walk.fields[behind.carrier] == [sender.carried]
    assert behind.walk.pressed().status == 303


def test_what_was_sent_behind_the_code_is_changed_by_nobody(
    behind: Behind, service: Service
) -> None:
    sender = behind.sender()
    sender.send(0)
    early = sender.carried
    sender.send_all(since=1)
    behind.send(sender)
    before = stored(service)
    sender.carried = early
    status, told = sender.send(1, os.urandom(PIECE))
    assert (status, "Open your report again" in told["words"]) == (410, True)
    assert stored(service) == before


def test_a_file_of_another_conversation_is_not_taken(
    behind: Behind, coordinator: Reader, service: Service
) -> None:
    sender = behind.sender()
    sender.send_all()
    other = Behind.of(behind.walk.visitor, send_and_open(coordinator).code)
    answer = other.send(sender)
    assert answer.status == 422
    assert "The file is not kept yet. Choose it once more." in answer.page.text
    assert len(owners(service)) == 1


def test_an_unfinished_file_behind_the_code_is_not_sent(behind: Behind) -> None:
    sender = behind.sender()
    sender.send(0)
    answer = behind.send(sender)
    assert answer.status == 422
    assert "The file is not kept yet." in answer.page.text


def test_what_was_never_sent_behind_the_code_is_swept(behind: Behind, service: Service) -> None:
    behind.sender().send_all()
    now = datetime.now(UTC)
    assert sweep(service, now=now) == 0  # it may be arriving just now
    assert sweep(service, now=now + timedelta(days=2)) == 1
    assert stored(service) == []


def test_a_report_has_room_for_so_much_behind_the_code_too(app: Flask, behind: Behind) -> None:
    sender = behind.sender()
    sender.send_all()
    behind.send(sender)
    with_limits(app, report_files_bytes=len(FILM) + 2 * PIECE)
    status, answer = behind.sender(FILM + b"more").ask()
    assert (status, "too large" in answer["words"]) == (413, True)


def test_of_two_that_fill_the_room_of_a_report_the_second_is_not_sent(
    app: Flask, behind: Behind
) -> None:
    with_limits(app, report_files_bytes=len(FILM) + PIECE)
    first, second = behind.sender(), behind.sender(FILM + b"more")
    first.send_all()
    second.send_all()
    assert behind.send(first).status == 303
    other = Behind(Walk.at(behind.walk.visitor, "/en/return/more/files"))
    answer = other.send(second)
    assert (answer.status, "This file is too large." in answer.page.text) == (422, True)
    assert behind.send(first).status == 303


def test_pieces_behind_the_code_end_with_the_visit(behind: Behind) -> None:
    sender = behind.sender()
    sender.send(0)
    behind.walk.visitor.get("/exit")
    status, answer = sender.send(1)
    assert (status, "Open your report again" in answer["words"]) == (410, True)
