"""What a coordinator does on a morning after a mass detention, walked and counted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from playwright.sync_api import Browser, Page, Request

from intake.form.moments import ZONE
from tests.browser import browsing, filling
from tests.browser.night import Came
from tests.people import COORDINATOR, PASSPHRASES, SECOND

HANDED_OVER, ANSWERED, LEFT = 3, 5, 2
"""Cases given to a colleague, people answered, reports left unopened for the colleague."""
TAKEN: Final = HANDED_OVER + ANSWERED
NOTE: Final = "Spoke with the lawyer. The family may be called after six."
ANSWER: Final = "We are here and read what you wrote. Is it safe for you to talk now?"
ASKS, SENDS = "#page button.go", 'form[action*="/messages"] button.go'
OPEN, TAKE = 'form[action*="/open"] button', 'form[action*="/take"] button'
CONFIRM, UNREAD = 'form[action*="then=overview"] button', "a.unread"


@dataclass
class Part:
    """What one part of the morning took; `waited` is what the server needed, in seconds."""

    clicks: int = 0
    seconds: float = 0.0
    waited: float = 0.0


@dataclass
class Morning:
    """A coordinator at her screen, with every press counted."""

    page: Page
    url: str
    parts: dict[str, Part] = field(default_factory=dict)
    part: Part = field(default_factory=Part)
    opened: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    @contextmanager
    def during(self, name: str) -> Iterator[None]:
        """Count what follows under `name`."""
        self.part = self.parts[name] = Part()
        began = time.monotonic()
        yield
        self.part.seconds = time.monotonic() - began

    def press(self, selector: str) -> None:
        """Press a link or a button, and wait for the page that follows."""
        with self.page.expect_navigation() as arriving:
            self.page.locator(selector).first.click()
        self.part.clicks += 1
        request: Request | None = arriving.value.request
        while request:
            timing = request.timing
            self.part.waited += (timing["responseStart"] - timing["requestStart"]) / 1000
            request = request.redirected_from

    def fill(self, **told: str) -> None:
        """Answer questions of the page: one press each."""
        assert filling.fill(self.page, told), self.page.url
        self.part.clicks += len(told)

    @property
    def ref(self) -> str:
        """The case on the page."""
        return self.page.url.split("/cases/")[1].split("/")[0].partition("?")[0]


def walked(morning: Morning, came: Came, *, is_short: bool) -> None:
    """The coordinator's part: sort, hand over, answer, keep two limits of law."""
    with morning.during("Sort the new reports"):
        (_sort_shortly if is_short else _sort)(morning, came)
    with morning.during("Hand three cases over"):
        for ref in morning.taken[:HANDED_OVER]:
            _to_mine(morning)
            morning.press(f'a.ref:text-is("{ref}")')
            morning.press('a[href*="/hand-over"]')
            morning.page.locator("label.choice", has_text=SECOND).check()
            morning.part.clicks += 1
            morning.fill(note=NOTE)
            morning.press(ASKS)
    with morning.during("Answer five people"):
        for ref in morning.taken[HANDED_OVER:TAKEN]:
            _to_mine(morning)
            morning.press(f'a.ref:text-is("{ref}")')
            morning.press('.tabs a[href*="/messages"]')
            morning.fill(text=ANSWER)
            morning.press(SENDS)
    with morning.during("Keep two limits of law"):
        _find(morning, came.legal.ref, is_short=is_short)
        _limits(morning)


def _sort(morning: Morning, came: Came) -> None:
    """By the list, the page of each step, and back to the list."""
    for _ in range(len(came.real) - LEFT):
        morning.press("a.ref")
        is_taken = _is_taken(morning, came)
        morning.press(OPEN)
        morning.press('.tabs a[href*="/steps"]')
        morning.press('.ways a[href*="screening_to_contacting"]')
        level = morning.page.locator("[name=moved_level]:not([type=hidden])").first
        morning.fill(moved_level=level.get_attribute("value") or "")
        morning.press(ASKS)
        if is_taken:
            morning.press(".tabs a")
            morning.press(TAKE)
        morning.press(".crumbs a")


def _sort_shortly(morning: Morning, came: Came) -> None:
    """From report to report, with one press for what most of them need."""
    morning.press("a.ref")
    for number in range(len(came.real) - LEFT):
        if number:
            morning.press(UNREAD)
        is_taken = _is_taken(morning, came)
        morning.press(OPEN)
        morning.press(CONFIRM)
        if is_taken:
            morning.press(TAKE)
    morning.press(".crumbs a")


def _is_taken(morning: Morning, came: Came) -> bool:
    """Whether she holds the case on the page herself: the first ones, and where she files."""
    is_taken = len(morning.taken) < TAKEN or morning.ref == came.legal.ref
    morning.opened.append(morning.ref)
    morning.taken += [morning.ref] if is_taken else []
    return is_taken


def _to_mine(morning: Morning) -> None:
    morning.press('.views a[href*="view=mine"]')


def _find(morning: Morning, ref: str, *, is_short: bool) -> None:
    """Somebody calls and names the case."""
    if is_short:
        morning.press(".staff .home")
        morning.page.locator("#find").fill(ref)
        morning.part.clicks += 1
        morning.press("form.find button")
        return
    _to_mine(morning)
    morning.press(f'a.ref:text-is("{ref}")')


def _limits(morning: Morning) -> None:
    """A complaint and its number in the register, a refusal and the appeal against it."""
    today = datetime.now(ZONE).strftime("%d.%m.%Y")
    morning.press('.tabs a[href*="/steps"]')
    morning.page.locator('.groups details:has(a[href*="/steps/safety_plan"]) summary').click()
    morning.part.clicks += 1
    morning.press('.groups a[href*="/steps/safety_plan"]')
    morning.fill(safety_who="The officer", safety_when="At once", safety_then="To her aunt")
    morning.press(ASKS)
    morning.page.locator('.groups details:has(a[href*="/steps/complaint"]) summary').click()
    morning.part.clicks += 1
    morning.press('.groups a[href*="/steps/complaint"]')
    morning.fill(complaint_body="prosecutor", complaint_by="coalition", complaint_on=today)
    morning.press(ASKS)
    morning.press('.limits a[href*="/steps/erdr"]')
    morning.fill(erdr_number="261900031000417")
    morning.press(ASKS)
    morning.press('.record a[href*="/steps/decision"]')
    morning.fill(decision="refused_to_act", learned_on=today)
    morning.press(ASKS)
    morning.press('.limits a[href*="/steps/appeal"]')
    morning.fill(appeal_result="filed", appeal_by="coalition", appeal_on=today)
    morning.press(ASKS)


def accept(browser: Browser, url: str) -> Page:
    """The colleague accepts what was offered; her browser, at the queue."""
    page = browsing.visit(browser, wide=True).new_page()
    browsing.sign_in(page, url, SECOND, PASSPHRASES[SECOND])
    for _ in range(HANDED_OVER):
        page.goto(f"{url}/desk/team/")
        browsing.press(page, 'main a[href*="/hand-over"]')
        browsing.press(page, ASKS)
    page.goto(f"{url}/desk/")
    return page


def begun(browser: Browser, url: str) -> Morning:
    """Eight o'clock: signed in, without JavaScript, the queue in front of her."""
    page = browsing.visit(browser, wide=True).new_page()
    browsing.sign_in(page, url, COORDINATOR, PASSPHRASES[COORDINATOR])
    return Morning(page, url)
