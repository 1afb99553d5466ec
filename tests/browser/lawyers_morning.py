"""A lawyer's morning, measured: `python -m tests.browser.lawyers_morning`.

She files for eleven clients by hand, for eleven more out of a table, and answers messages; it
prints what each part took and writes docs/lawyers-morning.md.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.browser import browsing
from tests.browser.clients import CLIENTS, of_client
from tests.browser.coordinating import Part
from tests.browser.lawyering import (
    ANSWERED,
    ATTACHED,
    FIRST,
    OTHERS,
    PUT_RIGHT,
    SENT,
    TAKEN,
    Lawyer,
    answer,
    asks,
    begun,
    by_hand,
    by_table,
    hire,
    ref_of,
)
from tests.people import begin, service_in, settle, stretching_quickly
from tests.running import ROOT, running

DOCUMENT: Final = ROOT / "docs" / "lawyers-morning.md"
ASKED: Final = 3
BY_HAND, BY_TABLE = (FIRST, OTHERS), (PUT_RIGHT, ATTACHED, SENT, TAKEN)
BEFORE: Final[Mapping[str, Part]] = {
    FIRST: Part(41, 5.9, 1.0),
    OTHERS: Part(190, 34.2, 5.6),
    PUT_RIGHT: Part(9, 2.1, 0.6),
    ATTACHED: Part(10, 2.8, 0.6),
    SENT: Part(13, 3.8, 2.7),
    TAKEN: Part(44, 13.6, 2.4),
}
"""The same morning on the pages as they were first made."""


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary, stretching_quickly():
        folder = Path(temporary)
        settle(begin(folder / "instance"))
        service = service_in(folder / "instance")
        hire(service)
        with running(folder / "instance") as site, browsing.playwright() as started:
            browser = browsing.launch(started)
            lawyer = begun(browser, site.url)
            by_hand(lawyer, CLIENTS, folder)
            by_table(lawyer, CLIENTS, folder)
            names = [of_client(number)["client_name_for_us"] for number in range(1, ASKED + 1)]
            asks(service, [ref_of(lawyer.page, name) for name in names])
            answer(lawyer, names)
            browser.close()
        service.engine.dispose()
    text = "\n".join(_document(lawyer)) + "\n"
    sys.stdout.write(text)
    DOCUMENT.write_text(text, "utf-8")


def _document(lawyer: Lawyer) -> Iterator[str]:
    yield from (
        "# A lawyer's morning",
        "",
        f"Written by `python -m tests.browser.lawyers_morning`: {CLIENTS} clients in one",
        "SIZO, under a paper that forbids to speak of the case file, in Chromium without",
        f"JavaScript, on loopback; then {CLIENTS} more out of a table with three faults, and",
        f"{ASKED} messages. Every press counts: links, buttons, receipts, and one for each",
        "field that is filled in or chosen. «Before» are the same pages as they were first",
        "made. «Now» has what that walk showed to be missing: one page with what differs",
        "for the next client, a paper added from the page of a report, all that can be sent",
        "read at once, all codes on one page, receipts in the list, and no question of the",
        "case file before it is known whether she may speak. Letters are what is typed in",
        "the browser, before and now alike. Seconds are what the walk took and, of those,",
        "what the server needed: they belong to the machine, their ratios count, and a",
        "person reads and thinks in between.",
        "",
        "| | presses before | now | letters | seconds before (server) | now |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    )
    for title, names in (("By hand", BY_HAND), ("By table", BY_TABLE)):
        yield from (_line(name, BEFORE[name], lawyer.parts[name], lawyer) for name in names)
        before, now = (_sum([parts[n] for n in names]) for parts in (BEFORE, lawyer.parts))
        yield _line(f"**{title}, all**", before, now, lawyer, *names)
    yield _line(ANSWERED, None, lawyer.parts[ANSWERED], lawyer)


def _line(title: str, before: Part | None, now: Part, lawyer: Lawyer, *names: str) -> str:
    letters = sum(lawyer.letters[name] for name in names or (title,))
    was = (str(before.clicks), _seconds(before)) if before else ("", "")
    return f"| {title} | {was[0]} | {now.clicks} | {letters} | {was[1]} | {_seconds(now)} |"


def _seconds(part: Part) -> str:
    return f"{part.seconds:.1f} ({part.waited:.1f})"


def _sum(parts: list[Part]) -> Part:
    return Part(
        sum(one.clicks for one in parts),
        sum(one.seconds for one in parts),
        sum(one.waited for one in parts),
    )


if __name__ == "__main__":
    main()
