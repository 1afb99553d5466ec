"""Files in the report form: sealed while they arrive, found again at the desk."""

import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import delete, select
from werkzeug.datastructures import FileStorage

from intake.casework import Reader, Service
from intake.casework.files import rooms
from intake.casework.files.arriving import JUDGED_BY, take_away
from intake.casework.files.sweeping import sweep
from intake.settings.values import MIB
from intake.store.blob_errors import BlobError
from intake.store.blobs import Blobs
from intake.store.tables import BlobRow, CaseRow, DraftRow
from intake.web.arriving import PLACES
from tests.files import NAME, picture
from tests.people import send, send_and_open
from tests.visitor import Visited, Visitor
from tests.web.journey_walk import STORY, Walk
from tests.web.offices import pressed


def sent(content: bytes, name: str = NAME) -> FileStorage:
    return FileStorage(io.BytesIO(content), filename=name)


@pytest.fixture
def walk(visitor: Visitor) -> Walk:
    walk = Walk.begun(visitor).skip_to("files")
    return add(walk)


def add(walk: Walk) -> Walk:
    (link,) = [a for a in walk.page.page.all("a") if a.text == "Add a file"]
    walk.page = walk.visitor.get(link.get("href") or "")
    return walk


def stored(service: Service) -> list[Path]:
    folder = service.settings.instance / "files"
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_picture_is_kept_with_what_is_said_of_it(walk: Walk, service: Service) -> None:
    content = picture()
    walk.press("", {"file": sent(content), "file_words": "Taken on the day after."})
    assert walk.slug == "files"
    assert NAME in walk.text
    (piece,) = stored(service)
    assert content[:200] not in piece.read_bytes()
    assert NAME.encode() not in piece.read_bytes()
    with service.reading() as session:
        (row,) = session.query(BlobRow).all()
    assert row.id.hex == piece.parent.name


def filled_in(walk: Walk, content: bytes, name: str = NAME, **more: str) -> Walk:
    return walk.press("", {"file": sent(content, name), **more})


def sent_report(walk: Walk) -> None:
    """Send what was told, with a story."""
    walk.go("story").press("", {"narrative": STORY})
    walk.go("check").press()


def case_at(desk: Visitor, service: Service) -> str:
    """The case of the only report, opened."""
    with service.reading() as session:
        ref = session.scalars(select(CaseRow.ref)).one()
    address = f"/desk/cases/{ref}"
    pressed(desk, address, "/open")
    return address


def test_what_is_no_picture_and_no_paper_is_not_kept(walk: Walk, service: Service) -> None:
    filled_in(walk, b"#!/bin/sh\necho\n", "notes.sh", file_words="What I wrote about it.")
    assert "This file is something else" in walk.text
    assert walk.fields["file_words"] == ["What I wrote about it."]
    assert stored(service) == []


@pytest.mark.parametrize("button", ["back", "save", "finish"])
def test_every_button_says_that_a_file_is_not_taken(walk: Walk, button: str) -> None:
    walk.press(button, {"file": sent(b"MZ" + bytes(90), "a.jpg")})
    assert "This file is something else" in walk.text


def test_another_file_takes_the_place_of_the_first(walk: Walk, service: Service) -> None:
    address = walk.page.path
    filled_in(walk, picture(), "first.png")
    (before,) = stored(service)
    walk.page = walk.visitor.get(address)
    assert "Kept: first.png" in walk.text
    filled_in(walk, picture(), "second.png")
    (after,) = stored(service)
    assert after != before
    assert "second.png" in walk.text
    assert "first.png" not in walk.text


def test_changing_words_alone_keeps_the_file(walk: Walk, service: Service) -> None:
    address = walk.page.path
    filled_in(walk, picture())
    before = stored(service)
    walk.page = walk.visitor.get(address)
    walk.press("", {"file": sent(b"", ""), "file_words": "Other words."})
    assert NAME in walk.text
    assert stored(service) == before


def test_a_file_that_is_taken_away_is_gone_from_the_disk(walk: Walk, service: Service) -> None:
    address = walk.page.path
    filled_in(walk, picture())
    walk.page = walk.visitor.get(f"{address}?away=ask")
    walk.press("remove", {"sure": "yes"})
    assert NAME not in walk.text
    assert stored(service) == []


def copies(page: Visited) -> list[str]:
    links = [a for a in page.page.all("a") if a.text.startswith("Look at a safe copy")]
    return [a.get("href") or "" for a in links]


