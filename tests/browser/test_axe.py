"""axe finds nothing on any page, in light and dark, on a phone and on a screen; all fit."""

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.browsing import (
    PHONE,
    SCREEN,
    assert_fits,
    assert_language,
    sign_in,
    visit,
)
from tests.browser.journey_pages import every_step
from tests.browser.pages import desk_pages, first_steps, public_pages, settings_pages
from tests.browser.test_newcomer import ADMINISTRATOR, WORDS, hire_administrator
from tests.people import COORDINATOR, PASSPHRASES, FirstDay, service_in
from tests.running import Running

Look: TypeAlias = tuple[Literal["light", "dark"], dict[str, int]]
LOOKS: tuple[Look, ...] = (("light", PHONE), ("dark", SCREEN))
"""Light and dark differ in colours alone, a phone and a screen in places."""
FOUND = """() => axe
    .run({resultTypes: ["violations"]})
    .then(told => told.violations.map(v => v.id + " " + v.nodes.map(n => n.target)))"""


def assert_nothing_found(page: Page, names: Iterator[str]) -> None:
    """On each page in every look, and it fits a phone; `names` leads from page to page."""
    found: list[str] = []
    for name in names:
        page.evaluate(AXE_SCRIPT)
        found += [f"{name} {violation}" for violation in _violations(page)]
    assert found == []


def _violations(page: Page) -> Iterator[str]:
    for scheme, size in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)  # type: ignore[arg-type] # a typed dict of theirs
        if size is PHONE:
            assert_fits(page)
        for violation in page.evaluate(FOUND):
            yield f"{scheme} {size['width']}: {violation}"


def test_axe_finds_nothing_on_public_pages(browser: Browser, site: Running) -> None:
    page = visit(browser, language="kk", javascript=True).new_page()
    assert_nothing_found(page, public_pages(page, site.url, "kk"))


def test_axe_finds_nothing_on_any_page_of_the_form(browser: Browser, site: Running) -> None:
    page = visit(browser, language="ru", javascript=True).new_page()
    assert_nothing_found(page, every_step(page, site, "ru"))


def test_axe_finds_nothing_at_the_desk(browser: Browser, site: Running) -> None:
    page = visit(browser, language="kk", javascript=True).new_page()
    words = PASSPHRASES[COORDINATOR]
    assert_nothing_found(page, desk_pages(page, site.url, COORDINATOR, words))


def test_axe_finds_nothing_in_the_settings(browser: Browser, own_site: Running) -> None:
    service = service_in(own_site.instance)
    hire_administrator(service)
    service.engine.dispose()
    page = visit(browser, language="kk", javascript=True).new_page()
    sign_in(page, own_site.url, ADMINISTRATOR, WORDS)
    assert_nothing_found(page, settings_pages(page, own_site.url))


def test_axe_finds_nothing_on_the_first_day(
    browser: Browser, first_day: tuple[Running, FirstDay]
) -> None:
    site, day = first_day
    page = visit(browser, javascript=True).new_page()
    steps = first_steps(page, site.url, day.first.handle, day.first.passphrase)
    assert_nothing_found(page, steps)


def test_no_page_scrolls_sideways_in_the_other_language_of_long_words(
    browser: Browser, site: Running
) -> None:
    assert_all_fit(browser, "ru", lambda page: public_pages(page, site.url, "ru"))
    assert_all_fit(browser, "kk", lambda page: every_step(page, site, "kk"))
    words = PASSPHRASES[COORDINATOR]
    assert_all_fit(browser, "ru", lambda page: desk_pages(page, site.url, COORDINATOR, words))


def assert_all_fit(
    browser: Browser, language: str, names: Callable[[Page], Iterator[str]]
) -> None:
    """Each page on a phone, in its language; `names` leads from page to page."""
    page = visit(browser, language=language).new_page()
    for _name in names(page):
        assert_fits(page)
        assert_language(page, language)
