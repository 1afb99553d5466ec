"""Everything can be reached and done with the keyboard alone."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.browsing import codes, come_back, report, sign_in, visit
from tests.browser.filling import with_draft
from tests.form.profiles import PROFILES
from tests.people import COORDINATOR, PASSPHRASES
from tests.running import Running

FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = e.getBoundingClientRect();
  const bar = document.querySelector('a.leave');
  const covered = bar && e !== bar && !e.classList.contains('skip')
    && getComputedStyle(bar).position === 'sticky'
    && box.top < bar.getBoundingClientRect().bottom - 0.5 && box.bottom > 0;
  return {
    name: (e.name || e.getAttribute('href') || e.tagName) + '=' + (e.value || ''),
    group: e.type === 'radio' ? e.name : '',
    covered: Boolean(covered),
    inside: box.bottom > 0 && box.top < innerHeight,
  };
}"""
REACHABLE = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility())
  .map(e => e.type === 'radio' ? e.name : e.tagName + (e.name || e.getAttribute('href') || ''))
"""
GROUPS = """() => {
  const all = [...document.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility());
  const radios = all.filter(e => e.type === 'radio');
  return all.length - radios.length + new Set(radios.map(e => e.name)).size;
}"""
MOST_STOPS = 150


def stops(page: Page) -> list[dict[str, str]]:
    """What Tab reaches, one after another, from the top of the page to its end."""
    found: list[dict[str, str]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        page.wait_for_timeout(20)
        focused = page.evaluate(FOCUSED)
        if focused is None:
            return found
        found.append(focused)
    pytest.fail("Tab never comes to the end of the page.")


@pytest.mark.parametrize("path", ["", "urgent/", "safety/", "today/", "real/", "return/"])
def test_tab_reaches_everything_and_nothing_is_covered(
    browser: Browser, site: Running, path: str
) -> None:
    page = visit(browser, javascript=True).new_page()
    page.goto(f"{site.url}/en/{path}")
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    found = stops(page)
    assert [stop["name"] for stop in found if stop["covered"]] == []
    assert [stop["name"] for stop in found if not stop["inside"]] == []
    reachable = page.evaluate(REACHABLE)
    assert len(found) == len(dict.fromkeys(reachable)) + doubled(reachable)


@pytest.mark.parametrize(
    "step", ["person", "place", "officers", "contact", "sexual", "story", "check"]
)
def test_tab_reaches_everything_on_pages_of_the_form(
    browser: Browser, site: Running, step: str
) -> None:
    page = visit(browser, javascript=True).new_page()
    with_draft(page.context, site, PROFILES["free"])
    page.goto(f"{site.url}/en/report/{step}")
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    found = stops(page)
    assert [stop["name"] for stop in found if stop["covered"]] == []
    assert [stop["name"] for stop in found if not stop["inside"]] == []
    groups = page.evaluate(GROUPS)
    assert len(found) == groups


def doubled(reachable: list[str]) -> int:
    """Links and buttons of one name are stops of their own; radio buttons share one."""
    return sum(reachable.count(name) - 1 for name in set(reachable) if name != name.lower())


def test_tab_reaches_everything_at_the_desk(browser: Browser, site: Running) -> None:
    page = visit(browser, javascript=True, wide=True).new_page()
    sign_in(page, site.url, COORDINATOR, PASSPHRASES[COORDINATOR])
    reachable = page.evaluate(REACHABLE)
    assert len(stops(page)) == len(reachable)


@pytest.mark.parametrize("javascript", [False, True])
def test_enter_in_a_text_field_sends_the_report(
    browser: Browser, site: Running, *, javascript: bool
) -> None:
    page = visit(browser, javascript=javascript).new_page()
    page.goto(f"{site.url}/en/urgent/")
    page.locator("[name=narrative]").fill("They took him.")
    page.locator("[name=victim_name]").focus()
    page.keyboard.type("A. B.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert len(codes(page)) == 1


def test_enter_in_the_code_opens_the_conversation(browser: Browser, site: Running) -> None:
    page = visit(browser).new_page()
    code = report(page, site.url, "en", "They took him.")
    page.goto(f"{site.url}/en/return/")
    page.locator("[name=code]").focus()
    page.keyboard.type(code)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_url("**/en/return/messages")


def test_the_first_tab_skips_to_the_content(browser: Browser, site: Running) -> None:
    page = visit(browser).new_page()
    come_back(page, site.url, "en", report(page, site.url, "en", "They took him."))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/exit"
