# ruff: noqa: RUF001 - lists are kept in Cyrillic letters
"""Several clients out of a table, in the browser of a lawyer and without JavaScript."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from intake.casework import Reader, Service, resume
from intake.casework.drafts import draft_in, row_of
from intake.casework.filings.kept import filings
from intake.casework.receipts import read_once
from intake.form.acting import CLIENT_NAME_FOR_US
from intake.form.draft import Draft
from intake.form.events import AGENCY, DETAINED_ON, METHOD, NARRATIVE, VICTIM_STATUS
from intake.form.people import REPORTER_ROLE, VICTIM_NAME
from intake.form.table.columns import COLUMNS
from intake.roles import Role
from tests.casework.joining import WORDS
from tests.people import EARLIER, NOW, add_member, set_up_app, sign_in
from tests.visitor import Sent, Visited, Visitor
from tests.web.conftest import Clock, signed_in
from tests.web.test_account import sign_in as sign_in_again
from tests.web.test_account import switch, texts

CHANGED = "A. B., son of 50% of C."
START = "/filings/table/"
CLIENTS = f"{START}clients"
ROWS = """Name for us;Name;Where the person is now;Taken on;What was done;50% of cells
Lark;A. B.;SIZO;18.11.2026;Burns with iron;"14, left"
Wren;V. G.;In hiding;31.02.2026;Strangling, pressing the neck;=2+5
"""


@pytest.fixture
def lawyer(service: Service, coordinator: Reader) -> Reader:
    add_member(coordinator, "kairat", (Role.FILING_LAWYER,), WORDS)
    reader = resume(service, sign_in(service, "kairat", WORDS, now=NOW).cookie, now=NOW)
    set_up_app(reader, WORDS, now=EARLIER)
    return reader


@pytest.fixture
def browser(app: Flask, lawyer: Reader) -> Visitor:
    return signed_in(app, sign_in(lawyer.service, lawyer.handle, WORDS, now=NOW).cookie)


def paste(browser: Visitor, text: str) -> Visited:
    return send(browser, browser.get(START), START, text=text)


def send(browser: Visitor, page: Visited, address: str, **typed: str) -> Visited:
    """Send the form of the page that goes to this address."""
    form = next(f for f in page.page.all("form") if f.get("action") == address)
    return browser.post(address, {**page.page.fields(form), **typed})


def upload(browser: Visitor, content: bytes) -> Visited:
    page = browser.get(START)
    form = next(f for f in page.page.all("form") if f.get("action") == f"{START}file")
    fields: Sent = {
        **page.page.fields(form),
        "file": FileStorage(BytesIO(content), "clients.csv"),
    }
    return browser.post(f"{START}file", fields)


def drafts(reader: Reader) -> dict[str, Draft]:
    """The drafts of the reader's filings, by what she calls them."""
    with reader.service.reading() as session:
        found = [(one.name, read_once(one.once)) for one in filings(reader, session)]
        return {name: draft_in(row_of(session, once), once) for name, once in found}


