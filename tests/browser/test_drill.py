"""The drill: set up, locked while reports come in, brought back from two of three sheets."""

import base64
import re
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from intake.casework.checks.finding import Health
from intake.casework.checks.locked import locked
from intake.vault import totp_code, totp_step
from tests.browser.browsing import CODE, press, visit
from tests.people import FirstDay, service_in
from tests.proof.caller import Caller, fields
from tests.proof.load import until_answered
from tests.running import Running, running

CLIENTS, EACH = 3, 10
WORDS = "They took him from the drill hall"
STEP_SECONDS = 30


@dataclass
class Phone:
    """An authenticator app; it never shows a code that was taken already."""

    secret: bytes = b""
    last: int = 0

    def code(self) -> str:
        now = self._step()
        while self.last + 1 > now + 1:
            time.sleep(1)
            now = self._step()
        self.last = max(self.last + 1, now - 1)
        return totp_code(self.secret, self.last)

    @staticmethod
    def _step() -> int:
        return totp_step(datetime.now(UTC).timestamp())


@dataclass
class Member:
    """Somebody at her browser, with her paper and her phone."""

    page: Page
    url: str
    handle: str
    words: str = field(default="", repr=False)
    phone: Phone = field(default_factory=Phone, repr=False)

    def sign_in(self, words: str, *, with_code: bool = True) -> None:
        self.page.goto(f"{self.url}/sign-in")
        self.page.locator("[name=handle]").fill(self.handle)
        self.page.locator("[name=passphrase]").fill(words)
        if with_code:
            self.page.locator("[name=code]").fill(self.phone.code())
        press(self.page)

    def keep_the_words(self) -> None:
        """Write the drawn words down and type them."""
        self.words = " ".join(self.page.locator(".words li").all_inner_texts())
        self.page.locator("[name=again]").fill(self.words)
        press(self.page)

    def set_up_app(self) -> None:
        self.page.goto(f"{self.url}/account/factors/app")
        self.phone.secret = base64.b32decode(
            self.page.locator(".secret").inner_text().replace(" ", "")
        )
        self.page.locator("[name=first_code]").fill(self.phone.code())
        self.page.locator("[name=passphrase]").fill(self.words)
        press(self.page)

    def prove(self) -> None:
        """Fill in the fresh proof that a page asks for."""
        self.page.locator("[name=passphrase]").fill(self.words)
        if self.page.locator("[name=code]").count():
            self.page.locator("[name=code]").fill(self.phone.code())

    def make_sheets(self) -> list[str]:
        """Make three sheets, read two words back, and put them in force."""
        self.page.goto(f"{self.url}/first-steps/sheets")
        if self.page.locator("[name=passphrase]").count():
            self.prove()
        press(self.page)
        sheets = [
            " ".join(one.locator(".words li").all_inner_texts())
            for one in self.page.locator(".sheet").all()
        ]
        press(self.page)
        asked = self.page.locator("#page").inner_text()
        places = re.findall(r"Sheet (\d+), word (\d+)", asked)
        for name, (sheet, word) in zip(("first_word", "second_word"), places, strict=True):
            self.page.locator(f"[name={name}]").fill(
                sheets[int(sheet) - 1].split()[int(word) - 1]
            )
        press(self.page)
        self.page.wait_for_url("**/first-steps/done")
        return sheets


