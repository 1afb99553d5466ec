"""Splitting a report in a browser: without JavaScript, on a phone, with nothing for axe."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import PHONE, assert_fits, press, sign_in, visit
from tests.browser.test_axe import assert_nothing_found
from tests.casework.splitting.several import MIRA, told_of_several
from tests.people import COORDINATOR, PASSPHRASES, send, service_in
from tests.running import Running

WHY = "She is a child, and another one."


def _opened(page: Page, site: Running) -> None:
    """A report of several persons, opened by who is signed in."""
    service = service_in(site.instance)
    ref = send(service, told_of_several()).ref
    service.engine.dispose()
    sign_in(page, site.url, COORDINATOR, PASSPHRASES[COORDINATOR])
    page.goto(f"{site.url}/desk/cases/{ref}")
    press(page, 'form[action*="/open"] button')
    page.goto(f"{site.url}/desk/cases/{ref}")


def _walk(page: Page) -> Iterator[str]:
    press(page, 'a[href$="/split"]')
    for folded in page.locator("main details > summary").all():
        folded.click()
    yield "split"
    page.locator("[name=why]").fill(WHY)
    press(page, "#page button.go")
    yield "split-error"
    for folded in page.locator("main details > summary").all():
        folded.click()
    page.locator(f"[name=who][value={MIRA}]").check()
    page.locator("[name=parts]").first.check()
    press(page, "#page button.go")
    yield "split-asking"
    press(page, "[name=sure]")
    yield "split-off"
    press(page, '.tabs a[href*="/messages"]')
    yield "messages-elsewhere"
    page.go_back()
    press(page, 'a[href$="/links"]')
    yield "links"
    press(page, 'a[href$="/end"]')
    yield "link-end"
    page.locator("[name=end_why]").fill(WHY)
    press(page, "#page button.go")
    yield "links-taken-back"


def test_axe_finds_nothing_where_a_report_is_split(
    browser: Browser, own_pages: Running
) -> None:
    page = visit(browser, javascript=True).new_page()
    _opened(page, own_pages)
    assert_nothing_found(page, _walk(page))


def test_a_report_is_split_on_a_phone_without_scripts(
    browser: Browser, own_pages: Running
) -> None:
    page = visit(browser).new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type] # a typed dict of theirs
    _opened(page, own_pages)
    for _name in _walk(page):
        assert_fits(page)
    expect(page.locator("main")).to_contain_text(WHY, use_inner_text=True)