def stored(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_a_table_is_shown_with_each_fault_beside_its_cell_and_becomes_drafts_once(
    browser: Visitor, lawyer: Reader
) -> None:
    preview = paste(browser, ROWS)
    assert preview.status == 200
    assert preview.page.title.startswith("Error: Look through 2 clients")
    day = preview.page.by_id("cell-2-4")
    assert day is not None
    assert (day.get("value"), day.get("aria-invalid")) == ("31.02.2026", "true")
    fault = preview.page.by_id((day.get("aria-describedby") or "").split()[0])
    assert fault is not None
    assert "no such day" in fault.text
    assert "#cell-2-4" in preview.page.links
    for _ in range(2):
        made = send(browser, preview, CLIENTS, go="make")
        assert (made.status, made.location) == (303, "/filings/?said=made")
    lark, wren = (drafts(lawyer)[name] for name in ("Lark", "Wren"))
    assert len(drafts(lawyer)) == 2
    assert lark.answers[REPORTER_ROLE] == "lawyer"
    assert lark.answers[VICTIM_STATUS] == "sizo"
    assert str(lark.answers[DETAINED_ON]) == "2026-11-18"
    assert lark.answers[NARRATIVE] == "What was done: Burns with iron\n50% of cells: 14, left"
    assert wren.typed == {"detained_on": "31.02.2026"}
    assert wren.answers[METHOD] == ("strangulation",)
    assert wren.answers[NARRATIVE] == "50% of cells: =2+5"


def test_who_signed_to_be_silent_is_told_so_beside_what_she_wrote_of_the_case(
    browser: Visitor,
) -> None:
    rows = "Where the person is now;Article;Non-disclosure paper\nSIZO;146;yes\nSIZO;146;no\n"
    preview = paste(browser, rows)
    note = "You signed that you keep silent about the case"
    shown = {place: preview.page.by_id(f"note-{place}") for place in ("1-2", "2-2")}
    texts = {place: found.text if found else "" for place, found in shown.items()}
    assert (note in texts["1-2"], note in texts["2-2"]) == (True, False)


def test_what_is_mended_and_put_under_another_title_is_read_again(
    browser: Visitor, lawyer: Reader
) -> None:
    preview = paste(browser, "Name;Кто это был\nА. Б.;полицейские\n;\n")
    assert "Titles that we do not know" in preview.page.text
    titles = ["victim_name", "agency"]
    form = next(f for f in preview.page.all("form") if f.get("action") == CLIENTS)
    fields = {**preview.page.fields(form), "column": titles}
    again = browser.post(CLIENTS, fields)
    assert "“полицейские” is not in the list" in again.page.text
    mended = send(browser, again, CLIENTS, **{"1-2": "National Guard", "go": "make"})
    assert mended.status == 303
    (draft,) = drafts(lawyer).values()
    assert draft.answers[VICTIM_NAME] == "А. Б."
    assert draft.answers[AGENCY] == ("national_guard",)
    assert draft.answers[CLIENT_NAME_FOR_US] is None


def test_a_file_of_an_old_program_is_read_and_never_kept(
    browser: Visitor, service: Service
) -> None:
    before = set(stored(service.settings.instance))
    page = upload(browser, "victim_name;agency\nАйдос;КНБ\n".encode("cp1251"))
    cell = page.page.by_id("cell-1-1")
    assert cell is not None
    assert cell.get("value") == "Айдос"
    assert "National Security Committee" in page.page.text
    files = set(stored(service.settings.instance))
    assert {path.name for path in files - before} <= {"intake.db-wal", "intake.db-shm"}
    assert not any("Айдос".encode("cp1251") in path.read_bytes() for path in files)


def test_what_is_no_table_is_refused_and_what_was_pasted_stays(browser: Visitor) -> None:
    book = upload(browser, b"PK\x03\x04 a workbook")
    assert book.status == 422
    assert "This is not a CSV file" in book.page.text
    unknown = paste(browser, "Vogel;Baum\nLark;A. B.")
    assert unknown.status == 422
    assert "We know none of the titles" in unknown.page.text
    assert "Lark;A. B." in unknown.page.markup
    assert upload(browser, b"").status == 422


def test_a_table_as_large_as_it_may_be_is_taken_cell_by_cell(
    browser: Visitor, lawyer: Reader
) -> None:
    told = "Ж" * 5_000
    titles = "Name for us;What happened\n"
    preview = paste(browser, titles + "".join(f"N{n};{told}\n" for n in range(100)))
    assert preview.page.title == "Look through 100 clients"
    assert send(browser, preview, CLIENTS, go="make").status == 303
    assert len(drafts(lawyer)) == 100


def test_a_story_that_the_form_does_not_take_is_shortened_first(
    browser: Visitor, lawyer: Reader
) -> None:
    preview = paste(browser, "What happened\n" + "a" * 40_001)
    made = send(browser, preview, CLIENTS, go="make")
    assert made.status == 422
    assert "The story is 1 characters too long" in made.page.text
    assert drafts(lawyer) == {}


def test_a_page_that_cannot_be_taken_once_is_sent_once_more(browser: Visitor) -> None:
    preview = paste(browser, ROWS)
    refused = send(browser, preview, CLIENTS, go="make", once="none of ours")
    assert refused.status == 422
    assert "This page is too old" in refused.page.text
    assert send(browser, refused, CLIENTS, go="make").status == 303


def test_cells_that_were_typed_when_the_session_ended_wait_for_the_next_one(
    browser: Visitor, clock: Clock
) -> None:
    preview = paste(browser, ROWS)
    clock.pass_(minutes=61)
    ended = send(browser, preview, CLIENTS, **{"1-2": CHANGED})
    assert ended.status == 401
    offered = sign_in_again(browser, "kairat", WORDS, page=ended)
    assert texts(offered)[:3] == ["Lark", CHANGED, "SIZO"]
    again = browser.send(offered)
    assert "Look through 2 clients" in again.page.title
    cell = again.page.by_id("cell-1-2")
    assert cell is not None
    assert cell.get("value") == CHANGED
    assert send(browser, again, CLIENTS, go="make").status == 303


def test_another_language_keeps_every_cell(browser: Visitor) -> None:
    preview = paste(browser, ROWS)
    changed = switch(browser, preview, "ru", {"1-2": CHANGED})
    assert changed.status == 200
    cell = changed.page.by_id("cell-1-2")
    assert cell is not None
    assert cell.get("value") == CHANGED


def test_the_empty_table_is_read_with_its_own_titles_in_every_language(
    browser: Visitor,
) -> None:
    for language in ("kk", "ru", "en"):
        browser.client.set_cookie("l", language, domain="127.0.0.1")
        empty = browser.get(f"{START}empty.csv")
        titles = empty.body.decode("utf-8-sig").strip()
        browser.client.set_cookie("l", "en", domain="127.0.0.1")
        cells = ";".join("." for _column in COLUMNS)
        preview = paste(browser, f"{titles}\n{cells}\n")
        assert "Titles that we do not know" not in preview.page.text
