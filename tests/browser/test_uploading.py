"""A file in pieces, from a browser with JavaScript: how it goes is said, and it goes on."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect
from sqlalchemy import select

from intake.store.tables import CaseRow
from intake.vault import PIECE
from tests.browser.broken_line import Line, line
from tests.browser.browsing import (
    assert_fits,
    come_back,
    press,
    report,
    sign_in,
    visit,
)
from tests.browser.filling import with_draft
from tests.files import picture
from tests.form.profiles import PROFILES
from tests.people import COORDINATOR, PASSPHRASES, service_in
from tests.running import Running

PIECES = 4
STORY = "They took me from the market and beat me in a garage."
SAID = "#upload-said"
CHOOSE = "[data-upload] input[type=file]:not([capture])"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A file of several pieces, of which the last is short."""
    path = tmp_path / "тапсыру.png"
    path.write_bytes(picture() + os.urandom((PIECES - 1) * PIECE))
    return path


@pytest.fixture
def breaking(site: Running) -> Iterator[Line]:
    with line(site.port) as made:
        yield made


def file_page(browser: Browser, site: Running, url: str, *, language: str = "en") -> Page:
    """The empty page of a file, as somebody comes to it."""
    context = visit(browser, language=language, javascript=True)
    with_draft(context, site, PROFILES[next(iter(PROFILES))])
    page = context.new_page()
    page.goto(f"{url}/{language}/report/files")
    press(page, "#page p.actions a.wide")
    return page


def heard(page: Page) -> list[str]:
    """Everything that the page says from now on, in order."""
    told: list[str] = []

    def hear(words: str) -> None:
        told.append(words)

    page.expose_function("heard", hear)
    page.evaluate(
        "new MutationObserver(() => heard(document.querySelector('#upload-said').textContent))"
        ".observe(document.querySelector('#upload-said'), {childList: true})"
    )
    return told


def send(page: Page, url: str) -> None:
    """Send the report with a story."""
    page.goto(f"{url}/en/report/story")
    page.locator("[name=narrative]").fill(STORY)
    press(page)
    page.goto(f"{url}/en/report/check")
    press(page)


def refs(site: Running) -> set[str]:
    """What the cases are called that are there by now."""
    service = service_in(site.instance)
    with service.reading() as session:
        found = set(session.scalars(select(CaseRow.ref)))
    service.engine.dispose()
    return found


def at_the_desk(browser: Browser, site: Running, ref: str) -> str:
    """What the desk says of the files of a report."""
    page = visit(browser).new_page()
    sign_in(page, site.url, COORDINATOR, PASSPHRASES[COORDINATOR])
    page.goto(f"{site.url}/desk/cases/{ref}")
    press(page, "form[action$='/open'] button")
    page.goto(f"{site.url}/desk/cases/{ref}/files")
    return page.locator("main").inner_text()


