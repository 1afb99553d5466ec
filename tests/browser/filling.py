"""Somebody fills in the form in a browser, page by page, by its own buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final, TypeAlias

from playwright.sync_api import BrowserContext, Locator, Page

from intake.casework import begin_draft, new_once
from intake.form.answers import Answers
from intake.form.draft import Draft
from tests.browser.browsing import assert_fits, assert_language, press
from tests.people import service_in
from tests.running import Running

Told: TypeAlias = Mapping[str, str | Sequence[str]]
GO: Final = {
    "on": "#page button.go",
    **{go: f"button[name=go][value={go}]" for go in ("back", "skip", "save", "finish", "find")},
}
SEND: Final = "#page button.go.wide"
MOST_PAGES: Final = 120
NONE: Final[Mapping[str, Sequence[Told]]] = MappingProxyType({})


def begin(page: Page, url: str, language: str) -> None:
    """From the start page to the first question."""
    page.goto(f"{url}/{language}/")
    press(page, f'main a[href="/{language}/report/"]')
    looked_at(page, language)
    press(page)
    assert step_of(page) == "who"


def step_of(page: Page) -> str:
    """Which page of the form this is, or `check`, or whatever its address says."""
    hidden = page.locator("#page input[name=page]")
    if hidden.count():
        return hidden.first.input_value()
    return page.url.split("?")[0].split("/")[5]


def go(page: Page, button: str = "on") -> None:
    press(page, GO[button])


def fill(page: Page, told: Told) -> bool:
    """Answer what this page asks out of `told`; whether there was anything."""
    found = [(name, value) for name, value in told.items() if _asked(page, name).count()]
    for name, value in found:
        for one in [value] if isinstance(value, str) else value:
            _put(page, name, one)
    return bool(found)


def _asked(page: Page, name: str) -> Locator:
    return page.locator(f"#page [name='{name}']")


def _put(page: Page, name: str, value: str) -> None:
    box = page.locator(f"#page input[name='{name}'][value='{value}']:not([type=text])")
    if box.count():
        box.first.check()
        return
    field = _asked(page, name).first
    match field.evaluate("e => e.type"):
        case "select-one":
            if field.locator(f"option[value='{value}']").count():
                field.select_option(value)
        case "text" | "textarea":
            field.fill(value)
        case _:  # a list that does not offer it here
            return


def walk(
    page: Page, told: Told, language: str, things: Mapping[str, Sequence[Told]] = NONE
) -> None:
    """Go through the form as far as the page where all can be read again.

    Pages to which `told` says nothing are skipped; of each kind of thing those in `things`
    are added.
    """
    for _ in range(MOST_PAGES):
        looked_at(page, language)
        step = step_of(page)
        if step == "check":
            return
        for thing in things.get(step, ()):
            _add(page, thing, language)
        has_said = fill(page, told)
        if "town" in told and page.locator("button[value=find]").count():
            go(page, "find")
            fill(page, told)
        go(page, "on" if has_said else "skip")
    raise AssertionError(f"no way on from {page.url}")


def _add(page: Page, thing: Told, language: str) -> None:
    press(page, "#page p.actions a.wide")
    looked_at(page, language)
    fill(page, thing)
    go(page)


def looked_at(page: Page, language: str) -> None:
    assert_fits(page)
    assert_language(page, language)


def with_draft(context: BrowserContext, site: Running, answers: Answers) -> None:
    """Give a browser a report that was begun with these answers."""
    context.add_cookies(
        [{"name": "i", "value": f"~~{draft_in(site, answers)}", "url": site.url}]
    )


def draft_in(site: Running, answers: Answers) -> str:
    """What a browser keeps of a report that was begun with these answers."""
    service = service_in(site.instance)
    visit = begin_draft(service, once=new_once(), now=datetime.now(UTC), draft=Draft(answers))
    service.engine.dispose()
    return visit
