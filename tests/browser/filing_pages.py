"""The pages on which a lawyer files for her clients, one after another; each is named."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.browsing import press
from tests.browser.clients import table
from tests.browser.filling import SEND
from tests.browser.lawyering import ADDS, ANOTHER, ON

COUNT = 4


def filing_pages(page: Page, url: str) -> Iterator[str]:
    """What she sees who is signed in, from an empty list to the codes of what was sent."""
    page.goto(f"{url}/filings/")
    yield "filings-empty"
    yield from _out_of_a_table(page, url)
    yield "filings"
    press(page, ".rows a.ref")
    yield "filing"
    press(page, ADDS)
    yield "filing-paper"
    page.goto(f"{url}/filings/")
    press(page, 'form[action$="/read"] button[value=all]')
    yield "filings-read"
    page.goto(f"{url}/filings/")
    yield from _sent(page)
    page.goto(f"{url}/filings/")
    press(page, 'form[action$="/read"] button[value=all]')
    press(page, 'form[action$="/send"] button')
    yield "filing-codes"
    press(page, 'form[action$="/codes"] button.go')
    yield "filing-codes-none-ticked"
    page.goto(f"{url}/filings/")
    yield "filings-sent"


def _out_of_a_table(page: Page, url: str) -> Iterator[str]:
    page.goto(f"{url}/filings/table/")
    yield "filing-table"
    page.locator("[name=text]").fill(table(COUNT))
    press(page, "#rows button")
    yield "filing-table-clients"
    press(page, "#clients button[value=make]")


def _sent(page: Page) -> Iterator[str]:
    press(page, ".rows a.ref")
    press(page, 'main .buttons a[href$="/check"]')
    yield "filing-check"
    press(page, SEND)
    yield "filing-sent"
    press(page, ANOTHER)
    yield "filing-next"
    page.locator("[name=authority_until]").fill("31.02.2027")
    press(page, ON)
    yield "filing-next-error"
