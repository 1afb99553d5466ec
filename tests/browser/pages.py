"""Every page there is, one after another, as somebody comes to it; each is named."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.browsing import codes, come_back, fill_urgent, press, set_up_app, sign_in
from tests.browser.journey_pages import journey_pages

WORDS = "They took my brother at night."
ANSWER = "Is it safe for you to talk now?"


def public_pages(page: Page, url: str, language: str) -> Iterator[str]:
    """What a reporter sees, with errors and with a code."""
    for name, path in {
        "start": "",
        "safety": "safety/",
        "today": "today/",
        "real": "real/",
        "urgent": "urgent/",
        "no-code": "urgent/sent",
        "done": "urgent/done",
        "lost": "return/lost",
        "nothing": "nothing-here",
    }.items():
        page.goto(f"{url}/{language}/{path}")
        yield name
    page.goto(f"{url}/{language}/urgent/")
    press(page)
    yield "urgent-error"
    yield from journey_pages(page, url, language)
    yield from _receipt_and_conversation(page, url, language)


def _receipt_and_conversation(page: Page, url: str, language: str) -> Iterator[str]:
    page.goto(f"{url}/{language}/urgent/")
    fill_urgent(page, WORDS)
    press(page)
    yield "receipt"
    (code,) = codes(page)[:1]
    page.goto(f"{url}/{language}/return/")
    yield "code"
    page.locator("[name=code]").fill("1234 5678")
    press(page)
    yield "code-error"
    come_back(page, url, language, code)
    page.locator("[name=text]").fill(WORDS)
    press(page)
    yield "messages"
    for name in ("add", "take-back", "erase", "more", "more/contact", "consents"):
        page.goto(f"{url}/{language}/return/{name}")
        yield name.replace("/", "-")
    press(page, "main ul a")
    yield "consents-one"


def desk_pages(page: Page, url: str, handle: str, passphrase: str) -> Iterator[str]:
    """What a coordinator sees; the newest report is opened, taken and answered."""
    page.goto(f"{url}/sign-in")
    yield "sign-in"
    sign_in(page, url, "nobody", passphrase)
    yield "sign-in-error"
    sign_in(page, url, handle, passphrase)
    yield "queue"
    page.goto(f"{url}/desk/?view=triage&region=KZ-10&level=u4")
    yield "queue-narrowed"
    yield from _queue_pages(page, url)
    page.goto(f"{url}/desk/?sort=newest")
    press(page, "a.ref")
    yield "unopened"
    yield from _case_pages(page)
    yield from _work_pages(page, url)
    yield from _access_pages(page)
    yield from _duty_pages(page, url)
    yield from _directory_pages(page, url)
    yield from _people_pages(page, url)


def _queue_pages(page: Page, url: str) -> Iterator[str]:
    for name, path in {
        "filters": "filters?view=late&sex=male",
        "views": "views/",
        "view-new": "views/new?region=KZ-10",
        "shortcuts": "shortcuts",
        "nothing-found": "find?named=2222-2222",
    }.items():
        page.goto(f"{url}/desk/{path}")
        yield f"queue-{name}"
    page.goto(f"{url}/desk/?view=all")
    press(page, "button[value=take]")
    yield "queue-nothing-ticked"
    page.locator("input[name=case]").first.check()
    page.locator("select[name=stage]").select_option("monitoring")
    press(page, "button[value=move]")
    yield "queue-not-done"


def _case_pages(page: Page) -> Iterator[str]:
    case = page.url.partition("?")[0]
    page.goto(f"{case}/report")
    yield "report-unopened"
    press(page, 'form[action*="/open"] button')
    yield "report"
    for folded in page.locator("main details > summary").all():
        folded.click()
    yield "report-unfolded"
    page.goto(case)
    press(page, 'form[action*="/take"] button')
    yield "overview"
    page.locator("summary").first.click()
    page.locator("[name=reason]").fill(WORDS)
    yield "raise"
    page.goto(f"{case}/messages")
    yield "correspondence"
    page.locator("[name=text]").fill(ANSWER)
    press(page, 'form[action*="/messages"] button')
    page.locator("[name=note]").fill(WORDS)
    press(page, 'button[formaction*="/notes"]')
    yield "correspondence-both"
    page.goto(f"{case}/timeline")
    yield "timeline"


def _work_pages(page: Page, url: str) -> Iterator[str]:
    """Steps and deadlines; something is held back, and something waits for a second person."""
    press(page, '.tabs a[href*="/steps"]')
    case = page.url.partition("?")[0]
    for folded in page.locator("main details > summary").all():
        folded.click()
    yield "steps"
    page.goto(f"{case}/npm_request")
    page.locator("[name=npm_words]").fill(WORDS)
    press(page)
    yield "step-held-back"
    page.goto(case.replace("/steps", "/move/any_to_closed"))
    yield "withdrawal"
    page.goto(case.replace("/steps", "/move/any_to_erased"))
    page.locator("[name=moved_asked_how]").first.check()
    press(page)
    yield "steps-waiting"
    page.goto(f"{url}/desk/proposals/")
    yield "proposals"
    press(page, ".thing .acts a")
    yield "proposal"
    press(page, 'form[action$="/withdraw"] button')
    page.goto(f"{url}/desk/deadlines/")
    yield "deadlines"
    page.goto(case)


def _access_pages(page: Page) -> Iterator[str]:
    press(page, '.tabs a[href$="/access"]')
    yield "access"
    press(page, 'main a[href$="/access/keep"]')
    yield "access-keep"


def _duty_pages(page: Page, url: str) -> Iterator[str]:
    page.goto(f"{url}/desk/duty")
    yield "duty"
    press(page, "table.rows tbody a")
    yield "duty-hours"


def _directory_pages(page: Page, url: str) -> Iterator[str]:
    page.goto(f"{url}/desk/directory/new")
    yield "directory-new"
    press(page)
    yield "directory-error"
    page.goto(f"{url}/desk/directory/")
    yield "directory"
    press(page, ".thing a")
    yield "directory-entry"


PEOPLE = (
    "desk/numbers",
    "desk/keys",
    "oversight/head",
    "oversight/readings",
    "lockdown",
    "lockdown/sure",
)
ACTS = ("roles", "suspend", "leave", "renew")
SETTINGS = (
    "",
    "duty",
    "numbers",
    "coalition",
    "printed",
    "addresses",
    "exit",
    "consents",
    "consents/statistics",
    "checks",
)


def _people_pages(page: Page, url: str) -> Iterator[str]:
    """Members, keys, the log and the lockdown; nothing is done there."""
    page.goto(f"{url}/members/invite")
    yield "invite"
    page.locator("[name=handle]").fill("fern")
    press(page, "#page button.go")
    yield "invite-error"
    page.goto(f"{url}/members/")
    yield "members"
    press(page, 'main a:text-is("second")')
    yield "member"
    member = page.url
    for name in ACTS:
        page.goto(f"{member}/{name}")
        yield f"member-{name}"
    page.goto(f"{url}/oversight/")
    yield "log"
    for name in PEOPLE:
        page.goto(f"{url}/{name}")
        yield name.replace("/", "-")


def settings_pages(page: Page, url: str) -> Iterator[str]:
    """What an administrator who is signed in sees of the settings."""
    for name in SETTINGS:
        page.goto(f"{url}/settings/{name}")
        yield f"settings-{name.replace('/', '-')}"
    page.goto(f"{url}/settings/checks")
    press(page, "main li a")
    yield "settings-check"


def first_steps(page: Page, url: str, handle: str, passphrase: str) -> Iterator[str]:
    """What the first coordinator sees on her first day; a passphrase works once."""
    sign_in(page, url, handle, passphrase)
    yield "passphrase"
    words = page.locator(".words li").all_inner_texts()
    press(page)
    yield "passphrase-error"
    page.locator("[name=again]").fill(" ".join(words))
    press(page)
    yield "second-factor"
    set_up_app(page, " ".join(words))
    yield "recovery-codes"
    press(page, "main a.go")
    yield "sheets"
    press(page)
    yield "sheets-shown"
    press(page)
    yield "sheets-check"
    press(page)
    yield "sheets-check-error"
    page.goto(f"{url}/desk/")
    yield "empty-queue"
    for name in ("", "factors/", "factors/app", "factors/codes", "passphrase"):
        page.goto(f"{url}/account/{name}")
        yield f"account-{name.strip('/').replace('/', '-')}"
