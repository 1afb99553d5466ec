"""The views of the queue: their names, their addresses and how many cases stand in each."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from flask import url_for

from intake.casework import VIEWS, Wish
from intake.form.text import _

TITLES: Final = {
    "triage": _("Needs triage"),
    "mine": _("Mine"),
    "late": _("Late"),
    "custody": _("In custody now"),
    "waiting": _("Waiting for reply"),
    "automated": _("Probably automated"),
    "closed": _("Closed"),
    "all": _("All"),
}
_DEFAULT: Final = asdict(Wish())


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
        View(TITLES[view], address(Wish(view)), counts.get(view), view == current)
        for view in VIEWS
    )


def address(wish: Wish) -> str:
    """The address that asks for `wish`; what goes without saying is left out."""
    said = {name: code for name, code in asdict(wish).items() if code != _DEFAULT[name]}
    return url_for("desk.queue", **said)
