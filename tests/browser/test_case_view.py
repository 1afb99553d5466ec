"""Reading a report by keyboard alone, and on a narrow screen."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.casework import resume, sign_in
from intake.casework.cases import open_case
from tests.browser.browsing import assert_fits, visit
from tests.browser.browsing import sign_in as signed_in
from tests.people import COORDINATOR, PASSPHRASES, code_now, send, service_in, short_report
from tests.running import Running

WORDS = "What was done in the cellar of Ravenhall."


@pytest.fixture
def report(browser: Browser, site: Running) -> Page:
    """A report that tells of sexual violence, opened before a trained handler."""
    service, now = service_in(site.instance), datetime.now(UTC)
    told = short_report(now, narrative="He was beaten.", intimate_narrative=WORDS)
    sent = send(service, told)
    words = PASSPHRASES[COORDINATOR]
    code = code_now(site.instance, COORDINATOR, words)
    session = sign_in(service, COORDINATOR, words, code, known=None, now=now)
    reader = resume(service, session.cookie, now=now)
    open_case(reader, sent.ref, now=now)
    service.engine.dispose()
    page = visit(browser).new_page()
    signed_in(page, site.url, COORDINATOR, words)
    page.goto(f"{site.url}/desk/cases/{sent.ref}/report")
    return page


def test_what_is_folded_opens_by_keyboard_and_closes_again(report: Page) -> None:
    words = report.get_by_text(WORDS)
    expect(words).to_be_hidden()
    report.locator("#part-intimate > summary").focus()
    report.keyboard.press("Enter")
    expect(words).to_be_visible()
    report.keyboard.press("Enter")
    expect(words).to_be_hidden()


def test_links_lead_to_each_part_of_the_report(report: Page) -> None:
    links = report.locator("nav.inside a")
    addresses = [link.get_attribute("href") or "" for link in links.all()]
    assert len(addresses) > 3
    assert [a for a in addresses if report.locator(a).count() != 1] == []


def test_an_unfolded_report_fits_a_narrow_screen(report: Page) -> None:
    for folded in report.locator("main details > summary").all():
        folded.click()
    expect(report.get_by_text(WORDS)).to_be_visible()
    assert_fits(report)
