"""In forced colours nothing of the desk is told by a background, and nothing vanishes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.browsing import visit
from tests.browser.day_pages import day_pages
from tests.running import Running

SHAPED = (
    "button:not(.link), a.go, a.calm, a.unread, .tag, .panel, .problems, .warning, .good, .bad"
)
"""What a background sets apart elsewhere."""
CURRENT = "[aria-current]:not(button), .rows tr:has(input:checked)"
STATES = ".late, .soon, .tag.u"
SHAPES = """([shaped, current, states]) => {
  const shown = s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility());
  const edged = e => {
    const style = getComputedStyle(e);
    return ['Top', 'Right', 'Bottom', 'Left'].some(side =>
      style['border' + side + 'Style'] !== 'none' &&
      parseFloat(style['border' + side + 'Width']) >= 1 &&
      style['border' + side + 'Color'] !== 'rgba(0, 0, 0, 0)' &&
      style['border' + side + 'Color'] !== getComputedStyle(document.body).backgroundColor);
  };
  const told = e => {
    const style = getComputedStyle(e);
    return edged(e) || style.outlineStyle !== 'none' || style.textDecorationLine !== 'none' ||
      (e.parentElement && parseFloat(style.fontWeight) > parseFloat(
        getComputedStyle(e.parentElement).fontWeight));
  };
  const name = e => e.className + ' ' + e.innerText.slice(0, 30);
  return [
    ...shown(shaped).filter(e => !edged(e)).map(e => 'no edge: ' + name(e)),
    ...shown(current).filter(e => !told(e)).map(e => 'not told as current: ' + name(e)),
    ...shown(states).filter(e => !told(e) || !e.innerText.trim())
      .map(e => 'by colour alone: ' + name(e)),
  ];
}"""
BARS = """() => [...document.querySelectorAll('meter')].map(e => {
  const style = getComputedStyle(e);
  return [style.forcedColorAdjust, style.borderTopColor,
    getComputedStyle(document.body).backgroundColor, parseFloat(style.borderTopWidth)];
})"""
FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  return [style.outlineStyle, parseFloat(style.outlineWidth), style.outlineColor,
    getComputedStyle(document.body).backgroundColor];
}"""


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Page:
    """A browser whose colours somebody else chose."""
    page = visit(browser, wide=True, dark=request.param == "dark").new_page()
    page.emulate_media(forced_colors="active", color_scheme=request.param)
    return page


def vanished(page: Page) -> Iterator[str]:
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    yield from page.evaluate(SHAPES, [SHAPED, CURRENT, STATES])
    page.locator("main a, main button").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    style, width, colour, behind = page.evaluate(FOCUS)
    if style == "none" or width < 2 or colour == behind:
        yield f"focus is {style} {width} {colour}"


def test_edges_take_the_place_of_backgrounds(page: Page, site: Running) -> None:
    found = [f"{name}: {what}" for name in day_pages(page, site) for what in vanished(page)]
    assert found == []


def test_bars_of_the_numbers_stay_visible(page: Page, site: Running) -> None:
    assert "numbers" in list(day_pages(page, site))
    bars = page.evaluate(BARS)
    assert bars
    for adjust, edge, behind, width in bars:
        assert (adjust, width >= 1) == ("none", True)
        assert edge != behind
