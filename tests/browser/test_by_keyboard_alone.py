"""A report told, kept and sent with the keyboard alone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import codes, visit
from tests.browser.filling import SEND, step_of
from tests.running import Running

MOST_STOPS = 150
WORDS = "They let me go yesterday."
ON, SKIP, FINISH, SAVE = (
    "#page button.go",
    "button[value=skip]",
    "button[value=finish]",
    "button[value=save]",
)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what `selector` names has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"Tab never comes to {selector} on {page.url}")


def enter(page: Page, selector: str = "") -> None:
    """Press Enter, on what `selector` names or where the focus is; then the next page."""
    if selector:
        tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, name: str, value: str) -> None:
    """Come to a group of round boxes and go down to one of them."""
    tab_to(page, f"[name={name}]")
    page.keyboard.press("Space")
    for _ in range(MOST_STOPS):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"{value} is not in {name}")


@pytest.mark.parametrize("javascript", [False, True], ids=["plain", "scripts"])
def test_a_report_is_told_kept_and_sent(
    browser: Browser, site: Running, *, javascript: bool
) -> None:
    page = visit(browser, javascript=javascript).new_page()
    page.goto(f"{site.url}/en/")
    enter(page, "a[href='/en/report/']")
    enter(page, ON)
    choose(page, "reporter_role", "victim")
    enter(page)
    choose(page, "victim_status", "free")
    enter(page)
    while step_of(page) != "story":
        enter(page, SKIP)
    tab_to(page, "[name=narrative]")
    page.keyboard.type(WORDS)
    enter(page, SAVE)
    (code,) = codes(page)
    enter(page, ON)
    enter(page, "main p.actions a.go")
    enter(page, FINISH)
    expect(page.locator("main")).to_contain_text(WORDS, use_inner_text=True)
    enter(page, SEND)
    assert codes(page)[0] == code
