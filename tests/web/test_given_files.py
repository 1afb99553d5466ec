"""Files of a case at a specialist's: those that were given to her, and no others."""

import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from intake.casework import Incoming, Reader, Service
from intake.form.answers import Answers, Item, Stored
from intake.form.files import FILE, FILES, INTIMATE_FILE, INTIMATE_FILES
from intake.form.questions import Attached, Repeated
from tests.casework.work.answering import write
from tests.files import picture, stored_file
from tests.people import send_and_open, sister_report
from tests.visitor import Visited, Visitor
from tests.web.offices import pressed
from tests.web.test_access import Givers, allowed_report, givers, sent

__all__ = ["givers"]

PLAIN, PRIVATE = "hand.png", "private.png"
COPY, FOLDED = "Look at a safe copy", "This part is about sexual violence."


def with_files(service: Service, report: Incoming) -> Incoming:
    """The report with a picture that the account holds, and one that is private."""
    told = with_file(service, report.answers, FILES, FILE, PLAIN)
    told = with_file(service, told, INTIMATE_FILES, INTIMATE_FILE, PRIVATE)
    return replace(report, answers=told)


def with_file(
    service: Service, told: Answers, things: Repeated, question: Attached, name: str
) -> Answers:
    stored = stored_file(service, picture(told=name), name=name)
    return told.with_item(things, Item("abcdefgh", Answers().having(question, stored)))


@pytest.fixture
def office(givers: Givers, coordinator: Reader, service: Service) -> Givers:
    """The same people with a case that has files."""
    givers.case = send_and_open(coordinator, with_files(service, allowed_report()))
    return givers


def give(office: Givers, *parts: str) -> Visited:
    """What the specialist sees of the case once she has accepted these parts of it."""
    office.offer(*parts)
    office.answer()
    return office.specialist.get(office.given)


def copies(page: Visited) -> list[str]:
    links = [a for a in page.page.all("a") if a.text.startswith(COPY)]
    return [(a.get("href") or "").partition("#")[0] for a in links]


def files_of(page: Visited, name: str) -> str:
    """The part of the address by which the desk opens the file of this name."""
    (link,) = [a for a in page.page.all("a") if a.text == f"{COPY} {name}"]
    (id_,) = re.findall(r"files/([^/]*)/", link.get("href") or "")
    return str(id_)


def press_of(browser: Visitor) -> list[str]:
    """The token of a button and nothing else."""
    page = browser.get("/desk/given/").page
    (form,) = [f for f in page.all("form") if f.get("action") == "/sign-out"]
    return page.fields(form)["token"]


def answers_to(office: Givers, names: Collection[str]) -> dict[str, tuple[int, int]]:
    """How the specialist's addresses of a copy and of the original answer, by file."""
    desk = office.desk.get(f"/desk/cases/{office.case.ref}/files")
    (press,) = press_of(office.specialist)
    places = {name: f"{office.given}/files/{files_of(desk, name)}" for name in names}
    return {
        name: (
            office.specialist.get(f"{place}/copy").status,
            office.specialist.post(f"{place}/original", {"token": press}).status,
        )
        for name, place in places.items()
    }


def test_she_looks_at_a_copy_and_takes_out_the_original(office: Givers) -> None:
    page = give(office, "account")
    assert PLAIN in page.page.text
    assert "its safe copy shows the first one only" in page.page.text
    (address,) = copies(page)
    copy = office.specialist.get(address)
    assert (copy.status, copy.answer.mimetype) == (200, "image/png")
    assert PLAIN.encode() not in copy.body

    original = pressed(office.specialist, office.given, "/original")
    assert original.body == picture(told=PLAIN)
    assert original.answer.headers["Content-Disposition"].startswith("attachment")

    lines = office.desk.get(f"/desk/cases/{office.case.ref}/timeline").page.text
    assert "Looked at a safe copy of a file" in lines
    assert "Took out a file as it was sent" in lines


def test_private_pictures_are_not_hers_unless_their_part_was_given(office: Givers) -> None:
    page = give(office, "account")
    assert PRIVATE not in page.page.text
    assert FOLDED not in page.page.text
    assert answers_to(office, [PLAIN, PRIVATE]) == {PLAIN: (200, 200), PRIVATE: (404, 404)}


def test_private_pictures_that_were_given_lie_folded(office: Givers) -> None:
    page = give(office, "account", "intimate")
    (folded,) = [
        e for e in page.page.all("details") if e.get("class") == "folded" and COPY in e.text
    ]
    assert FOLDED in folded.text
    assert PRIVATE in folded.text
    assert PLAIN not in folded.text
    assert answers_to(office, [PRIVATE]) == {PRIVATE: (200, 200)}
    lines = office.desk.get(f"/desk/cases/{office.case.ref}/timeline").page.text
    assert "Looked at a safe copy of a private picture" in lines


def test_files_lie_closed_where_only_names_were_given(office: Givers) -> None:
    page = give(office, "identity")
    assert copies(page) == []
    assert "Files that came with the report" not in page.page.text
    assert answers_to(office, [PLAIN]) == {PLAIN: (404, 404)}


def test_files_open_neither_before_she_accepts_nor_after_it_was_taken_back(
    office: Givers,
) -> None:
    office.offer("account")
    assert answers_to(office, [PLAIN]) == {PLAIN: (404, 404)}
    office.answer()
    assert answers_to(office, [PLAIN]) == {PLAIN: (200, 200)}
    seen = office.desk.get(office.tab)
    grant = office.desk.get(next(a for a in seen.page.links if a.count("-") >= 4))
    sent(office.desk, grant, "/take-back", {})
    assert answers_to(office, [PLAIN]) == {PLAIN: (404, 404)}


def test_a_file_of_another_case_looks_like_one_that_is_nowhere(
    office: Givers, coordinator: Reader
) -> None:
    (address,) = copies(give(office, "account"))
    theirs = send_and_open(coordinator).ref
    assert office.specialist.get(address.replace(office.case.ref, theirs)).status == 404
    other = re.sub(r"files/[^/]*", f"files/{office.case.ref.encode().hex():0>32}", address)
    assert office.specialist.get(other).status == 404


def test_where_no_copy_can_be_made_she_reads_why_at_the_file(
    office: Givers, service: Service
) -> None:
    private = copies(give(office, "account", "intimate"))[-1]
    for piece in (service.settings.instance / "files").rglob("*"):
        if piece.is_file():
            spoil(piece)
    answer = office.specialist.get(private)
    assert answer.status == 409
    assert answer.page.title.startswith("Error:")
    (alert,) = [e for e in answer.page.all("p") if e.get("role") == "alert"]
    assert "This file is damaged" in alert.text
    (opened,) = [e for e in answer.page.all("details") if e.get("open") is not None]
    assert PRIVATE in opened.text


def spoil(piece: Path) -> None:
    changed = bytearray(piece.read_bytes())
    changed[len(changed) // 2] ^= 1
    piece.write_bytes(changed)


def test_pictures_of_a_child_lie_folded(
    givers: Givers, coordinator: Reader, service: Service
) -> None:
    child = sister_report(
        age_band_then="14_15", consent=("refer_internal",), consent_giver="guardian_assent"
    )
    givers.case = send_and_open(coordinator, with_files(service, child))
    agreed: dict[str, Stored] = {"assent": "yes", "guardian_involved": "no", "assent_why": "-"}
    write(coordinator, givers.case.ref, "assent", **agreed)
    page = give(givers, "account")
    (folded,) = [
        e for e in page.page.all("details") if e.get("class") == "folded" and COPY in e.text
    ]
    assert "This part is about a child." in folded.text
