"""Pictures of every page of a demo: `python -m tests.browser.screenshots FOLDER`.

With `tour` after the folder, only the pictures that the README shows.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from playwright.sync_api import Browser, Page

from tests.browser import browsing
from tests.browser.filling import go
from tests.browser.journey_pages import journey_pages
from tests.browser.pages import desk_pages, public_pages
from tests.running import ROOT, running

LOOKS = (("phone", False), ("screen", True))
SCHEMES = (("light", False), ("dark", True))
HANDLE, LAWYER = "coordinator", "lawyer"
CLIENTS = "Name for us;Taken on;What happened\nThe third;40.11.2026;They beat him with a stick."
ANSWER = "We are here. Is it safe for you to talk now?"
NOTE = "Ask about the doctor first."
TOUR = {"begin": "form", "story": "story", "check": "check", "kept": "saved"}
PEOPLE = (("members/", "members"), ("desk/keys", "keys"), ("oversight/", "log"))
Words: TypeAlias = Mapping[str, str]
"""Passphrases by handle."""
Seen: TypeAlias = Callable[[Browser, str, Words], Iterator[tuple[str, Page]]]


def main(folder: Path, seen: Seen) -> None:
    """Make a demo, walk through it, and keep what is `seen` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        instance = Path(temporary) / "demo"
        words = demo(instance)
        environ = {"INTAKE_DEMO": "true"}
        with running(instance, environ=environ) as site, browsing.playwright() as started:
            browser = browsing.launch(started)
            for name, page in seen(browser, site.url, words):
                page.screenshot(path=folder / f"{name}.png")
            browser.close()


def demo(instance: Path) -> Words:
    """Make the demo; its passphrases."""
    subprocess.run(
        [sys.executable, "-m", "intake.cli", "demo", "--no-serve"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "INTAKE_INSTANCE": str(instance)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    lines = (instance / "accounts.txt").read_text().splitlines()
    pairs = [line.split() for line in lines]
    return {pair[0]: pair[1] for pair in pairs if pair[:1] in ([HANDLE], [LAWYER])}


def tour(browser: Browser, url: str, words: Words) -> Iterator[tuple[str, Page]]:
    """The form, what a handler reads of it, the desk, and what a lawyer files."""
    yield from _told_and_read(browser, url, words, wide=False)
    page = yield from _told_and_read(browser, url, words, wide=True)
    case = page.url.removesuffix("/report")
    yield from work(page, url, case)
    yield from people(page, url, case)
    yield from of_the_body(browsing.visit(browser, wide=False).new_page(), url)
    yield from of_a_lawyer(browsing.visit(browser, wide=True).new_page(), url, words)


def _told_and_read(
    browser: Browser, url: str, words: Words, *, wide: bool
) -> Generator[tuple[str, Page], None, Page]:
    """The form, and a report at the desk; the page on which that is read."""
    page, suffix = browsing.visit(browser, wide=wide).new_page(), "-wide" if wide else ""
    page.goto(f"{url}/en/")
    yield f"start{suffix}", page
    for name in journey_pages(page, url, "en"):
        if name in TOUR:
            yield f"{TOUR[name]}{suffix}", page
    browsing.sign_in(page, url, HANDLE, words[HANDLE])
    _report(page, url)
    yield f"report{suffix}", page
    return page


def _report(page: Page, url: str) -> None:
    """To the report of the first case, opened where nobody has."""
    page.goto(f"{url}/desk/?view=all")
    browsing.press(page, "a.ref")
    if page.locator('form[action*="/open"]').count():
        browsing.press(page, 'form[action*="/open"] button')
    page.goto(f"{page.url.split('?')[0].removesuffix('/report')}/report")


def of_the_body(page: Page, url: str) -> Iterator[tuple[str, Page]]:
    """Where on the body, for who chose the lists and an injury; and files, on a phone."""
    form = f"{url}/en/report"
    page.goto(f"{form}/")
    browsing.press(page)
    for step, box in (("lists", "in_detail"), ("injuries", "injury")):
        page.goto(f"{form}/{step}")
        page.locator(f"[name={box}]").first.check()
        go(page)
    page.goto(f"{form}/body")
    page.locator('a[href="#pictures"]').click()
    yield "body", page
    page.goto(f"{form}/files")
    browsing.press(page, "#page p.actions a.wide")
    yield "file", page


def of_a_lawyer(page: Page, url: str, words: Words) -> Iterator[tuple[str, Page]]:
    """What a lawyer files for her clients, and a table of others with a fault in it."""
    browsing.sign_in(page, url, LAWYER, words[LAWYER])
    page.goto(f"{url}/filings/")
    yield "filings", page
    page.goto(f"{url}/filings/table/")
    page.locator("[name=text]").fill(CLIENTS)
    browsing.press(page, "#rows button.calm")
    yield "clients", page


def work(page: Page, url: str, case: str) -> Iterator[tuple[str, Page]]:
    """The day of a coordinator on a screen; what must happen next on a phone, too."""
    for address, name in (
        (f"{url}/desk/", "queue"),
        (case, "case"),
        (f"{case}/steps", "steps"),
    ):
        page.goto(address)
        yield name, page
    page.set_viewport_size(browsing.PHONE)  # type: ignore[arg-type] # a typed dict of theirs
    yield "steps-phone", page
    page.set_viewport_size(browsing.SCREEN)  # type: ignore[arg-type]
    page.goto(f"{case}/messages")
    page.locator("[name=text]").fill(ANSWER)
    browsing.press(page, 'form[action*="/messages"] button')
    page.locator("[name=note]").fill(NOTE)
    browsing.press(page, 'button[formaction*="/notes"]')
    yield "messages", page
    page.goto(f"{url}/desk/numbers?weeks=4")
    yield "numbers", page


def people(page: Page, url: str, case: str) -> Iterator[tuple[str, Page]]:
    """Who can open what, as a coordinator sees it on a screen; the lockdown on a phone."""
    page.goto(f"{case}/access")
    yield "access", page
    for address, name in PEOPLE:
        page.goto(f"{url}/{address}")
        yield name, page
    page.set_viewport_size(browsing.PHONE)  # type: ignore[arg-type] # a typed dict of theirs
    page.goto(f"{url}/lockdown")
    yield "lockdown", page


def everything(browser: Browser, url: str, words: Words) -> Iterator[tuple[str, Page]]:
    """Each page in each look, with the name of its picture."""
    for look, wide in LOOKS:
        for scheme, dark in SCHEMES:
            for language in browsing.LOCALES:
                context = browsing.visit(browser, language=language, wide=wide, dark=dark)
                page = context.new_page()
                for name in public_pages(page, url, language):
                    yield f"{name}-{language}-{look}-{scheme}", page
                context.close()
            context = browsing.visit(browser, wide=wide, dark=dark)
            page = context.new_page()
            for name in desk_pages(page, url, HANDLE, words[HANDLE]):
                yield f"{name}-{look}-{scheme}", page
            context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), tour if "tour" in sys.argv[2:] else everything)
