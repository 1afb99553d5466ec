"""Person 3 of the design: eleven clients in one SIZO, by hand and out of a table."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import delete, select

from intake.casework import Reader, Service, open_case, read_report
from intake.form.answers import Answers
from intake.form.draft import Draft
from intake.form.events import VICTIM_STATUS
from intake.form.gates import UNDER_NON_DISCLOSURE
from intake.form.journey import asked_steps, questions_of
from intake.form.people import REPORTER_ROLE
from intake.store.people import SessionRow
from intake.store.tables import CaseRow
from intake.vault import PIECE
from tests.browser.browsing import PHONE, assert_fits, codes, press, sign_in, visit
from tests.browser.clients import CLIENTS, OF_THE_PLACE, listed, listed_story, of_client, story
from tests.browser.filing_pages import filing_pages
from tests.browser.filling import SEND
from tests.browser.lawyering import (
    ADDS,
    BEGINS,
    LAWYER,
    Lawyer,
    answer,
    asks,
    begun,
    by_hand,
    by_table,
    hire,
    ref_of,
    row_of,
)
from tests.browser.test_axe import assert_nothing_found
from tests.casework.joining import WORDS
from tests.export.pdf_text import words_in
from tests.files import picture
from tests.people import service_in, turn_back
from tests.running import Running

NAMES = tuple(of_client(number)["client_name_for_us"] for number in range(1, CLIENTS + 1))
STORIES = tuple(f(number) for f in (story, listed_story) for number in range(1, CLIENTS + 1))
CHOOSE = "[data-upload] input[type=file]:not([capture])"


@pytest.fixture
def service(own_site: Running) -> Iterator[Service]:
    """The installation, in which she has an account."""
    service = service_in(own_site.instance)
    hire(service)
    yield service
    service.engine.dispose()


def refs(service: Service) -> list[str]:
    with service.reading() as session:
        return list(session.scalars(select(CaseRow.ref)))


def told(reader: Reader, ref: str) -> str:
    """Everything that a report tells who opens it."""
    now = datetime.now(UTC)
    open_case(reader, ref, now=now)
    report = read_report(reader, ref, now=now)
    return json.dumps([section.answers for section in report.sections], default=str)


def asked_of(*, is_silent: bool) -> set[str]:
    """What the form asks a lawyer of somebody who is held, whether she may speak or not."""
    answers = Answers().having(REPORTER_ROLE, "lawyer").having(VICTIM_STATUS, "sizo")
    answers = answers.having(UNDER_NON_DISCLOSURE, "yes" if is_silent else "no")
    draft = Draft(answers)
    steps = asked_steps(draft.answers)
    return {question.name for step in steps for question in questions_of(step, answers)}


def test_eleven_clients_by_hand_and_eleven_out_of_a_table_each_become_one_report(
    browser: Browser, own_site: Running, service: Service, tmp_path: Path
) -> None:
    before, lawyer = set(refs(service)), begun(browser, own_site.url)
    by_hand(lawyer, CLIENTS, tmp_path)
    by_table(lawyer, CLIENTS, tmp_path)
    assert_all_is_listed(lawyer)

    came = [ref for ref in refs(service) if ref not in before]
    assert len(came) == len(set(came)) == 2 * CLIENTS
    of_the_file = asked_of(is_silent=False) - asked_of(is_silent=True)
    assert of_the_file
    assert not of_the_file & lawyer.asked
    assert_codes_are_put_away(lawyer, own_site.url)
    assert_receipts_are_each_of_one_client(lawyer)

    asked = [ref_of(lawyer.page, name) for name in NAMES[:3]]
    coordinator = asks(service, asked)
    answer(lawyer, NAMES[:3])
    assert "new message" not in after_all(lawyer)
    assert "code" not in lawyer.asked
    assert_each_tells_its_own(coordinator, came)


def after_all(lawyer: Lawyer) -> str:
    """Her list, as it stands now."""
    with lawyer.page.expect_navigation():
        lawyer.page.locator(".staff .home").click()
    assert_fits(lawyer.page)
    return lawyer.page.locator("main").inner_text()


def assert_all_is_listed(lawyer: Lawyer) -> None:
    """Each client with the stage, the limit of our answer and the last day of her paper."""
    for name in (*NAMES, *map(listed, range(1, CLIENTS + 1))):
        row = lawyer.page.locator(row_of(name))
        expect(row).to_have_count(1)
        said = row.inner_text()
        assert "Arrived; nobody has opened it yet" in said
        assert "We answer until" in said
        assert "Your paper is good until December 31, 2027" in said


def assert_codes_are_put_away(lawyer: Lawyer, url: str) -> None:
    """Each was shown once; nowhere does one stand any more."""
    assert len(lawyer.codes) == len(set(lawyer.codes)) == 2 * CLIENTS
    expect(lawyer.page.locator("main")).not_to_contain_text(
        "waits to be handed over", use_inner_text=True
    )
    lawyer.page.goto(f"{url}/filings/codes")
    assert codes(lawyer.page) == []
    press(lawyer.page, "main p a")
    press(lawyer.page, f'a.ref:text-is("{listed(1)}")')
    assert codes(lawyer.page) == []
    press(lawyer.page, "main p a")


def assert_receipts_are_each_of_one_client(lawyer: Lawyer) -> None:
    names = [*NAMES, *map(listed, range(1, CLIENTS + 1))]
    assert len(lawyer.receipts) == len(names)
    for name, receipt in list(zip(names, lawyer.receipts, strict=True))[:: CLIENTS - 1]:
        said = words_in(receipt)
        assert name in said
        assert not any(code in said for code in lawyer.codes)
    assert "notice-of-defence.pdf" in words_in(lawyer.receipts[0])


def assert_each_tells_its_own(reader: Reader, came: list[str]) -> None:
    """No report holds words of another client, none is missing, and all name the place."""
    everything = [told(reader, ref) for ref in came]
    found = [[words for words in STORIES if words in one] for one in everything]
    assert sorted(found) == sorted([words] for words in STORIES)
    assert all(OF_THE_PLACE["place_name"] in one for one in everything)


def at_a_paper(browser: Browser, site: Running, folder: Path) -> tuple[Page, Path]:
    """The page of a paper in a filing that has just begun, and a large file for it."""
    film = folder / "visit.png"
    film.write_bytes(picture() + os.urandom(PIECE))
    page = visit(browser, wide=True, javascript=True).new_page()
    sign_in(page, site.url, LAWYER, WORDS)
    press(page, BEGINS)
    press(page, "button[value=save]")
    press(page, ".rows a.ref")
    press(page, ADDS)
    return page, film


def test_a_session_that_ends_while_a_paper_comes_is_told_and_the_paper_goes_on(
    browser: Browser, own_site: Running, service: Service, tmp_path: Path
) -> None:
    page, film = at_a_paper(browser, own_site, tmp_path)
    pieces: list[str] = []

    def ended_after_the_first(route: Route) -> None:
        pieces.append(route.request.headers["upload-piece"])
        if len(pieces) == 2:
            with service.writing() as session:
                session.execute(delete(SessionRow))
        route.continue_()

    page.route("**/file/piece", ended_after_the_first)
    page.locator(CHOOSE).set_input_files(film)
    expect(page.locator("#upload-said")).to_contain_text("Your session ended.")
    turn_back(service, LAWYER, WORDS)
    other = page.context.new_page()
    sign_in(other, own_site.url, LAWYER, WORDS)
    page.locator(CHOOSE).set_input_files(film)
    expect(page.locator("#upload-said")).to_contain_text("is here. Press")
    assert pieces == ["0", "1", "1"]


def test_a_large_paper_goes_in_pieces_from_a_filing_and_stands_on_its_receipt(
    browser: Browser, own_site: Running, service: Service, tmp_path: Path
) -> None:
    del service
    page, film = at_a_paper(browser, own_site, tmp_path)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/file/piece", hold, times=1)
    with page.expect_request("**/file/piece"):
        page.locator(CHOOSE).set_input_files(film)
    expect(page.locator("#upload-said")).to_contain_text("percent is here")
    expect(page.locator("progress")).to_be_visible()
    held[0].continue_()
    expect(page.locator("#upload-said")).to_contain_text("is here. Press")
    press(page)
    press(page)
    press(page, 'main a:text-is("Write a few words")')
    page.locator("[name=narrative]").fill(story(1))
    press(page)
    press(page, SEND)
    with page.expect_download() as arriving:
        page.locator('a[href$="/receipt"]').click()
    said = "".join(words_in(arriving.value.path().read_bytes()).split())
    assert hashlib.sha256(film.read_bytes()).hexdigest() in said.replace("\u200b", "")


def test_axe_finds_nothing_where_she_files_and_every_page_fits_a_phone(
    browser: Browser, own_site: Running, service: Service
) -> None:
    del service
    page = visit(browser, wide=True, javascript=True).new_page()
    sign_in(page, own_site.url, LAWYER, WORDS)
    assert_nothing_found(page, fitting(page, own_site.url))


def fitting(page: Page, url: str) -> Iterator[str]:
    """Her pages, each seen to fit a phone before it is handed on."""
    for name in filing_pages(page, url):
        page.set_viewport_size(PHONE)  # type: ignore[arg-type] # a typed dict of theirs
        assert_fits(page)
        yield name
