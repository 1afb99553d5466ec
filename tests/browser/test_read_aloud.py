"""What a screen reader is told at the desk: Chromium's own tree of roles and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import press, sign_in, visit
from tests.browser.day_pages import day_pages, reports_came
from tests.people import COORDINATOR, PASSPHRASES
from tests.running import Running

LANDMARKS: Final = ("banner", "navigation", "search", "complementary", "main", "region")
ALONE: Final = ("banner", "main")
"""Of these a page has one."""
UNNAMED: Final = frozenset({"banner", "main"})
PRESSED: Final = ("button", "link", "checkbox", "radio", "combobox", "textbox", "searchbox")
VAGUE: Final = frozenset({"Go on", "Look", "Change", "Open", "Correct it", "More", "Here", ""})
"""Names that say nothing to who goes from button to button or from link to link."""


@dataclass(frozen=True)
class Node:
    """One thing as assistive technology is told of it."""

    role: str
    name: str
    level: int
    id: str
    parent: str


def tree(page: Page) -> list[Node]:
    """Everything on the page that is not hidden from who cannot see it."""
    wire = page.context.new_cdp_session(page)
    found = wire.send("Accessibility.getFullAXTree")["nodes"]
    wire.detach()
    return [_node(one) for one in found if not one.get("ignored")]


def _node(told: dict[str, Any]) -> Node:
    more = {one["name"]: one["value"].get("value") for one in told.get("properties", ())}
    return Node(
        told.get("role", {}).get("value", ""),
        told.get("name", {}).get("value", "").strip(),
        int(more.get("level") or 0),
        told["nodeId"],
        told.get("parentId", ""),
    )


def problems(page: Page) -> Iterator[str]:
    """What who listens would stumble over."""
    nodes = tree(page)
    titles = [one for one in nodes if one.role == "heading" and one.level == 1]
    if len(titles) != 1 or not titles[0].name:
        yield f"{len(titles)} first headings"
    yield from _jumps([one.level for one in nodes if one.role == "heading"])
    yield from _landmarks(nodes)
    yield from _tables(nodes)
    for one in nodes:
        if one.role in PRESSED and one.name in VAGUE:
            yield f"a {one.role} is called «{one.name}»"


def _jumps(levels: list[int]) -> Iterator[str]:
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} after one of level {before}"


def _landmarks(nodes: list[Node]) -> Iterator[str]:
    marks = [one for one in nodes if one.role in LANDMARKS]
    counts = Counter(one.role for one in marks)
    yield from (f"{counts[role]} times {role}" for role in ALONE if counts[role] != 1)
    named = Counter((one.role, one.name) for one in marks if one.role not in UNNAMED)
    yield from (f"a {role} without a name" for role, name in named if not name)
    yield from (f"{count} times {what}" for what, count in named.items() if count > 1)


def _tables(nodes: list[Node]) -> Iterator[str]:
    by_id = {one.id: one for one in nodes}
    for table in (one for one in nodes if one.role == "table"):
        inside = [one for one in nodes if _is_inside(one, table, by_id)]
        roles = Counter(one.role for one in inside)
        if not table.name:
            yield "a table without a name"
        if not roles["columnheader"] or not roles["rowheader"]:
            yield f"the table «{table.name}» has headers {dict(roles)}"
        yield from ("a header without words" for one in inside if _is_silent(one))


def _is_inside(node: Node, table: Node, by_id: dict[str, Node]) -> bool:
    above = by_id.get(node.parent)
    while above is not None and above != table:
        above = by_id.get(above.parent)
    return above is not None


def _is_silent(node: Node) -> bool:
    return node.role in {"columnheader", "rowheader"} and not node.name


def test_headings_landmarks_tables_and_names_tell_enough(
    browser: Browser, site: Running
) -> None:
    page = visit(browser, wide=True).new_page()
    found = [
        f"{name}: {problem}" for name in day_pages(page, site) for problem in problems(page)
    ]
    assert found == []


@pytest.fixture
def queue(browser: Browser, site: Running) -> Page:
    """The queue with reports that nobody has opened."""
    reports_came(site)
    page = visit(browser, wide=True).new_page()
    sign_in(page, site.url, COORDINATOR, PASSPHRASES[COORDINATOR])
    page.goto(f"{site.url}/desk/?sort=newest")
    return page


def test_ticks_of_the_queue_name_their_case(queue: Page) -> None:
    refs = queue.locator("a.ref").all_inner_texts()
    ticks = [one.name for one in tree(queue) if one.role == "checkbox"]
    assert ticks == [f"Tick {ref}" for ref in refs]


def test_what_a_button_did_is_the_first_thing_said(queue: Page) -> None:
    press(queue, "a.ref")
    press(queue, 'form[action*="/open"] button')
    status = queue.get_by_role("status").first.inner_text()
    assert status
    assert queue.title().startswith(status)
    assert status in {one.name for one in tree(queue) if one.role == "StaticText"}


def test_what_is_wrong_has_the_focus(queue: Page) -> None:
    press(queue, "button[value=take]")
    alert = queue.get_by_role("alert")
    expect(alert).to_have_count(1)
    assert alert.evaluate("e => e === document.activeElement")
