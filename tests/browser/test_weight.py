"""What a first view costs on the wire, as Chromium counts it."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.browsing import report, visit
from tests.running import Running

MOST = 14_336
FIRST_PAGES = (
    *("", "urgent/", "safety/", "today/", "real/"),
    *("return/", "return/lost", "urgent/done", "urgent/sent"),
)


@dataclass
class Wire:
    """Every request of a page, and what came back for it, headers included."""

    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        wire = page.context.new_cdp_session(page)
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.loadingFinished", self._came)
        wire.send("Network.enable")

    def _asked(self, told: dict[str, Any]) -> None:
        self.kinds[told["requestId"]] = told["type"]
        self.addresses.append(told["request"]["url"])

    def _came(self, told: dict[str, Any]) -> None:
        self.sizes[told["requestId"]] = told["encodedDataLength"]

    @property
    def total(self) -> float:
        return sum(self.sizes.values())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_first_view_is_light(browser: Browser, site: Running, language: str) -> None:
    for path in FIRST_PAGES:
        context = visit(browser, language=language, javascript=True)
        page, wire = context.new_page(), Wire()
        wire.listen(page)
        page.goto(f"{site.url}/{language}/{path}", wait_until="networkidle")
        assert wire.sizes.keys() == wire.kinds.keys(), f"{path}: something did not come"
        needed = sorted(wire.kinds.values())
        assert needed in (
            ["Document", "Script", "Stylesheet"],
            ["Document", "Other", "Script", "Stylesheet"],  # the icon of the tab
        ), wire.addresses
        assert wire.total <= MOST, f"{path} weighs {wire.total} bytes"
        context.close()


def test_the_second_view_asks_for_the_page_alone(browser: Browser, site: Running) -> None:
    page, wire = visit(browser, javascript=True).new_page(), Wire()
    page.goto(f"{site.url}/en/", wait_until="networkidle")
    wire.listen(page)
    page.goto(f"{site.url}/en/safety/", wait_until="networkidle")
    from_network = [size for size in wire.sizes.values() if size]
    assert len(from_network) == 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_receipt_is_light_even_for_who_never_came_before(
    browser: Browser, site: Running, language: str
) -> None:
    context = visit(browser, language=language, javascript=True)
    page = context.new_page()
    report(page, site.url, language, "They took him.")
    later, wire = context.new_page(), Wire()
    wire.listen(later)
    later.goto(page.url, wait_until="networkidle")
    (document,) = [size for id_, size in wire.sizes.items() if wire.kinds[id_] == "Document"]
    assert 0 < document <= MOST
