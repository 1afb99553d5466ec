"""A newcomer on a small phone without JavaScript: invited, compared, let in, at work."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, Page, expect

from intake.casework import Service, resume
from intake.roles import Role
from intake.vault import totp_code, totp_step
from tests.browser.browsing import assert_fits, code_at, press, set_up_app, sign_in, visit
from tests.people import COORDINATOR, PASSPHRASES, add_member, service_in, turn_back
from tests.people import set_up_app as give_app
from tests.people import sign_in as session_of
from tests.running import Running

ADMINISTRATOR = "aster"
WORDS = "ribbon candle harvest window thistle amber"
SECRET = re.compile(r"\b[0-9A-Z]{4}(?: [0-9A-Z]{4}){12}\b")
FINGERPRINT = re.compile(r"\b\d{4}(?: \d{4}){7}\b")


def hire_administrator(service: Service) -> None:
    """Somebody who invites and reads nothing."""
    now, before = datetime.now(UTC), datetime.now(UTC) - timedelta(minutes=5)
    words = PASSPHRASES[COORDINATOR]
    turn_back(service, COORDINATOR, words)
    cookie = session_of(service, COORDINATOR, words, known=None, now=before).cookie
    add_member(resume(service, cookie, now=now), ADMINISTRATOR, (Role.ADMINISTRATOR,), WORDS)
    cookie = session_of(service, ADMINISTRATOR, WORDS, known=None, now=before).cookie
    give_app(resume(service, cookie, now=now), WORDS, now=before)


def go(page: Page, address: str) -> None:
    """Open a page, and see that it fits."""
    page.goto(address)
    assert_fits(page)


def invited(page: Page, url: str) -> str:
    """The secret that the administrator is shown once."""
    sign_in(page, url, ADMINISTRATOR, WORDS)
    expect(page).to_have_url(f"{url}/members/")
    assert_fits(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Invite somebody").click()
    assert_fits(page)
    page.locator("[name=handle]").fill("fern")
    page.get_by_label("Coordinator").check()
    press(page)
    assert_fits(page)
    (secret,) = SECRET.findall(page.inner_text("main"))
    return str(secret)


def come(page: Page, url: str, secret: str) -> tuple[str, bytes]:
    """The words that were drawn, and what her app holds from now on."""
    go(page, f"{url}/invitation#{secret.replace(' ', '')}")
    page.locator("[name=secret]").fill(secret.lower())
    press(page)
    assert_fits(page)
    words = " ".join(page.locator(".words li").all_inner_texts())
    page.locator("[name=again]").fill(words)
    press(page)
    if page.locator(".secret").count() == 0:
        with page.expect_navigation():
            page.get_by_role("link", name="Set up an app that shows codes").click()
    return words, set_up_app(page, words)


def let_in(page: Page, url: str, fingerprint: str) -> None:
    """What a coordinator does with the digits that were read to her."""
    sign_in(page, url, COORDINATOR, PASSPHRASES[COORDINATOR])
    go(page, f"{url}/members/")
    with page.expect_navigation():
        page.get_by_role("link", name="fern", exact=True).click()
    assert_fits(page)
    assert fingerprint not in page.content()
    page.locator("[name=fingerprint]").fill(fingerprint.replace(" ", ""))
    page.locator("[name=passphrase]").fill(PASSPHRASES[COORDINATOR])
    page.locator("[name=code]").fill(code_at(url, COORDINATOR, PASSPHRASES[COORDINATOR]))
    press(page)
    expect(page.get_by_text("The member is let in.")).to_be_visible()


def sign_in_again(page: Page, url: str, words: str, app: bytes) -> None:
    """The newcomer once more, with the code after the one that her app began with."""
    page.goto(f"{url}/sign-in")
    page.locator("[name=handle]").fill("fern")
    page.locator("[name=passphrase]").fill(words)
    step = totp_step(datetime.now(UTC).timestamp())
    page.locator("[name=code]").fill(totp_code(app, step + 1))
    press(page)


def test_a_newcomer_is_invited_let_in_and_reads_the_queue(
    browser: Browser, own_site: Running
) -> None:
    url, service = own_site.url, service_in(own_site.instance)
    hire_administrator(service)
    service.engine.dispose()
    secret = invited(visit(browser).new_page(), url)

    hers = visit(browser).new_page()
    words, app = come(hers, url, secret)
    go(hers, f"{url}/account/")
    (fingerprint,) = FINGERPRINT.findall(hers.inner_text("main"))
    hers.goto(f"{url}/desk/")
    assert hers.url == f"{url}/account/"  # she reads nothing yet

    let_in(visit(browser).new_page(), url, fingerprint)
    sign_in_again(hers, url, words, app)
    go(hers, f"{url}/desk/")
    expect(hers.locator("table .ref")).to_have_count(1)


def test_with_javascript_the_field_fills_itself_and_the_address_forgets(
    browser: Browser, site: Running
) -> None:
    page = visit(browser, javascript=True).new_page()
    page.goto(f"{site.url}/invitation#ABCD2345")
    assert page.locator("[name=secret]").input_value() == "ABCD2345"
    expect(page).to_have_url(f"{site.url}/invitation")
