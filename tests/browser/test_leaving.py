"""Leaving, drilled: what was typed, the code and the conversation are gone from the browser."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, Response, expect

from tests.browser.browsing import (
    NEUTRAL,
    codes,
    come_back,
    fill_urgent,
    press,
    report,
    visit,
)
from tests.running import Running

TYPED = "Nobody may see these words in the window."
GONE = f"https://{NEUTRAL}/"
AWAY = "about:blank"


def on_the_urgent_page(page: Page, url: str) -> str:
    """Typed and not sent."""
    page.goto(f"{url}/en/urgent/")
    fill_urgent(page, TYPED, victim_name=TYPED)
    return TYPED


def on_the_urgent_page_again(page: Page, url: str) -> str:
    """Typed by somebody who was here before and whose browser has the cookie already."""
    page.goto(f"{url}/en/urgent/")
    press(page, "nav a, header a")
    page.go_back()
    page.goto(f"{url}/en/return/")
    return on_the_urgent_page(page, url)


def on_the_page_with_errors(page: Page, url: str) -> str:
    """Sent, and shown again with what was typed: the page of a POST."""
    page.goto(f"{url}/en/urgent/")
    page.locator("[name=perpetrators_text]").fill(TYPED)
    press(page)
    expect(page.locator(".problems")).to_have_count(1)
    return TYPED


def on_the_receipt(page: Page, url: str) -> str:
    return report(page, url, "en", TYPED)


def in_the_conversation(page: Page, url: str) -> str:
    code = report(page, url, "en", TYPED)
    come_back(page, url, "en", code)
    page.locator("[name=text]").fill(TYPED)
    press(page)
    expect(page.locator(".entries")).to_contain_text(TYPED, use_inner_text=True)
    page.locator("[name=text]").fill(TYPED)
    return TYPED


def on_a_page_of_the_form(page: Page, url: str) -> str:
    """One page kept, the next one typed and not kept."""
    page.goto(f"{url}/en/report/")
    press(page)
    page.goto(f"{url}/en/report/story")
    page.locator("[name=narrative]").fill(TYPED)
    press(page)
    page.goto(f"{url}/en/report/when")
    page.locator("[name=act_date_from]").fill("31.02.2026")
    press(page)
    expect(page.locator(".problems")).to_have_count(1)
    page.locator("[name=act_date_to]").fill(TYPED)
    return TYPED


def where_all_can_be_read_again(page: Page, url: str) -> str:
    on_a_page_of_the_form(page, url)
    page.goto(f"{url}/en/report/check")
    expect(page.locator("main")).to_contain_text(TYPED, use_inner_text=True)
    return TYPED


def where_the_code_of_the_draft_is_shown(page: Page, url: str) -> str:
    where_all_can_be_read_again(page, url)
    press(page, "#page button[value=save]")
    (code,) = codes(page)
    return code


def back_in_the_form_after_saving(page: Page, url: str) -> str:
    where_the_code_of_the_draft_is_shown(page, url)
    page.goto(f"{url}/en/report/story")
    assert page.locator("[name=narrative]").input_value() == TYPED
    return TYPED


PLACES = (
    on_the_urgent_page,
    on_the_urgent_page_again,
    on_the_page_with_errors,
    on_the_receipt,
    in_the_conversation,
    on_a_page_of_the_form,
    where_all_can_be_read_again,
    where_the_code_of_the_draft_is_shown,
    back_in_the_form_after_saving,
)
Place = Callable[[Page, str], str]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
@pytest.mark.parametrize("javascript", [False, True], ids=["plain", "scripts"])
def test_leaving_leaves_nothing_behind(
    browser: Browser, site: Running, place: Place, *, javascript: bool
) -> None:
    context = visit(browser, javascript=javascript)
    page = context.new_page()
    page.goto(f"{site.url}/en/")
    secret = place(page, site.url)
    assert context.cookies(site.url)

    page.locator("a.leave").click()
    page.wait_for_url(GONE)

    assert context.cookies(site.url) == []
    for shown in everything_behind(page):
        assert secret not in shown
        assert "".join(secret.split()) not in "".join(shown.split())


def everything_behind(page: Page) -> Iterator[str]:
    """Every page that Back leads to, as text and in its fields."""
    for _ in range(12):
        try:
            page.go_back()
        except Error as error:  # the page of a POST cannot be shown again
            if "ERR_CACHE_MISS" not in str(error):
                raise
        if page.url == AWAY:
            return
        fields = page.locator("input:not([type=hidden]), textarea")
        yield page.locator("body").inner_text()
        yield from (field.input_value() for field in fields.all() if field.is_editable())
    pytest.fail("The beginning of the history was not reached.")


def test_leaving_clears_what_the_browser_keeps(browser: Browser, site: Running) -> None:
    page, answers = visit(browser).new_page(), list[Response]()
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - marked by Playwright
    on_the_urgent_page(page, site.url)
    page.locator("a.leave").click()
    page.wait_for_url(GONE)
    (left,) = [answer for answer in answers if answer.url == f"{site.url}/exit"]
    assert left.status == 303
    assert left.header_value("clear-site-data") == '"cookies", "storage"'
    assert left.header_value("cache-control") == "no-store"


def test_with_scripts_the_page_gives_up_its_place_in_the_history(
    browser: Browser, site: Running
) -> None:
    page = visit(browser, javascript=True).new_page()
    page.goto(f"{site.url}/en/")
    on_the_urgent_page(page, site.url)
    length = page.evaluate("history.length")
    page.locator("a.leave").click()
    page.wait_for_url(GONE)
    assert page.evaluate("history.length") == length
    page.go_back()
    expect(page).to_have_url(f"{site.url}/en/")


def test_shift_three_times_leaves_too(browser: Browser, site: Running) -> None:
    context = visit(browser, javascript=True)
    page = context.new_page()
    on_the_urgent_page(page, site.url)
    page.locator("[name=narrative]").focus()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(GONE)
    assert context.cookies(site.url) == []


def test_writing_with_capital_letters_does_not_leave(browser: Browser, site: Running) -> None:
    page = visit(browser, javascript=True).new_page()
    page.goto(f"{site.url}/en/urgent/")
    page.locator("[name=narrative]").focus()
    for key in ("Shift", "Shift", "A", "Shift", "Shift"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    expect(page).to_have_url(f"{site.url}/en/urgent/")


def test_back_brings_no_page_out_of_the_memory(browser: Browser, site: Running) -> None:
    page = visit(browser, javascript=True).new_page()
    page.add_init_script("addEventListener('pageshow', e => window.kept = e.persisted)")
    report(page, site.url, "en", TYPED)
    page.goto(f"{site.url}/en/safety/")
    page.locator("a.leave").click()
    page.wait_for_url(GONE)
    page.go_back()
    page.wait_for_load_state("load")
    assert page.url.startswith(site.url)
    assert page.evaluate("window.kept") is False
