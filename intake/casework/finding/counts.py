"""The numbers beside the names of the views, as far as they are cheap to know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from intake.casework.finding.look import Look
from intake.casework.finding.wish import BY_COLUMNS, VIEWS, Wish
from intake.store import cases

COUNTED_EACH_MINUTE: Final = 10_000
"""While so many are open a count may be a minute old; of still more it costs too much."""
A_MINUTE: Final = timedelta(minutes=1)
BY_PLAIN: Final = ("triage", "automated")
NEVER_OLD: Final = ("mine", "news")
"""Of the views that sealed facts decide, those that never hold many cases."""
ERASING: Final = "erasing"
ERASING_COUNTED: Final = 50
"""Closed cases that may be to be erased are counted only while they are so few."""


def counts(look: Look) -> dict[str, int]:
    """How many cases each view holds; views that would take long to count are left out."""
    plain = {view: look.count(Wish(view)) for view in BY_PLAIN} | _to_erase(look)
    if look.are_many:
        fresh = {view: look.size(Wish(view)) for view in NEVER_OLD}
        return plain | dict(_lately(look)) | fresh
    return plain | _by_reading(look)


def _by_reading(look: Look) -> dict[str, int]:
    by_reading = [view for view in VIEWS if view not in {*BY_COLUMNS, ERASING}]
    numbers = look.counts_of([Wish(view) for view in by_reading])
    return dict(zip(by_reading, numbers, strict=True))


def _lately(look: Look) -> Mapping[str, int]:
    """The counts of not more than a minute ago, unless too many cases are open for them."""
    if look.open_at_most(COUNTED_EACH_MINUTE) > COUNTED_EACH_MINUTE:
        return {}
    known, member = look.reader.service.counted, look.reader.member
    if member not in known or not timedelta() <= look.now - known[member][0] < A_MINUTE:
        known[member] = look.now, _by_reading(look)
    return known[member][1]


def _to_erase(look: Look) -> dict[str, int]:
    asked, most = Wish(ERASING), ERASING_COUNTED + 1
    found = cases.count(look.session, look.selection(asked), at_most=most)
    return {ERASING: look.size(asked)} if found < most else {}