def test_a_line_that_breaks_three_times_costs_only_the_piece_on_the_way(
    browser: Browser, site: Running, breaking: Line, film: Path
) -> None:
    page = file_page(browser, site, breaking.url)
    told, asked = heard(page), list[Request]()
    page.on("request", lambda r: asked.append(r) if r.url.endswith("/piece") else None)
    breaking.cuts[:] = [PIECE // 3, PIECE + PIECE // 2, PIECE]
    page.locator(CHOOSE).set_input_files(film)
    expect(page.locator(SAID)).to_contain_text("All of тапсыру.png is here")
    assert breaking.cuts == []
    assert len(asked) <= PIECES + 3, "What had come was sent again."
    assert any("The line broke. What came is kept." in words for words in told)
    assert len({words for words in told if "percent is here" in words}) > 1
    press(page)
    expect(page.locator("main")).to_contain_text("тапсыру.png", use_inner_text=True)
    before = refs(site)
    send(page, site.url)
    (ref,) = refs(site) - before
    sha256 = hashlib.sha256(film.read_bytes()).hexdigest()
    assert sha256 in at_the_desk(browser, site, ref)


def test_continue_waits_for_the_file_and_goes_on_by_itself(
    browser: Browser, site: Running, film: Path
) -> None:
    page = file_page(browser, site, site.url)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/file/piece", hold, times=1)
    page.locator(CHOOSE).set_input_files(film)
    page.wait_for_timeout(200)
    page.locator("[name=file_words]").fill("Made by a neighbour.")
    page.locator("#page button.go").last.click()
    expect(page.locator(SAID)).to_contain_text("goes on by itself")
    expect(page.locator("progress")).to_be_visible()
    assert_fits(page)
    with page.expect_navigation():
        held[0].continue_()
    expect(page.locator("main")).to_contain_text("тапсыру.png (24 MB)", use_inner_text=True)


def test_save_waits_for_nothing_and_the_same_file_goes_on(
    browser: Browser, site: Running, film: Path
) -> None:
    page = file_page(browser, site, site.url)
    address = page.url
    wanted: list[str] = []
    is_open = [True]

    def first_alone(route: Route) -> None:
        wanted.append(route.request.headers["upload-piece"])
        if is_open[0] and len(wanted) > 1:
            return  # it is on the way for ever
        route.continue_()

    page.route("**/file/piece", first_alone)
    page.locator(CHOOSE).set_input_files(film)
    expect(page.locator(SAID)).to_contain_text("30 percent")
    page.locator("[name=file_words]").fill("Made by a neighbour.")
    press(page, "button[value=save]")
    page.wait_for_url("**/report/kept")

    is_open[0] = False
    wanted.clear()
    page.goto(address)
    assert page.locator("[name=file_words]").input_value() == "Made by a neighbour."
    expect(page.locator("main")).to_contain_text("not all of it came", use_inner_text=True)
    page.locator(CHOOSE).set_input_files(film)
    expect(page.locator(SAID)).to_contain_text("is here. Press")
    assert wanted == [str(index) for index in range(1, PIECES)]


def test_behind_the_code_a_broken_line_costs_only_a_piece_and_send_waits(
    browser: Browser, site: Running, breaking: Line, film: Path
) -> None:
    page = visit(browser, javascript=True).new_page()
    before = refs(site)
    code = report(page, breaking.url, "en", STORY)
    (ref,) = refs(site) - before
    come_back(page, breaking.url, "en", code)
    page.goto(f"{breaking.url}/en/return/more/files")
    breaking.cuts[:] = [PIECE // 3, PIECE + PIECE // 2]
    page.locator(CHOOSE).set_input_files(film)
    for _impatient in range(2):
        page.locator("#page button.go").last.click()
    expect(page.locator(SAID)).to_contain_text("sent by itself")
    assert_fits(page)
    page.wait_for_url("**/return/more?said=sent")
    assert breaking.cuts == []
    assert hashlib.sha256(film.read_bytes()).hexdigest() in at_the_desk(browser, site, ref)


def test_behind_the_code_an_impatient_change_of_language_keeps_the_file(
    browser: Browser, site: Running, film: Path
) -> None:
    page = visit(browser, javascript=True).new_page()
    come_back(page, site.url, "en", report(page, site.url, "en", STORY))
    page.goto(f"{site.url}/en/return/more/files")
    page.locator(CHOOSE).set_input_files(film)
    expect(page.locator(SAID)).to_contain_text("is here. Press “Send”")
    press(page, "button[name=to][value=ru]")
    expect(page.locator("main")).to_contain_text("тапсыру.png (24", use_inner_text=True)
    press(page)
    page.wait_for_url("**/ru/return/more?said=sent")


def test_a_program_is_refused_in_words_and_the_page_stays(
    browser: Browser, site: Running, tmp_path: Path
) -> None:
    program = tmp_path / "picture.jpg"
    program.write_bytes(b"MZ" + bytes(PIECE))
    page = file_page(browser, site, site.url)
    page.locator("[name=file_words]").fill("Made by a neighbour.")
    page.locator(CHOOSE).set_input_files(program)
    expect(page.locator(SAID)).to_contain_text("This file is something else")
    assert page.locator(CHOOSE).input_value() == ""
    assert page.locator("[name=file_words]").input_value() == "Made by a neighbour."


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_how_it_goes_is_said_in_the_language_of_the_page(
    browser: Browser, site: Running, film: Path, language: str
) -> None:
    page = file_page(browser, site, site.url, language=language)
    said = page.locator("[data-upload]").get_attribute("data-all") or ""
    page.locator(CHOOSE).set_input_files(film)
    expect(page.locator(SAID)).to_have_text(said.replace("{name}", "тапсыру.png"))
    assert page.locator(SAID).get_attribute("aria-live") == "polite"