def test_the_desk_sees_a_clean_copy_and_takes_out_the_original(
    walk: Walk, desk: Visitor, service: Service
) -> None:
    content = picture(told="Almaty")
    filled_in(walk, content, file_words="Taken on the day after.")
    sent_report(walk)
    case = case_at(desk, service)
    files = desk.get(f"{case}/files")
    assert NAME in files.page.text
    assert "Taken on the day after." in files.page.text
    assert hashlib.sha256(content).hexdigest() in files.page.text

    (address,) = copies(files)
    copy = desk.get(address)
    assert copy.answer.mimetype == "image/png"
    assert b"Almaty" in content
    assert b"Almaty" not in copy.body
    assert Image.open(io.BytesIO(copy.body)).size == (40, 40)

    original = pressed(desk, f"{case}/files", "/original")
    assert original.body == content
    assert original.answer.headers["Content-Disposition"].startswith("attachment")
    assert original.answer.mimetype == "application/octet-stream"
    assert NAME not in original.answer.headers["Content-Disposition"]

    line = desk.get(f"{case}/timeline").page.text
    assert "Looked at a safe copy of a file" in line
    assert "Took out a file as it was sent" in line


def test_a_file_of_another_case_looks_like_one_that_is_nowhere(
    walk: Walk, desk: Visitor, service: Service
) -> None:
    filled_in(walk, picture())
    sent_report(walk)
    address = copies(desk.get(f"{case_at(desk, service)}/files"))[0]
    other = send(service).ref
    pressed(desk, f"/desk/cases/{other}", "/open")
    assert desk.get(re.sub(r"cases/[^/]*", f"cases/{other}", address)).status == 404
    assert desk.get(re.sub(r"files/[^/]*", f"files/{uuid4()}", address)).status == 404


