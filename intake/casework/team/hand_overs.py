"""The offer of a case to a colleague, as it lies sealed under the key of its notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.codec import instant, moment
from intake.casework.reader import Reader
from intake.casework.work import proposal_boxes
from intake.store import proposals
from intake.store.tables import CaseRow, ProposalRow
from intake.vault import CaseKeys, Sealed, Slot

HAND_OVER: Final = "hand_over"


@dataclass(frozen=True)
class HandOver:
    """A case that `by` offers to `to`, with a note."""

    id: UUID
    by: UUID
    to: UUID
    at: datetime
    note: str = field(repr=False)


@dataclass(frozen=True)
class OfferShown:
    """An offer that waits for an answer; its note is for the two who it is about."""

    by: str
    to: str
    at: datetime
    is_for_me: bool
    is_mine: bool
    note: str = field(repr=False)


def shown(reader: Reader, offer: HandOver, handles: Mapping[UUID, str]) -> OfferShown:
    """The offer as `reader` may see it."""
    is_hers = reader.member in {offer.by, offer.to}
    return OfferShown(
        by=handles.get(offer.by, "?"),
        to=handles.get(offer.to, "?"),
        at=offer.at,
        is_for_me=offer.to == reader.member,
        is_mine=offer.by == reader.member,
        note=offer.note if is_hers else "",
    )


def put(session: Session, keys: CaseKeys, offer: HandOver) -> None:
    """Keep the offer until somebody answers."""
    told = {"to": offer.to.hex, "at": instant(offer.at), "note": offer.note}
    row = ProposalRow(offer.id, keys.case, HAND_OVER, offer.by, Sealed(b""))
    row.box = proposal_boxes.boxed(row, keys, told)
    session.add(row)
    session.flush()


def waiting(session: Session, case: CaseRow, keys: CaseKeys) -> HandOver | None:
    """The offer that waits for an answer; one of somebody who holds it no more has ended."""
    found = (offer for offer in _opened(session, keys) if offer.by == case.holder)
    return next(found, None)


def close(session: Session, keys: CaseKeys, *, by: UUID) -> None:
    """From now on no offer of this case waits any more."""
    for row in proposals.undecided_of(session, keys.case, HAND_OVER):
        told = proposal_boxes.opened(row, keys) if Slot.WORK in keys else None
        if told is not None:
            # What stands plain alone must not make it wait again.
            row.box = proposal_boxes.boxed(row, keys, {**told, "decided_by": by.hex})
        row.decided_by = by


def was_answered(session: Session, case: UUID, member: UUID) -> bool:
    """Whether she has answered an offer of this case before: the same form sent again."""
    return proposals.was_decided_by(session, case, HAND_OVER, member)


def is_kept(session: Session, id_: UUID) -> bool:
    """Whether this very offer was made before, answered or not."""
    return session.get(ProposalRow, id_) is not None


def _opened(session: Session, keys: CaseKeys) -> list[HandOver]:
    if Slot.WORK not in keys:
        return []
    rows = proposals.undecided_of(session, keys.case, HAND_OVER)
    return [offer for row in rows for offer in _told(row, keys)]


def _told(row: ProposalRow, keys: CaseKeys) -> list[HandOver]:
    """What the row says; nothing where it was changed, or answered before."""
    told = proposal_boxes.opened(row, keys)
    if told is None or "decided_by" in told:
        return []
    return [HandOver(row.id, row.by, UUID(told["to"]), moment(told["at"]), told["note"])]
