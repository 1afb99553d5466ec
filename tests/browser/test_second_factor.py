"""A first coordinator without JavaScript on a phone; a passkey in a browser that has one."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.vault import totp_code, totp_step
from tests.browser.browsing import assert_fits, code_at, press, set_up_app, sign_in, visit
from tests.people import COORDINATOR, PASSPHRASES, FirstDay
from tests.running import Running, running

NAME = "blue key"


@pytest.fixture
def fresh_site(
    first_day_template: FirstDay, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """An installation on its first day, for one walk alone."""
    folder = tmp_path_factory.mktemp("first") / "instance"
    shutil.copytree(first_day_template.folder, folder)
    with running(folder) as site:
        yield site


def sheet_words(page: Page) -> list[list[str]]:
    sheets = page.locator("section.sheet").all()
    return [sheet.locator("li").all_inner_texts() for sheet in sheets]


def asked(page: Page) -> list[tuple[int, int]]:
    hints = page.locator("#page .hint").all_inner_texts()
    numbers = [
        [int(n) for n in hint.replace(",", "").split() if n.isdecimal()] for hint in hints
    ]
    return [(sheet, word) for sheet, word in numbers]


def test_the_first_coordinator_settles_on_a_phone_without_javascript(
    browser: Browser, fresh_site: Running, first_day_template: FirstDay
) -> None:
    page, first = visit(browser).new_page(), first_day_template.first
    sign_in(page, fresh_site.url, first.handle, first.passphrase)
    words = choose_words(page)
    secret = set_up_app(page, words)
    assert_fits(page)
    assert len(page.locator(".words li").all()) == 10
    press(page, "main a.go")
    make_sheets(page)
    page.wait_for_url("**/first-steps/done")
    for path in ("", "factors/", "factors/app", "factors/codes", "passphrase"):
        page.goto(f"{fresh_site.url}/account/{path}")
        assert_fits(page)
    again = visit(browser).new_page()
    sign_in_with(again, fresh_site.url, words, secret)
    again.wait_for_url("**/desk/")


def choose_words(page: Page) -> str:
    assert_fits(page)
    words = " ".join(page.locator(".words li").all_inner_texts())
    page.locator("[name=again]").fill(words)
    press(page)
    assert_fits(page)
    return words


def make_sheets(page: Page) -> None:
    assert_fits(page)
    press(page)
    sheets = sheet_words(page)
    press(page)
    for name, (sheet, word) in zip(("first_word", "second_word"), asked(page), strict=True):
        page.locator(f"[name={name}]").fill(sheets[sheet - 1][word - 1])
    press(page)


def sign_in_with(page: Page, url: str, words: str, secret: bytes) -> None:
    """With the code that the app shows next: the one of now was taken."""
    page.goto(f"{url}/sign-in")
    page.locator("[name=handle]").fill(COORDINATOR)
    page.locator("[name=passphrase]").fill(words)
    later = totp_step(datetime.now(UTC).timestamp()) + 1
    page.locator("[name=code]").fill(totp_code(secret, later))
    press(page)


def test_a_passkey_is_made_and_signs_in(browser: Browser, own_pages: Running) -> None:
    url = own_pages.url.replace("127.0.0.1", "localhost")
    page = visit(browser, javascript=True).new_page()
    with_authenticator(page)
    sign_in(page, url, COORDINATOR, PASSPHRASES[COORDINATOR])
    page.goto(f"{url}/account/factors/passkey")
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=passphrase]").fill(PASSPHRASES[COORDINATOR])
    page.locator("[name=code]").fill(code_at(url, COORDINATOR, PASSPHRASES[COORDINATOR]))
    assert_fits(page)
    press(page, "[data-passkey=create]")
    assert not page.locator("[aria-invalid=true]").count(), page.locator("main").inner_text()
    page.goto(f"{url}/account/factors/")
    expect(page.locator("main")).to_contain_text(NAME, use_inner_text=True)
    page.context.clear_cookies()
    page.goto(f"{url}/sign-in")
    page.locator("[name=handle]").fill(COORDINATOR)
    page.locator("[name=passphrase]").fill(PASSPHRASES[COORDINATOR])
    press(page, "[data-passkey=get]")
    assert page.url == f"{url}/desk/", page.locator("main").inner_text()


def with_authenticator(page: Page) -> None:
    """A security key that is plugged in and touched."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
