"""Debian's Chromium as people use it, and what they do in it, found by names and addresses."""

import base64
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from intake.vault import totp_code, totp_step
from tests.people import code_now
from tests.running import INSTANCES

PHONE, SCREEN = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
LOCALES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-US"}
NEUTRAL = "neutral.example"
CODE = re.compile(r"\d{4}(?: \d{4}){5}")
SWITCHED_OFF = (
    # Playwright's own list, which gives way to ours:
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    # Below the address bar of each window stand two pages that nobody opens, at half its price:
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
)
FLAGS = (
    f"--disable-features={','.join(SWITCHED_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Windows come and go by the hundred, and a page starts quicker than a process.
    "--renderer-process-limit=1",
)
# Playwright turns off the memory from which Back brings whole pages; people have it.
UNWANTED = ("--disable-back-forward-cache",)
PATIENCE = 60
"""Seconds after which a page that does not come is called missing."""
NO_CHROMIUM = "Chromium is not installed, so the pages were not walked in a browser."


def chromium_path() -> str | None:
    return shutil.which("chromium")


@contextmanager
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as started:
        yield started


def launch(started: Playwright, *flags: str) -> Browser:
    return started.chromium.launch(
        executable_path=chromium_path(),
        args=[*FLAGS, *flags],
        ignore_default_args=list(UNWANTED),
    )


def visit(
    browser: Browser,
    *,
    language: str = "en",
    javascript: bool = False,
    wide: bool = False,
    dark: bool = False,
) -> BrowserContext:
    """A browser that was never here before."""
    context = browser.new_context(
        locale=LOCALES[language],
        java_script_enabled=javascript,
        viewport=SCREEN if wide else PHONE,  # type: ignore[arg-type] # a typed dict of theirs
        color_scheme="dark" if dark else "light",
        ignore_https_errors=True,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE * 1000)
    return context


def assert_fits(page: Page) -> None:
    """Nothing makes the page wider than its window."""
    page.wait_for_load_state()
    width, most = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= most, f"{page.url} is {width} px wide"


def assert_language(page: Page, language: str) -> None:
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.lang") == language, page.url


def press(page: Page, selector: str = "#page button.go") -> None:
    """Press a button and wait for the page that follows."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def fill_urgent(page: Page, words: str, **more: str) -> None:
    """Tell that somebody is held, in a few words."""
    page.locator("input[name=victim_status][value=police_custody]").check()
    page.locator("[name=narrative]").fill(words)
    for name, value in more.items():
        page.locator(f"[name={name}]").fill(value)


def codes(page: Page) -> list[str]:
    """The return codes on a receipt."""
    return [" ".join(text.split()) for text in page.locator(".code").all_inner_texts()]


def report(page: Page, url: str, language: str, words: str, **more: str) -> str:
    """Send an urgent report; its return code."""
    page.goto(f"{url}/{language}/urgent/")
    fill_urgent(page, words, **more)
    press(page)
    (code,) = codes(page)[:1]
    assert CODE.fullmatch(code)
    return code


def come_back(page: Page, url: str, language: str, code: str) -> None:
    """Open the conversation with a return code."""
    page.goto(f"{url}/{language}/return/")
    page.locator("[name=code]").fill(code)
    press(page)
    page.wait_for_url(f"**/{language}/return/messages")


def sign_in(page: Page, url: str, handle: str, passphrase: str) -> None:
    """Sign in, with what her app shows."""
    page.goto(f"{url}/sign-in")
    page.locator("[name=handle]").fill(handle)
    page.locator("[name=passphrase]").fill(passphrase)
    page.locator("[name=code]").fill(code_at(url, handle, passphrase))
    press(page)


def code_at(url: str, handle: str, passphrase: str) -> str:
    """What her app shows now, taken or not."""
    return code_now(INSTANCES[urlsplit(url).port or 0], handle, passphrase)


def set_up_app(page: Page, passphrase: str) -> bytes:
    """Put the letters of the page into an app, and its code into the page; the secret."""
    secret = base64.b32decode(page.locator(".secret").inner_text().replace(" ", ""))
    page.locator("[name=first_code]").fill(
        totp_code(secret, totp_step(datetime.now(UTC).timestamp()))
    )
    page.locator("[name=passphrase]").fill(passphrase)
    press(page)
    return secret
