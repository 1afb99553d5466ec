"""A case given to a specialist and taken back, on a narrow screen without JavaScript."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.casework import new_once, resume, submit
from intake.casework.cases import open_case
from intake.casework.finding import Wish, queue
from intake.roles import Role
from tests.browser.browsing import assert_fits, press, sign_in, visit
from tests.files import picture, with_file
from tests.people import (
    COORDINATOR,
    PASSPHRASES,
    add_member,
    service_in,
    set_up_app,
    sister_report,
    turn_back,
)
from tests.people import sign_in as signed_in
from tests.running import Running

PSYCHOLOGIST, WORDS = "psychologist", "seven words that no list holds here"


@pytest.fixture
def ref(own_site: Running) -> str:
    """An opened case that may be referred, and a psychologist who is in."""
    service, now = service_in(own_site.instance), datetime.now(UTC)
    before = now - timedelta(minutes=2)
    report = sister_report(now, consent=("refer_internal",), consent_giver="victim")
    submit(service, with_file(service, report, picture(400)), once=new_once())
    turn_back(service, COORDINATOR, PASSPHRASES[COORDINATOR])
    cookie = signed_in(service, COORDINATOR, PASSPHRASES[COORDINATOR], now=before).cookie
    reader = resume(service, cookie, now=now)
    add_member(reader, PSYCHOLOGIST, (Role.PSYCHOLOGIST,), WORDS)
    hers = resume(service, signed_in(service, PSYCHOLOGIST, WORDS, now=before).cookie, now=now)
    set_up_app(hers, WORDS, now=before)
    newest = queue(reader, Wish(sort="newest"), now=now).rows[0]
    open_case(reader, newest.ref, now=now)
    service.engine.dispose()
    return newest.ref


def window(browser: Browser, site: Running, handle: str, words: str) -> Page:
    page = visit(browser).new_page()
    sign_in(page, site.url, handle, words)
    return page


def test_a_case_is_offered_accepted_read_and_taken_back(
    browser: Browser, own_site: Running, ref: str
) -> None:
    desk = window(browser, own_site, COORDINATOR, PASSPHRASES[COORDINATOR])
    desk.goto(f"{own_site.url}/desk/cases/{ref}/access")
    assert_fits(desk)
    desk.locator("label.choice", has_text="psychologist (Psychologist)").check()
    desk.locator("[name=parts][value=account]").check()
    desk.locator("[name=note]").fill("Can you see him on Thursday?")
    press(desk)
    expect(desk.get_by_text("offered, no answer yet")).to_be_visible()

    hers = window(browser, own_site, PSYCHOLOGIST, WORDS)
    hers.goto(f"{own_site.url}/desk/given/")
    assert_fits(hers)
    expect(hers.get_by_text("Can you see him on Thursday?")).to_be_visible()
    assert ref not in hers.content()
    press(hers, "button[value=accept]")
    press(hers, "table.rows a.ref")
    expect(hers.get_by_text("Бересклетовых").first).to_be_visible()
    assert "Zhasylqurt" not in hers.content()
    assert_fits(hers)
    case = hers.url
    press(hers, "a.calm[href*='/copy']")
    assert hers.locator("img").evaluate("i => [i.naturalWidth, i.naturalHeight]") == [400, 400]

    _take_back(desk)
    gone = hers.goto(case)
    assert gone is not None
    assert gone.status == 404


def _take_back(desk: Page) -> None:
    desk.reload()
    press(desk, ".cards .thing a")
    assert_fits(desk)
    press(desk, "form[action$=take-back] button")
    expect(desk.get_by_text("opens nothing of this case any more")).to_be_visible()
