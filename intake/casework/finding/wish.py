"""What somebody wants to see of the queue, as the address says it: codes only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from intake.casework.finding.facets import FACETS

VIEWS: Final = (
    "triage",
    "mine",
    "leading",
    "unassigned",
    "late",
    "today",
    "week",
    "custody",
    "news",
    "waiting",
    "on_hold",
    "snoozed",
    "automated",
    "closed",
    "erasing",
    "all",
)
BY_COLUMNS: Final = frozenset({"triage", "automated", "closed", "all"})
"""Views that the database cuts into pages; the others need the sheets."""
SORTS: Final = ("urgency", "due", "newest", "oldest")
OF_NOW: Final = ("level", "stage", "holder", "reason")
"""What a queue is narrowed by besides the facets: it changes with time or with our work."""
NARROWING: Final = (*OF_NOW, *(facet.name for facet in FACETS))
NOBODY: Final = "nobody"
ME: Final = "me"


@dataclass(frozen=True)
class Wish:
    """What of the queue to show.

    `chosen` are pairs of a name out of `NARROWING` and a code: of one name any, of several
    names each must hold.
    """

    view: str = "triage"
    chosen: tuple[tuple[str, str], ...] = ()
    sort: str = "urgency"
    page: int = 1

    @property
    def needs_sheets(self) -> bool:
        return bool(self.chosen) or self.view not in BY_COLUMNS

    def codes(self, name: str) -> tuple[str, ...]:
        """What is chosen under this name."""
        return tuple(code for chosen, code in self.chosen if chosen == name)

    def without(self, name: str, code: str) -> Wish:
        """The wish that asks one thing less."""
        left = tuple(pair for pair in self.chosen if pair != (name, code))
        return replace(self, chosen=left, page=1)
