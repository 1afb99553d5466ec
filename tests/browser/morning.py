"""A coordinator's morning, measured: `python -m tests.browser.morning`.

It walks 60 new reports, once the long way, by the list and the page of each step, and once by
the short ways that the desk offers; it prints both and writes docs/coordinators-morning.md.
"""

import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from tests.browser import browsing
from tests.browser.coordinating import Part, accept, begun, walked
from tests.browser.night import arrive
from tests.people import begin, service_in, settle, stretching_quickly
from tests.running import ROOT, running

REPORTS: Final = 60
DOCUMENT: Final = ROOT / "docs" / "coordinators-morning.md"


def main() -> None:
    with browsing.playwright() as started:
        browser = browsing.launch(started)
        walks = [_walk(browser, is_short=is_short) for is_short in (False, True)]
        browser.close()
    text = "\n".join(_table(*walks)) + "\n"
    sys.stdout.write(text)
    DOCUMENT.write_text(text, "utf-8")


def _walk(browser: Browser, *, is_short: bool) -> dict[str, Part]:
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        with stretching_quickly():
            settle(begin(instance))
        service = service_in(instance)
        came = arrive(service, REPORTS, now=datetime.now(UTC))
        service.engine.dispose()
        with running(instance) as site:
            morning = begun(browser, site.url)
            walked(morning, came, is_short=is_short)
            accept(browser, site.url)
        return morning.parts


def _table(before: dict[str, Part], after: dict[str, Part]) -> Sequence[str]:
    return [
        "# A coordinator's morning",
        "",
        f"Written by `python -m tests.browser.morning`: {REPORTS} new reports after a mass",
        "detention, in Chromium without JavaScript, on loopback. Every press counts: links,",
        "buttons, and one for each field that is filled in or chosen. «By steps» goes through",
        "the list and the page of each step; «short ways» uses the buttons that were made for",
        "such a morning: confirm and begin contact, next unread report, number or reference.",
        "Seconds are what the walk took and, of those, what the server needed to answer: they",
        "belong to the machine, their ratios count, and a person reads in between.",
        "",
        "| | presses by steps | short ways | seconds by steps (server) | short ways |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(_line(name, before[name], after[name]) for name in before),
        _line("All together", _sum(before), _sum(after)),
    ]


def _line(name: str, before: Part, after: Part) -> str:
    seconds = (f"{one.seconds:.1f} ({one.waited:.1f})" for one in (before, after))
    return f"| {name} | {before.clicks} | {after.clicks} | {' | '.join(seconds)} |"


def _sum(parts: dict[str, Part]) -> Part:
    return Part(
        sum(one.clicks for one in parts.values()),
        sum(one.seconds for one in parts.values()),
        sum(one.waited for one in parts.values()),
    )


if __name__ == "__main__":
    main()
