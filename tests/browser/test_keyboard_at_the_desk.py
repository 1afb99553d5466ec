"""The desk with the keyboard alone: everything is reached in order, seen, and left again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.browsing import SCREEN, sign_in, visit
from tests.browser.day_pages import day_pages, reports_came
from tests.browser.test_by_keyboard_alone import enter, tab_to
from tests.browser.test_keyboard import GROUPS
from tests.people import COORDINATOR, PASSPHRASES
from tests.running import Running

MOST_STOPS = 400
NARROW = {"width": 320, "height": 640}
STOP = """last => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const all = [...document.querySelectorAll('*')];
  const place = all.indexOf(e), box = e.getClientRects()[0], style = getComputedStyle(e);
  const marked = [e, e.closest('label')].some(one => one &&
    getComputedStyle(one).outlineStyle !== 'none' &&
    parseFloat(getComputedStyle(one).outlineWidth) >= 2);
  const [left, top] = [Math.max(0, box.left), Math.max(0, box.top)];
  const [right, bottom] = [Math.min(innerWidth, box.right), Math.min(innerHeight, box.bottom)];
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const skips = e.type === 'radio' || e.closest('nav.list');
  return {
    name: (e.innerText || e.name || e.getAttribute('href') || e.tagName).slice(0, 40),
    place,
    goes_back: place <= last && !skips,
    unseen: !marked,
    covered: bottom <= top || !hit || !(hit === e || e.contains(hit) || hit.contains(e)),
  };
}"""


def stumbled(page: Page) -> Iterator[str]:
    """What is wrong with the stops of Tab, from the top of the page to its end."""
    page.evaluate("document.querySelector('a.skip').focus()")  # an alert has the focus at first
    last, count = -1, 0
    for count in range(1, MOST_STOPS):  # noqa: B007 - read below
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP, last)
        if stop is None:
            break
        last = stop["place"]
        wrong = [how for how in ("goes_back", "unseen", "covered") if stop[how]]
        if wrong:
            yield f"{stop['name']}: {', '.join(wrong)}"
    expected = page.evaluate(GROUPS)
    if count != expected:
        yield f"{count} stops for {expected} things"


@pytest.mark.parametrize("size", [SCREEN, NARROW], ids=["screen", "phone"])
def test_tab_reaches_everything_in_order_and_nothing_is_covered(
    browser: Browser, site: Running, size: dict[str, int]
) -> None:
    page = visit(browser, wide=True).new_page()
    page.set_viewport_size(size)  # type: ignore[arg-type] # a typed dict of theirs
    found = [f"{name}: {wrong}" for name in day_pages(page, site) for wrong in stumbled(page)]
    assert found == []


def test_a_report_is_sorted_with_the_keyboard_alone(browser: Browser, site: Running) -> None:
    reports_came(site)
    page = visit(browser, wide=True).new_page()
    sign_in(page, site.url, COORDINATOR, PASSPHRASES[COORDINATOR])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    enter(page, "a.ref")
    enter(page, 'form[action*="/open"] button')
    enter(page, 'form[action*="then=overview"] button')
    assert "said=moved" in page.url
    ref = page.locator(".crumbs").inner_text().split("/")[1].split()[0]
    enter(page, "a.unread")
    assert ref not in page.url.partition("?")[0]

    enter(page, ".crumbs a")
    tab_to(page, "#find")
    page.keyboard.type(ref.lower().replace("-", " "))
    enter(page)
    page.wait_for_url(f"**/desk/cases/{ref}")
