"""Who is away from when to when, as the team wrote it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.reader import Reader
from intake.casework.team import papers
from intake.casework.team.papers import Paper
from intake.store import members

KIND: Final = "away"


@dataclass(frozen=True)
class Away:
    """The first and the last day on which a colleague is away, and who stands in for her."""

    id: UUID
    member: UUID
    handle: str
    since: date
    until: date
    substitute: UUID | None
    stands_in: str

    def is_on(self, day: date) -> bool:
        """Whether she is away on this day."""
        return self.since <= day <= self.until

    def meets(self, since: date, until: date) -> bool:
        """Whether she is away on one of these days."""
        return self.since <= until and since <= self.until


def days(reader: Reader, session: Session) -> list[Away]:
    """All that is written down, in a transaction of the caller's."""
    handles = members.handles(session)
    return [_opened(paper, handles) for paper in papers.shared(reader, session, KIND)]


def _opened(paper: Paper, handles: Mapping[UUID, str]) -> Away:
    told = paper.content
    member = UUID(told["member"])
    substitute = UUID(told["substitute"]) if told["substitute"] else None
    return Away(
        paper.id,
        member,
        handles.get(member, "?"),
        date.fromisoformat(told["since"]),
        date.fromisoformat(told["until"]),
        substitute,
        handles.get(substitute, "?") if substitute else "",
    )