def test_what_is_stored_and_was_changed_is_not_shown(
    walk: Walk, desk: Visitor, service: Service
) -> None:
    filled_in(walk, picture())
    sent_report(walk)
    (piece,) = stored(service)
    changed = bytearray(piece.read_bytes())
    changed[len(changed) // 2] ^= 1
    piece.write_bytes(changed)
    (address,) = copies(desk.get(f"{case_at(desk, service)}/files"))
    assert desk.get(address).status == 409


def test_the_sweep_takes_what_no_report_holds(walk: Walk, service: Service) -> None:
    filled_in(walk, picture())
    kept = stored(service)
    sent_report(walk)
    later = datetime.now(UTC) + timedelta(days=3)
    assert sweep(service, now=later) == 0
    assert stored(service) == kept

    walk = add(Walk.begun(walk.visitor).skip_to("files"))
    filled_in(walk, picture())
    with service.writing() as session:
        session.execute(delete(DraftRow))
    assert sweep(service, now=datetime.now(UTC)) == 0  # it may be arriving just now
    assert sweep(service, now=later) == 1
    assert stored(service) == kept


def test_a_file_comes_later_with_the_code(
    visitor: Visitor, desk: Visitor, coordinator: Reader, service: Service
) -> None:
    told = send_and_open(coordinator)
    visitor.send(visitor.get("/en/return/"), {"code": told.code})
    page = visitor.follow(visitor.get("/en/return/more/files"))
    (name,) = [e.get("name") for e in page.page.all("input") if e.get("type") == "file"][:1]
    answer = visitor.send(page, {name or "": sent(picture())})
    assert answer.status == 303
    assert visitor.send(page, {name or "": sent(picture())}).status == 303
    assert NAME in desk.get(f"/desk/cases/{told.ref}/files").page.text
    assert len(copies(desk.get(f"/desk/cases/{told.ref}/files"))) == 1
    assert len(stored(service)) == 1


def test_what_nobody_asked_for_is_let_go(visitor: Visitor, service: Service) -> None:
    walk = Walk.begun(visitor).skip_to("story")
    walk.press("", {"narrative": STORY, "file": sent(picture())})
    assert stored(service) == []


def test_a_file_for_a_report_that_is_closed_is_not_kept(walk: Walk, service: Service) -> None:
    walk.visitor.get("/exit")
    answer = walk.pressed("", {"file": sent(picture()), "file_words": "What I wrote."})
    assert "What I wrote." in answer.page.text
    assert "The file was not kept." in answer.page.text
    assert stored(service) == []


def test_a_page_of_a_closed_report_says_that_its_file_was_not_added(
    visitor: Visitor, coordinator: Reader, walk: Walk, service: Service
) -> None:
    told = send_and_open(coordinator)
    visitor.get("/exit")
    walk.page = walk.pressed("", {"file_words": "What I wrote."})
    answer = walk.pressed("open", {"file": sent(picture()), "code": told.code})
    assert "The file was not kept." in answer.page.text
    assert "What I wrote." in answer.page.text
    assert stored(service) == []


def test_what_belongs_to_a_case_is_taken_away_by_no_page_of_its_report(
    walk: Walk, service: Service
) -> None:
    """A page may be pressed in one window while another sends the report."""
    filled_in(walk, picture())
    sent_report(walk)
    kept = stored(service)
    with service.reading() as session:
        ids = session.scalars(select(BlobRow.id)).all()
    take_away(service, [*ids, *(uuid4() for _ in range(1200))])
    assert stored(service) == kept != []


def test_of_many_files_in_one_request_one_is_begun(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[UUID] = []

    def begin(_service: Service, _owner: UUID, file: UUID) -> None:
        begun.append(file)

    monkeypatch.setattr(rooms, "_begin", begin)
    many = [sent(picture() + bytes(JUDGED_BY), f"{n}.png") for n in range(20)]
    answer = walk.pressed("", {"file": many})
    let_go(answer)
    assert answer.status == 422
    assert "Only one file fits on a page." in answer.page.text
    assert len(begun) == 1


def test_where_the_store_of_files_does_not_answer_the_words_come_back(
    walk: Walk, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_values: object) -> None:
        raise BlobError

    monkeypatch.setattr(Blobs, "put", away)
    filled_in(walk, picture(), file_words="Words that stay.")
    assert "Very many files arrive just now." in walk.text
    assert walk.fields["file_words"] == ["Words that stay."]
    filled_in(walk, picture() + bytes(9 * MIB), file_words="Words that stay.")
    let_go(walk.page)
    assert "Very many files arrive just now." in walk.text
    assert walk.fields["file_words"] == ["Words that stay."]
    assert stored(service) == []


def test_while_every_place_is_taken_a_large_file_is_answered_with_a_page(
    app: Flask, walk: Walk
) -> None:
    with all_places_taken(app):
        answer = walk.pressed("", {"file": sent(picture() + bytes(6 * MIB))})
    let_go(answer)
    assert answer.status == 503
    assert answer.answer.headers["Retry-After"]


def let_go(visited: Visited) -> None:
    """Close what the test client keeps of a large body on the disk."""
    visited.answer.request.environ["wsgi.input"].close()


@contextmanager
def all_places_taken(app: Flask) -> Iterator[int]:
    """So many large files as may arrive at once; how many these are."""
    places, taken = app.extensions[PLACES], 0
    while places.acquire(blocking=False):
        taken += 1
    try:
        yield taken
    finally:
        for _place in range(taken):
            places.release()


def with_limits(app: Flask, **limits: int) -> None:
    service = app.extensions["intake"]
    app.extensions["intake"] = replace(service, settings=replace(service.settings, **limits))


def test_a_file_that_is_too_large_is_told_so_and_leaves_nothing(
    app: Flask, walk: Walk, service: Service
) -> None:
    with_limits(app, file_bytes=1000)
    filled_in(walk, picture(), file_words="Words that stay.")
    assert "This file is too large." in walk.text
    assert walk.fields["file_words"] == ["Words that stay."]
    assert stored(service) == []


def test_all_files_of_a_report_have_one_room(app: Flask, walk: Walk, service: Service) -> None:
    with_limits(app, report_files_bytes=len(picture()) + 100)
    filled_in(walk, picture())
    filled_in(add(walk), picture(), "second.png")
    assert "This file is too large." in walk.text
    assert len(stored(service)) == 1


def test_where_too_much_waits_unread_words_are_taken_and_files_are_not(
    app: Flask, walk: Walk, service: Service
) -> None:
    with_limits(app, unread_files_bytes=0)
    filled_in(walk, picture(), file_words="Words that stay.")
    assert "There is no room for files just now." in walk.text
    assert stored(service) == []
    walk.press("", {"file_words": "Words that stay."})
    assert walk.slug == "files"


def test_a_private_picture_opens_for_a_trained_handler_alone(
    visitor: Visitor, desk: Visitor, second_desk: Visitor, service: Service
) -> None:
    walk = Walk.begun(visitor).skip_to("story").press("", {"narrative": STORY})
    walk.go("sexual-gate").press("", {"sexual_choice": "tell"})
    walk.go("sexual").press("", {"evidence": "intimate_photo"})
    walk.go("private-files")
    (link,) = [a for a in walk.page.page.all("a") if a.text.startswith("Add a private")]
    walk.page = walk.visitor.get(link.get("href") or "")
    walk.press("", {"intimate_file": sent(picture())})
    walk.go("check").press()
    case = case_at(desk, service)
    (address,) = copies(desk.get(f"{case}/files"))
    assert copies(second_desk.get(f"{case}/files")) == []
    assert NAME not in second_desk.get(f"{case}/files").page.text
    assert NAME not in second_desk.get(f"{case}/report").page.text
    assert second_desk.get(address).status == 404
    assert desk.get(address).status == 200
    assert (
        "Looked at a safe copy of a private picture" in desk.get(f"{case}/timeline").page.text
    )


def test_a_file_that_came_while_another_window_changed_the_page_is_asked_for_again(
    walk: Walk, service: Service
) -> None:
    other = Walk(walk.visitor, walk.page)
    filled_in(other, picture(), "theirs.png", file_words="Theirs.")
    answer = walk.pressed("", {"file": sent(picture(50)), "file_words": "Mine."})
    assert answer.status == 409
    assert "The file is not kept yet. Choose it once more." in answer.page.text
    assert len(stored(service)) == 1


def test_of_two_files_on_one_page_the_first_is_kept_and_the_other_is_asked_for(
    walk: Walk, service: Service
) -> None:
    walk.press("", {"file": [sent(picture()), sent(picture(50), "spoken.png")]})
    assert "Add the other one on a page of its own." in walk.text
    assert f"Kept: {NAME}" in walk.text
    assert len(stored(service)) == 1
