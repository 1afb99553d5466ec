"""The pages on which coordinators spend the day, one after another; each is named."""

from collections.abc import Iterator
from datetime import UTC, datetime

from playwright.sync_api import Page

from intake.casework import submit
from intake.casework.receipts import new_once
from tests.browser.browsing import press, sign_in
from tests.people import COORDINATOR, PASSPHRASES, service_in, sister_report
from tests.running import Running


def reports_came(site: Running, count: int = 2) -> None:
    """Urgent reports that nobody has opened."""
    service = service_in(site.instance)
    for _ in range(count):
        submit(service, sister_report(datetime.now(UTC)), once=new_once())
    service.engine.dispose()


def day_pages(page: Page, site: Running) -> Iterator[str]:
    """A coordinator signs in, looks at the queue, and works on the newest report."""
    reports_came(site)
    sign_in(page, site.url, COORDINATOR, PASSPHRASES[COORDINATOR])
    yield from _queue_pages(page, f"{site.url}/desk")
    yield from _case_pages(page)
    yield from _two_people_pages(page, f"{site.url}/desk")
    for name in ("deadlines/", "numbers"):
        page.goto(f"{site.url}/desk/{name}")
        yield name


def _queue_pages(page: Page, desk: str) -> Iterator[str]:
    page.goto(f"{desk}/filters?sex=male")
    yield "filters"
    page.goto(f"{desk}/find?named=2222-2222")
    yield "nothing found"
    page.goto(f"{desk}/?sort=newest")
    yield "queue"


def _case_pages(page: Page) -> Iterator[str]:
    press(page, "a.ref")
    yield "unopened"
    press(page, 'form[action*="/open"] button')
    yield "report"
    press(page, 'form[action*="/take"] button')
    yield "overview"
    press(page, '.tabs a[href*="/steps"]')
    yield "steps"
    press(page, '.ways a[href*="screening_to_contacting"]')
    yield "move"
    press(page)
    yield "move refused"


def _two_people_pages(page: Page, desk: str) -> Iterator[str]:
    page.goto(page.url.partition("?")[0].replace("screening_to_contacting", "any_to_erased"))
    page.locator("[name=moved_asked_how]").first.check()
    press(page)
    page.goto(f"{desk}/proposals/")
    yield "proposals"
    press(page, ".thing .acts a")
    yield "proposal"
    press(page, 'form[action$="/withdraw"] button')
