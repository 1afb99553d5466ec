"""A file that comes in pieces: what the server keeps, asks for and refuses."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import delete

from intake.casework import Service, change_draft, read_draft
from intake.casework.files import pieces
from intake.casework.files.in_draft import InDraft
from intake.casework.files.sweeping import sweep
from intake.casework.files.uploading import OutOfTurn, Upload
from intake.form.draft import Draft
from intake.form.files import FILES, attached
from intake.store.tables import BlobRow, DraftRow
from intake.vault import PIECE, piece_sizes
from intake.web.arriving import FOR_WORDS
from tests.files import NAME, picture
from tests.people import NOW
from tests.visitor import Visitor
from tests.web.conftest import Clock
from tests.web.journey_walk import STORY, Walk
from tests.web.test_files import (
    add,
    all_places_taken,
    case_at,
    sent_report,
    stored,
    with_limits,
)

FILM = picture() + os.urandom(2 * PIECE)
"""Three pieces, of which the last is short."""


@dataclass
class Sender:
    """What our script does on a page: it asks, and sends the piece that is wanted."""

    walk: Walk
    content: bytes = field(default=FILM, repr=False)
    name: str = NAME
    address: str = ""
    token: str = ""
    carried: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        (box,) = [e for e in self.walk.page.page.elements if e.get("data-upload")]
        self.address = self.address or box.get("data-upload") or ""
        self.token = self.token or self.walk.fields["token"][0]

    @property
    def item(self) -> str:
        return self.address.split("/")[-2]

    def ask(self, **headers: str) -> tuple[int, Mapping[str, Any]]:
        return self._post("", b"", headers)

    def send(self, index: int, content: bytes | None = None) -> tuple[int, Mapping[str, Any]]:
        start = index * PIECE
        piece = self.content[start : start + PIECE] if content is None else content
        return self._post("/piece", piece, {"Upload-Piece": str(index)})

    def send_all(self, *, since: int = 0) -> Mapping[str, Any]:
        told: Mapping[str, Any] = {}
        for index in range(since, -(-len(self.content) // PIECE)):
            status, told = self.send(index)
            assert status == 200
        return told

    def _post(
        self, to: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, Any]]:
        answer = self.walk.visitor.client.post(
            self.address + to,
            base_url=self.walk.visitor.base_url,
            data=body,
            content_type="application/octet-stream",
            headers={
                "Upload-Token": self.token,
                "Upload-Name": quote(self.name),
                "Upload-Length": str(len(self.content)),
                **({"Upload-Carried": self.carried} if self.carried else {}),
                **headers,
            },
        )
        told: Mapping[str, Any] = answer.get_json() if answer.is_json else {}
        self.carried = told.get("carried", "") or self.carried
        return answer.status_code, told


def visit_of(walk: Walk) -> str:
    """The visit of what is being written in this browser."""
    cookie = walk.visitor.client.get_cookie("i", domain="127.0.0.1")
    return cookie.value.split("~")[2] if cookie else ""


@pytest.fixture
def walk(visitor: Visitor) -> Walk:
    return add(Walk.begun(visitor).skip_to("files"))


@pytest.fixture
def sender(walk: Walk) -> Sender:
    return Sender(walk)


def reloaded(walk: Walk, address: str) -> Walk:
    walk.page = walk.visitor.get(address)
    return walk


def test_what_came_in_pieces_is_what_was_sent(
    sender: Sender, walk: Walk, desk: Visitor, service: Service
) -> None:
    status, told = sender.ask()
    assert (status, told["have"], told["whole"]) == (200, 0, False)
    told = sender.send_all()
    assert told["whole"] is True
    walk.press("", {"file_words": "Made by a neighbour."})
    assert f"{NAME} (16 MB)" in walk.text
    sent_report(walk)
    files = desk.get(f"{case_at(desk, service)}/files")
    assert hashlib.sha256(FILM).hexdigest() in files.page.text
    assert "Made by a neighbour." in files.page.text


def test_nothing_of_it_is_stored_in_clear(sender: Sender, service: Service) -> None:
    sender.send(0)
    (piece,) = stored(service)
    content = piece.read_bytes()
    assert FILM[:64] not in content
    assert FILM[PIECE // 2 : PIECE // 2 + 64] not in content
    assert NAME.encode() not in content


def test_a_file_goes_on_where_it_stopped(sender: Sender, walk: Walk, service: Service) -> None:
    address = walk.page.path
    sender.send(0)
    later = Sender(reloaded(walk, address))
    assert "not all of it came, so it is not sent yet (8 MB of 16 MB)" in walk.text
    assert "Choose the same file again" in walk.text
    assert later.ask()[1]["have"] == 1
    assert later.send_all(since=1)["whole"] is True
    assert later.ask()[1]["whole"] is True
    with service.reading() as session:
        (row,) = session.query(BlobRow).all()
    assert row.pieces == len(stored(service))
    assert row.size_padded == sum(piece_sizes(len(FILM)))


def test_the_same_piece_sent_twice_changes_nothing(sender: Sender, service: Service) -> None:
    sender.send(0)
    before = [(path, path.read_bytes()) for path in stored(service)]
    status, told = sender.send(0)
    assert (status, told["have"]) == (409, 1)
    assert [(path, path.read_bytes()) for path in stored(service)] == before


def test_a_piece_that_is_cut_short_is_not_kept(sender: Sender, service: Service) -> None:
    assert sender.send(0, FILM[: PIECE - 1])[0] == 400
    assert stored(service) == []
    sender.send(0)
    assert sender.send(1, FILM[PIECE : PIECE + 5])[0] == 400
    assert sender.ask()[1]["have"] == 1
    assert sender.send_all(since=1)["whole"] is True


def test_a_piece_with_more_than_it_has_is_not_kept(sender: Sender, service: Service) -> None:
    sender.content = picture()
    assert sender.send(0, sender.content + b"more")[0] == 400
    assert stored(service) == []


def test_a_piece_after_the_next_is_not_taken(sender: Sender, service: Service) -> None:
    assert sender.send(1)[0] == 409
    assert stored(service) == []


def test_another_file_begins_anew_and_takes_the_place(
    sender: Sender, walk: Walk, service: Service
) -> None:
    sender.send(0)
    (before,) = stored(service)
    other = Sender(walk, content=picture(50), name="other.png")
    assert other.ask()[1]["have"] == 0
    assert stored(service) == [before]
    assert other.send_all()["whole"] is True
    assert before not in stored(service)
    assert sender.ask()[1]["have"] == 0
    assert sender.send(1)[0] == 409


def test_a_file_that_was_whole_stays_until_the_other_has_begun(
    walk: Walk, service: Service
) -> None:
    whole = Sender(walk, content=picture(), name="first.png")
    whole.send_all()
    program = Sender(walk, content=b"MZ" + bytes(90), name="a.jpg")
    status, told = program.send(0)
    assert status == 415
    assert "This file is something else" in told["words"]
    assert whole.ask()[1]["whole"] is True
    assert len(stored(service)) == 1


def test_while_large_files_take_every_place_words_come_in_and_a_piece_waits(
    app: Flask, sender: Sender, walk: Walk, service: Service
) -> None:
    with all_places_taken(app) as taken:
        assert taken == service.settings.threads - FOR_WORDS
        assert sender.send(0)[0] == 503
        walk.go("story").press("", {"narrative": STORY})
        assert STORY in walk.go("check").text
    assert [sender.send(index)[0] for index in range(3)] == [200, 200, 200]


def test_no_piece_is_taken_once_there_is_no_room_for_files(
    app: Flask, sender: Sender, service: Service
) -> None:
    assert sender.send(0)[0] == 200
    with_limits(app, unread_files_bytes=1)
    status, told = sender.send(1)
    assert (status, "There is no room for files just now." in told["words"]) == (413, True)
    with_limits(app, unread_files_bytes=service.settings.unread_files_bytes)
    assert sender.send_all(since=1)["whole"] is True


def test_what_is_stored_is_told_from_what_was_sent(sender: Sender, service: Service) -> None:
    sender.send_all()
    visit = visit_of(sender.walk)
    answers = read_draft(service, visit, now=NOW).draft.answers
    (one,) = attached(answers)
    assert b"".join(pieces.content(service, one.manifest)) == FILM
    other = replace(one.manifest, sha256="0" * 64)
    with pytest.raises(pieces.DamagedFile):
        list(pieces.content(service, other))


def test_programs_deep_in_a_paper_take_all_of_it_away(walk: Walk, service: Service) -> None:
    content = b"{\\rtf1 " + b"a" * PIECE + b"\\objdata 00}"
    paper = Sender(walk, content=content, name="letter.rtf")
    assert paper.send(0)[0] == 200
    assert paper.send(1)[0] == 415
    assert stored(service) == []
    assert paper.ask()[1]["have"] == 0


def test_two_windows_send_the_same_file(sender: Sender, walk: Walk) -> None:
    other = Sender(walk)
    sender.send(0)
    assert other.ask()[1]["have"] == 1
    other.send(1)
    assert sender.send(1)[1]["have"] == 2
    sender.send(2)
    assert other.send(2)[0] == 409
    assert other.ask()[1]["whole"] is True


def test_a_file_that_was_taken_away_meanwhile_does_not_come_back(
    sender: Sender, walk: Walk, service: Service
) -> None:
    address = walk.page.path
    sender.send(0)
    reloaded(walk, f"{address}?away=ask").press("remove", {"sure": "yes"})
    assert sender.send(1)[0] == 409
    assert stored(service) == []


def test_a_file_that_is_taken_away_while_a_piece_comes_does_not_come_back(
    sender: Sender, walk: Walk, service: Service
) -> None:
    sender.send(0)
    kept = visit_of(walk)
    held = InDraft(service, kept, FILES, sender.item, NOW)
    upload = Upload(service, held, NAME, len(FILM))

    def parts() -> Iterator[bytes]:
        yield FILM[PIECE : 2 * PIECE]
        change_draft(service, kept, lambda _draft: Draft(), now=NOW)

    with pytest.raises(OutOfTurn):
        upload.take(1, parts())
    assert read_draft(service, kept, now=NOW).draft == Draft()


def test_words_that_are_saved_meanwhile_keep_the_unfinished_file(
    sender: Sender, walk: Walk
) -> None:
    address = walk.page.path
    sender.send(0)
    walk.press("save", {"file_words": "Made by a neighbour."})
    later = Sender(reloaded(walk, address))
    assert walk.fields["file_words"] == ["Made by a neighbour."]
    assert later.ask()[1]["have"] == 1


def test_an_unfinished_file_is_told_of_and_never_sent(
    sender: Sender, walk: Walk, desk: Visitor, service: Service
) -> None:
    sender.send(0)
    walk.go("check")
    assert "not all of it came, so it is not sent yet" in walk.text
    sent_report(walk)
    files = desk.get(f"{case_at(desk, service)}/files")
    assert NAME not in files.page.text
    assert sweep(service, now=datetime.now(UTC) + timedelta(days=3)) == 1
    assert stored(service) == []


def test_words_about_an_unfinished_file_are_sent(
    sender: Sender, walk: Walk, desk: Visitor, service: Service
) -> None:
    sender.send(0)
    walk.press("", {"file_words": "Made by a neighbour."})
    sent_report(walk)
    assert "Made by a neighbour." in desk.get(f"{case_at(desk, service)}/report").page.text


def test_a_large_file_is_refused_before_anything_comes(sender: Sender) -> None:
    status, told = sender.ask(**{"Upload-Length": str(3 * 2**30)})
    assert status == 413
    assert "This file is too large" in told["words"]


def test_an_empty_file_is_refused(walk: Walk) -> None:
    assert Sender(walk, content=b"").ask()[0] == 422


@pytest.mark.parametrize("token", ["", "made-up"])
def test_no_other_page_sends_a_piece(sender: Sender, service: Service, token: str) -> None:
    sender.token = token
    assert sender.ask()[0] == 403
    assert sender.send(0)[0] == 403
    assert stored(service) == []


def test_however_long_it_takes_no_token_is_too_old_and_the_report_stays_open(
    sender: Sender, walk: Walk, clock: Clock
) -> None:
    address = walk.page.path
    for _part_of_a_day in range(10):
        clock.pass_(hours=20)
        status, told = sender.ask()
        assert status == 200
        sender.token = told["token"]
    assert sender.send(0)[0] == 200
    assert reloaded(walk, address).slug.startswith("files")


def test_a_piece_for_a_report_that_is_closed_is_told_what_to_do(
    sender: Sender, clock: Clock, service: Service
) -> None:
    clock.pass_(days=2)
    sender.token = sender.ask()[1]["token"]  # the old one is not good any more, either
    status, told = sender.send(0)
    assert status == 410
    assert "Open your report again with your code" in told["words"]
    assert stored(service) == []


def test_pieces_are_taken_only_where_a_file_is_asked_for(sender: Sender, walk: Walk) -> None:
    walk.go("officers")
    sender.address = f"{walk.page.path}/abcdefgh/file"
    assert sender.ask()[0] == 404


def test_in_every_language_the_page_says_how_it_goes(walk: Walk) -> None:
    for language in ("kk", "ru", "en"):
        page = walk.visitor.get(walk.page.path.replace("/en/", f"/{language}/")).page
        (box,) = [e for e in page.elements if e.get("data-upload")]
        assert (box.get("data-upload") or "").startswith(f"/{language}/report/")
        assert "{done}" in (box.get("data-going") or "")


def test_a_draft_that_is_gone_takes_its_pieces_along(sender: Sender, service: Service) -> None:
    sender.send(0)
    with service.writing() as session:
        session.execute(delete(DraftRow))
    assert sweep(service, now=datetime.now(UTC) + timedelta(days=3)) == 1
    assert stored(service) == []
