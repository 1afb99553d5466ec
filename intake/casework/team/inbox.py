"""What waits for one member: cases that were offered to her, and those that she offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from intake.casework.case_rows import keys_of
from intake.casework.reader import Reader
from intake.casework.team import hand_overs
from intake.casework.team.hand_overs import HAND_OVER, HandOver
from intake.roles import Permission
from intake.store import members, proposals
from intake.store.tables import CaseRow
from intake.vault import NotForYou, UnsealError


@dataclass(frozen=True)
class Offered:
    """A case that waits for an answer, by what stands plain; `who` is the other one of two."""

    ref: str
    number: str | None
    level: str
    stage: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Inbox:
    """Cases offered to the reader, and by her, the oldest first; their notes stay sealed."""

    to_me: tuple[Offered, ...]
    by_me: tuple[Offered, ...]


def inbox(reader: Reader) -> Inbox:
    """The offers that the reader is to answer, and those of hers that nobody answered yet."""
    reader.demand(Permission.HAND_OVER)
    with reader.service.reading() as session:
        handles = members.handles(session)
        found = list(_offers(session, reader))
    to_me = [_shown(row, o, handles[o.by]) for row, o in found if o.to == reader.member]
    by_me = [_shown(row, o, handles[o.to]) for row, o in found if o.by == reader.member]
    return Inbox(_in_order(to_me), _in_order(by_me))


def _offers(session: Session, reader: Reader) -> Iterator[tuple[CaseRow, HandOver]]:
    """Every offer that waits, of cases that she may open."""
    for row in proposals.cases_with_undecided(session, HAND_OVER):
        try:
            keys = keys_of(reader, session, row, boxes=False)
        except (NotForYou, UnsealError):
            continue
        if offer := hand_overs.waiting(session, row, keys):
            yield row, offer


def _shown(row: CaseRow, offer: HandOver, who: str) -> Offered:
    return Offered(row.ref, row.number, row.level, row.stage, who, offer.at)


def _in_order(offers: list[Offered]) -> tuple[Offered, ...]:
    return tuple(sorted(offers, key=lambda offer: offer.at))
