"""One key each, where somebody is not typing; and the list beside a case on a wide screen."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.casework import new_once, submit
from tests.browser.browsing import assert_fits, press, sign_in, visit
from tests.people import COORDINATOR, PASSPHRASES, service_in, short_report
from tests.running import Running

WIDE = {"width": 1600, "height": 900}


@pytest.fixture
def queue(browser: Browser, own_pages: Running) -> Page:
    """The queue of an installation with four reports, with scripts on."""
    service, now = service_in(own_pages.instance), datetime.now(UTC)
    for number in range(3):
        submit(service, short_report(now, narrative=f"Number {number}."), once=new_once())
    service.engine.dispose()
    page = visit(browser, javascript=True, wide=True).new_page()
    sign_in(page, own_pages.url, COORDINATOR, PASSPHRASES[COORDINATOR])
    page.goto(f"{own_pages.url}/desk/?view=all")
    return page


def go(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_keys_walk_tick_take_and_open(queue: Page) -> None:
    refs = queue.locator("a.ref").all_inner_texts()
    assert len(refs) == 4
    for key, place in (("j", 0), ("j", 1), ("k", 0), ("k", 0), ("j", 1)):
        queue.keyboard.press(key)
        assert focused(queue) == refs[place]
    queue.keyboard.press("x")
    queue.keyboard.press("j")
    queue.keyboard.press("x")
    expect(queue.locator("input[name=case]:checked")).to_have_count(2)
    go(queue, "a")
    assert queue.get_by_role("status").inner_text() == "Take: 2 done"

    queue.keyboard.press("j")
    go(queue, "o")
    assert refs[0] in queue.url
    go(queue, "j")
    assert refs[1] in queue.url
    go(queue, "k")
    assert refs[0] in queue.url
    go(queue, "n")
    assert queue.url.partition("?")[0].endswith(f"{refs[0]}/messages")


def test_a_key_on_a_cyrillic_keyboard_is_the_one_in_its_place(queue: Page) -> None:
    last = queue.locator("a.ref").last.inner_text()
    queue.evaluate(
        "document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'л', code: 'KeyK', bubbles: true}))"
    )
    assert focused(queue) == last


def test_no_key_does_anything_while_somebody_types(queue: Page) -> None:
    queue.goto(queue.url.replace("?view=all", "views/new?sex=male"))
    queue.locator("[name=name]").focus()
    queue.keyboard.type("jokxan/?")
    assert queue.locator("[name=name]").input_value() == "jokxan/?"
    assert "/views/new" in queue.url


def test_who_switched_them_off_presses_keys_for_nothing(queue: Page) -> None:
    address = queue.url
    go(queue, "?")
    press(queue, "button[value=off]")
    queue.goto(address)
    queue.keyboard.press("j")
    assert focused(queue) not in queue.locator("a.ref").all_inner_texts()


def test_the_list_stands_beside_the_case_where_there_is_room(queue: Page) -> None:
    press(queue, "a.ref")
    expect(queue.locator("nav.list")).to_be_hidden()
    expect(queue.locator("a[rel=next]")).to_be_visible()
    queue.set_viewport_size(WIDE)  # type: ignore[arg-type] # a typed dict of theirs
    expect(queue.locator("nav.list a")).to_have_count(4)
    expect(queue.locator("nav.list")).to_be_visible()
    assert_fits(queue)
