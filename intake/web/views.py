"""The views of the queue: their names, their addresses and how many cases stand in each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from intake.casework import VIEWS, Reader, Wish
from intake.casework.finding import saved
from intake.casework.finding.saved import SavedView
from intake.form.text import _
from intake.web import wishes

TITLES: Final = {
    "triage": _("Needs triage"),
    "mine": _("Mine"),
    "leading": _("My tracks"),
    "unassigned": _("With nobody"),
    "late": _("Late"),
    "today": _("Due today"),
    "week": _("Due this week"),
    "custody": _("In custody now"),
    "news": _("New from the reporter"),
    "waiting": _("Waiting for reply"),
    "on_hold": _("On hold"),
    "snoozed": _("Put off"),
    "automated": _("Probably automated"),
    "closed": _("Closed"),
    "erasing": _("To be erased"),
    "all": _("All"),
}

OF_THE_LOG: Final = {
    "view_kept": _("Kept a view for everybody"),
    "view_removed": _("Took a view of everybody's away"),
}
"""What was done with views that the team shares."""


@dataclass(frozen=True)
class View:
    """One line of the list at the side; `count` is None where counting would cost too much."""

    title: str
    address: str
    count: int | None
    is_shown: bool


def shown(current: str | None, counts: Mapping[str, int]) -> tuple[View, ...]:
    """All views, with `current` as the one on the page."""
    return tuple(
        View(TITLES[view], wishes.address(Wish(view)), counts.get(view), view == current)
        for view in VIEWS
    )


def kept(reader: Reader) -> list[tuple[SavedView, Wish]]:
    """The views that were kept, with what each asks for, as far as she may ask for it (E11)."""
    found = [
        (one, wishes.wish_in(one.query, is_trained=True)) for one in saved.saved_views(reader)
    ]
    return [
        (one, wish)
        for one, wish in found
        if reader.is_trained or not any(wishes.is_for_trained(*pair) for pair in wish.chosen)
    ]


def kept_lines(reader: Reader, current: Wish) -> tuple[View, ...]:
    """The kept views as lines of the list at the side."""
    shown = replace(current, page=1)
    return tuple(
        View(one.name, wishes.address(wish), None, wish == shown) for one, wish in kept(reader)
    )
