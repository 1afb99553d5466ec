"""The numbers beside the names of the views, as far as they are cheap to know."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from intake.casework.finding.look import Look
from intake.casework.finding.wish import BY_COLUMNS, VIEWS, Wish

A_MINUTE: Final = timedelta(minutes=1)
BY_PLAIN: Final = ("triage", "automated")
NEVER_OLD: Final = ("mine", "news")
"""Of the views that sealed facts decide, those that never hold many cases."""
ERASING: Final = "erasing"
ERASING_COUNTED: Final = 50
"""Closed cases that may be to be erased are counted only while they are so few."""


def counts(look: Look) -> dict[str, int]:
    """How many cases each view holds; views that would take long to count are left out."""
    plain = {view: look.count(Wish(view)) for view in BY_PLAIN}
    if look.are_many:
        return plain | _lately(look) | {view: look.size(Wish(view)) for view in NEVER_OLD}
    return plain | _by_reading(look)


def _lately(look: Look) -> dict[str, int]:
    """The counts of not more than a minute ago."""
    known, member = look.reader.service.counted, look.reader.member
    if member not in known or not timedelta() <= look.now - known[member][0] < A_MINUTE:
        known[member] = look.now, _by_reading(look)
    return dict(known[member][1])


def _by_reading(look: Look) -> dict[str, int]:
    views = [] if look.are_too_many else [v for v in VIEWS if v not in {*BY_COLUMNS, ERASING}]
    numbers = look.counts_of([Wish(view) for view in views])
    return dict(zip(views, numbers, strict=True)) | _to_erase(look)


def _to_erase(look: Look) -> dict[str, int]:
    asked, most = Wish(ERASING), ERASING_COUNTED + 1
    found = look.number(look.selection(asked), at_most=most)
    return {ERASING: look.size(asked)} if found < most else {}