class Reporters:
    """Clients that send reports; what was acknowledged is counted."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.codes: list[str] = []
        self.failures: list[BaseException] = []
        self.has_begun = threading.Event()
        self._threads = [threading.Thread(target=self._send) for _ in range(CLIENTS)]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()
        assert self.has_begun.wait(60)

    def finish(self) -> None:
        for thread in self._threads:
            thread.join()
        assert self.failures == []

    def _send(self) -> None:
        try:
            for _ in range(EACH):
                self.codes.append(self._one())
                self.has_begun.set()
        except BaseException as error:  # noqa: BLE001 - told by the test, not by its thread
            self.failures.append(error)

    def _one(self) -> str:
        caller = Caller(self.port)
        page = until_answered(lambda: caller.get("/en/urgent/"))
        form = {name: values[0] for name, values in fields(page, "/urgent/").items()}
        form |= {"narrative": WORDS, "victim_status": "police_custody"}
        sent = until_answered(lambda: caller.post("/en/urgent/", form))
        shown = until_answered(lambda: caller.get(sent.location))
        (code,) = (e.text for e in shown.page.all("p") if e.get("class") == "code")
        assert CODE.fullmatch(" ".join(code.split()))
        return code


@pytest.fixture
def site(first_day_template: FirstDay, tmp_path: Path) -> Iterator[Running]:
    """An installation of its own on its first day, served and worked for."""
    folder = tmp_path / "instance"
    shutil.copytree(first_day_template.folder, folder)
    with running(folder, "serve", "worker") as site:
        yield site


def settle(browser: Browser, site: Running, day: FirstDay) -> tuple[Member, list[str]]:
    """The first coordinator: passphrase, second factor, sheets."""
    page = visit(browser, wide=True).new_page()
    first = Member(page, site.url, day.first.handle)
    first.sign_in(day.first.passphrase, with_code=False)
    first.keep_the_words()
    first.set_up_app()
    return first, first.make_sheets()


def bring_in(browser: Browser, first: Member) -> Member:
    """The second coordinator: invited, joined, entered by her fingerprint, signed in."""
    page = first.page
    page.goto(f"{first.url}/members/invite")
    page.locator("[name=handle]").fill("second")
    page.locator("[name=roles][value=coordinator]").check()
    press(page)
    address = page.locator(".own").first.inner_text()
    second = Member(visit(browser, wide=True).new_page(), first.url, "second")
    second.page.goto(f"{first.url}/invitation")
    second.page.locator("[name=secret]").fill(address)
    press(second.page)
    second.keep_the_words()
    second.set_up_app()
    second.page.goto(f"{first.url}/account/")
    digits = second.page.locator(".fingerprint").first.inner_text()
    page.goto(f"{first.url}/members/")
    press(page, 'main a:text-is("second")')
    page.locator("[name=fingerprint]").fill(digits)
    first.prove()
    press(page)
    second.sign_in(second.words)
    assert "/desk/" in second.page.url
    return second


def lock(member: Member) -> None:
    """Press the button."""
    member.page.goto(f"{member.url}/lockdown")
    press(member.page, "main a.go")
    press(member.page, "form.lock button")
    expect(member.page.locator("h1")).to_contain_text(
        "Everything is locked", use_inner_text=True
    )


def recover(site: Running, sheets: list[str]) -> str:
    """What the operator does with two of the three sheets; the one-time passphrase."""
    path = site.instance.parent / "sheets.txt"
    path.write_text(f"{sheets[0]}\n{sheets[2]}\n")
    site.command("recover", "--handle", "anew", "--sheets", str(path))
    return (site.instance / "first-sign-in.txt").read_text().split()[-1]


def read_everything(member: Member) -> int:
    """Open each report of the queue, as many as there are; how many tell the words."""
    refs: set[str] = set()
    for page in (1, 2):
        member.page.goto(f"{member.url}/desk/?view=all&page={page}")
        refs |= set(member.page.locator("a.ref").all_inner_texts())
    return sum(reads(member, ref) for ref in refs)


def reads(member: Member, ref: str) -> bool:
    window = member.page.context.new_page()
    window.goto(f"{member.url}/desk/cases/{ref}/report")
    if window.locator('form[action*="/open"]').count():
        press(window, 'form[action*="/open"] button')
    is_told = WORDS in window.locator("main").inner_text()
    window.close()
    return is_told


def cookies_of(context: BrowserContext) -> dict[str, str]:
    return {one["name"]: one["value"] for one in context.cookies()}


def test_locked_under_load_and_brought_back_nothing_is_lost(
    browser: Browser, site: Running, first_day_template: FirstDay
) -> None:
    first, sheets = settle(browser, site, first_day_template)
    second = bring_in(browser, first)
    old = [cookies_of(one.page.context) for one in (first, second)]
    reporters = Reporters(site.port)
    reporters.begin()
    lock(second)
    assert len(reporters.codes) < CLIENTS * EACH, "it was locked after the last report"
    reporters.finish()

    for member in (first, second):
        member.page.goto(f"{member.url}/desk/")
        assert "/sign-in" in member.page.url
        member.sign_in(member.words)
        expect(member.page.locator("main")).to_contain_text(
            "do not belong together", use_inner_text=True
        )
    for cookies in old:
        assert Caller(site.port, dict(cookies)).get("/desk/").status == 303

    anew = Member(visit(browser, wide=True).new_page(), site.url, "anew")
    anew.sign_in(recover(site, sheets), with_code=False)
    anew.keep_the_words()
    anew.set_up_app()
    assert read_everything(anew) == len(reporters.codes) == CLIENTS * EACH
    fresh = anew.make_sheets()
    assert set(fresh).isdisjoint(sheets)
    for cookies in old:
        assert Caller(site.port, dict(cookies)).get("/desk/").status == 303
    service = service_in(site.instance)
    assert locked(service, datetime.now(UTC)).health is Health.OK
    service.engine.dispose()
    assert site.command("audit", "verify").startswith("The log is whole")
