"""Person 4 of the design: many new reports at eight o'clock, and none of them is lost."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.form.vocabularies import VOCABULARIES
from tests.browser.browsing import come_back, press
from tests.browser.coordinating import (
    ANSWER,
    ANSWERED,
    HANDED_OVER,
    TAKEN,
    accept,
    begun,
    walked,
)
from tests.browser.night import Came, arrive
from tests.people import service_in
from tests.running import Running

REPORTS = 12
"""As few as hold every kind; `python -m tests.browser.morning` walks it with sixty."""


@pytest.fixture
def came(own_site: Running) -> Came:
    """The reports of the night."""
    service = service_in(own_site.instance)
    came = arrive(service, REPORTS, now=datetime.now(UTC))
    service.engine.dispose()
    return came


def listed(page: Page, url: str, view: str) -> list[str]:
    """Every case of a view, from page to page."""
    page.goto(f"{url}/desk/?view={view}")
    found = page.locator("a.ref").all_inner_texts()
    while page.locator(".pages a[rel=next]").count():
        press(page, ".pages a[rel=next]")
        found += page.locator("a.ref").all_inner_texts()
    return found


def counted(page: Page) -> dict[str, int]:
    """The numbers beside the views."""
    lines = (
        line.split("\n") for line in page.locator(".views a:has(.count)").all_inner_texts()
    )
    return {line[0].strip(): int(line[-1]) for line in lines}


def limits(page: Page) -> tuple[str, str]:
    """What still runs for the case on the page, and what is met."""
    page.locator("section[aria-labelledby=limits] summary").click()
    running, met = page.locator("ol.limits").all_inner_texts()
    return running, met


def test_a_morning_after_a_mass_detention_loses_nobody(
    browser: Browser, own_site: Running, came: Came
) -> None:
    url, morning = own_site.url, begun(browser, own_site.url)
    walked(morning, came, is_short=True)
    colleague = accept(browser, url)
    page = morning.page

    running, met = limits(page)
    for clock in ("erdr", "appeal_106"):
        assert VOCABULARIES["clock"].label(clock, "en") in met
        assert VOCABULARIES["clock"].label(clock, "en") not in running

    everything = listed(page, url, "all")
    assert {one.ref for one in (*came.real, *came.automated)} < set(everything)
    assert len(everything) == len(set(everything)) == REPORTS + 1  # one came the day before
    unopened = set(everything) - set(morning.opened) - {one.ref for one in came.automated}
    assert set(listed(page, url, "triage")) == unopened
    assert set(listed(page, url, "automated")) == {one.ref for one in came.automated}
    assert listed(page, url, "late") == []
    counts = counted(page)
    assert counts["Needs triage"] == len(unopened)
    assert counts["Mine"] == len(listed(page, url, "mine")) == len(morning.taken) - HANDED_OVER
    assert counts["Late"] == 0
    assert counted(colleague)["Mine"] == HANDED_OVER

    answered = morning.taken[HANDED_OVER:TAKEN]
    told = [one.code for one in came.real if one.ref in answered]
    assert len(told) == ANSWERED
    for code in told:
        come_back(page, url, "en", code)
        expect(page.locator("main")).to_contain_text(ANSWER, use_inner_text=True)
