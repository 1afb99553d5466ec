"""Not a typed word is lost, and no report is there twice, whatever goes wrong on the way."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, expect
from sqlalchemy import delete, func, select

from intake.store.people import SessionRow
from intake.store.tables import CaseRow
from tests.browser.browsing import (
    FLAGS,
    PHONE,
    assert_language,
    chromium_path,
    code_at,
    codes,
    come_back,
    fill_urgent,
    press,
    report,
    sign_in,
    visit,
)
from tests.people import COORDINATOR, PASSPHRASES, service_in
from tests.running import Running

WORDS = "They took my brother, and I write this slowly."
NOBODY_KEEPS_COOKIES = {"profile": {"default_content_setting_values": {"cookies": 2}}}


def cases(site: Running) -> int:
    service = service_in(site.instance)
    with service.reading() as session:
        number = session.scalar(select(func.count()).select_from(CaseRow)) or 0
    service.engine.dispose()
    return number


def lose_the_answer(route: Route) -> None:
    """The server gets the request, and its answer never comes back."""
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
        route.abort("connectionreset")
    else:
        route.continue_()


def test_an_answer_that_is_lost_costs_nothing(browser: Browser, site: Running) -> None:
    page, before = visit(browser).new_page(), cases(site)
    page.goto(f"{site.url}/en/urgent/")
    fill_urgent(page, WORDS)
    page.route("**/urgent/", lose_the_answer)
    page.locator("#page button.go").click()
    page.wait_for_url("chrome-error://**")
    page.unroute_all()
    page.reload()
    assert len(codes(page)) == 1
    assert cases(site) == before + 1


def test_a_double_click_sends_one_report(browser: Browser, site: Running) -> None:
    page, before = visit(browser).new_page(), cases(site)
    page.goto(f"{site.url}/en/urgent/")
    fill_urgent(page, WORDS)
    page.locator("#page button.go").dblclick()
    page.wait_for_url("**/urgent/sent")
    assert len(codes(page)) == 1
    assert cases(site) == before + 1


def test_two_tabs_with_two_reports_show_both_codes(browser: Browser, site: Running) -> None:
    context = visit(browser)
    tabs = [context.new_page(), context.new_page()]
    for tab in tabs:
        tab.goto(f"{site.url}/en/urgent/")
    for number, tab in enumerate(tabs):
        fill_urgent(tab, f"{WORDS} {number}")
        press(tab)
    first, second = codes(tabs[0]), codes(tabs[1])
    assert len(second) == 2
    assert second[1:] == first
    for code in second:
        come_back(visit(browser).new_page(), site.url, "en", code)


def test_another_language_keeps_what_was_typed(browser: Browser, site: Running) -> None:
    page = visit(browser).new_page()
    page.goto(f"{site.url}/en/urgent/")
    fill_urgent(page, WORDS, victim_name="A. B.")
    for language in ("kk", "ru", "en"):
        press(page, f"nav button[value={language}]")
        assert_language(page, language)
        assert page.locator("[name=narrative]").input_value() == WORDS
        assert page.locator("[name=victim_name]").input_value() == "A. B."
        expect(page.locator("[name=victim_status][value=police_custody]")).to_be_checked()
    press(page)
    assert len(codes(page)) == 1


def test_another_language_keeps_the_receipt(browser: Browser, site: Running) -> None:
    page = visit(browser).new_page()
    code = report(page, site.url, "en", WORDS)
    press(page, "nav [lang=kk]")
    assert_language(page, "kk")
    assert codes(page) == [code]


def test_another_language_keeps_a_message(browser: Browser, site: Running) -> None:
    page = visit(browser).new_page()
    come_back(page, site.url, "en", report(page, site.url, "en", WORDS))
    page.locator("[name=text]").fill("Something more")
    press(page, "nav button[value=ru]")
    assert_language(page, "ru")
    assert page.locator("[name=text]").input_value() == "Something more"


def test_a_server_that_starts_anew_takes_what_was_being_written(
    browser: Browser, own_pages: Running
) -> None:
    page = visit(browser).new_page()
    page.goto(f"{own_pages.url}/en/urgent/")
    fill_urgent(page, WORDS)
    own_pages.stop()
    own_pages.start()
    press(page)
    assert len(codes(page)) == 1


def test_a_session_that_ends_keeps_the_note(browser: Browser, own_pages: Running) -> None:
    report(visit(browser).new_page(), own_pages.url, "en", WORDS)
    page = visit(browser).new_page()
    write_a_note(page, own_pages)
    end_all_sessions(own_pages)

    press(page, 'button[formaction*="/notes"]')
    expect(page.locator("[name=passphrase]")).to_be_visible()
    page.locator("[name=handle]").fill(COORDINATOR)
    page.locator("[name=passphrase]").fill(PASSPHRASES[COORDINATOR])
    code = code_at(own_pages.url, COORDINATOR, PASSPHRASES[COORDINATOR])
    page.locator("[name=code]").fill(code)
    press(page)
    assert page.locator("[name=note]").input_value() == WORDS
    press(page)
    expect(page.locator(".notes .entry")).to_contain_text(WORDS, use_inner_text=True)


def write_a_note(page: Page, site: Running) -> None:
    sign_in(page, site.url, COORDINATOR, PASSPHRASES[COORDINATOR])
    press(page, "a.ref")
    press(page, 'form[action*="/open"] button')
    press(page, '.tabs a[href*="/messages"]')
    page.locator("[name=note]").fill(WORDS)


def end_all_sessions(site: Running) -> None:
    service = service_in(site.instance)
    with service.writing() as session:
        session.execute(delete(SessionRow))
    service.engine.dispose()


@pytest.fixture
def without_cookies(started: Playwright, tmp_path: Path) -> Iterator[Page]:
    """A browser whose owner blocks all cookies."""
    profile = tmp_path / "profile"
    (profile / "Default").mkdir(parents=True)
    preferences = profile / "Default" / "Preferences"
    preferences.write_text(json.dumps(NOBODY_KEEPS_COOKIES))
    context = started.chromium.launch_persistent_context(
        profile,
        executable_path=chromium_path(),
        args=list(FLAGS),
        java_script_enabled=False,
        viewport=PHONE,  # type: ignore[arg-type] # a typed dict of theirs
    )
    yield context.new_page()
    context.close()


def test_without_cookies_a_report_is_taken_and_answered(
    without_cookies: Page, site: Running
) -> None:
    page = without_cookies
    page.goto(f"{site.url}/en/urgent/")
    fill_urgent(page, WORDS)
    press(page)
    assert page.context.cookies() == []
    (code,) = codes(page)
    press(page, "nav button[value=kk]")
    assert_language(page, "kk")
    assert codes(page) == [code]
    page.goto(f"{site.url}/kk/return/")
    page.locator("[name=code]").fill(code)
    press(page)
    expect(page.locator(".entries li")).to_have_count(1)


def test_without_cookies_a_message_needs_the_code_once_more(
    without_cookies: Page, site: Running
) -> None:
    page = without_cookies
    page.goto(f"{site.url}/en/urgent/")
    fill_urgent(page, WORDS)
    press(page)
    (code,) = codes(page)
    page.goto(f"{site.url}/en/return/")
    page.locator("[name=code]").fill(code)
    press(page)
    page.locator("[name=text]").fill("I thought of something.")
    press(page)
    assert page.locator("[name=text]").input_value() == "I thought of something."
    page.locator("[name=code]").fill(code)
    press(page)
    expect(page.locator(".entries")).to_contain_text(
        "I thought of something.", use_inner_text=True
    )


def test_what_is_sent_from_a_page_of_yesterday_is_kept(
    browser: Browser, own_pages: Running
) -> None:
    page = visit(browser).new_page()
    page.goto(f"{own_pages.url}/en/urgent/")
    fill_urgent(page, WORDS)
    token = page.locator("[name=token]").get_attribute("value") or ""
    page.evaluate("document.querySelector('[name=token]').value = ''")
    page.wait_for_timeout(1100)  # tokens are dated to the second
    press(page)
    assert page.locator("[name=narrative]").input_value() == WORDS
    assert page.locator("[name=token]").get_attribute("value") != token
    press(page)
    assert len(codes(page)) == 1
