"""The offer of a case to a colleague, as it lies sealed under the key of its notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from intake.casework.case_file import CaseFile
from intake.casework.codec import decode, encode, instant, moment
from intake.casework.reader import Reader
from intake.store.tables import CaseRow, ProposalRow
from intake.vault import CaseKeys, Sealed, Slot, UnsealError, box_proposal, open_proposal

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


def put(file: CaseFile, offer: HandOver) -> None:
    """Keep the offer until somebody answers."""
    told = {"to": offer.to.hex, "at": instant(offer.at), "note": offer.note}
    row = ProposalRow(offer.id, file.row.id, HAND_OVER, offer.by, Sealed(b""))
    row.box = _boxed(row, file.keys, told)
    file.session.add(row)
    file.session.flush()


def waiting(session: Session, case: CaseRow, keys: CaseKeys) -> HandOver | None:
    """The offer that waits for an answer; one of somebody who holds it no more has ended."""
    found = (offer for offer in _opened(session, case, keys) if offer.by == case.holder)
    return next(found, None)


def close(file: CaseFile, *, by: UUID) -> None:
    """From now on no offer of this case waits any more."""
    for row in file.session.scalars(_undecided(file.row.id)).all():
        told = _content(row, file.keys)
        if told is not None:
            # What stands plain alone must not make it wait again.
            row.box = _boxed(row, file.keys, {**told, "decided_by": by.hex})
        row.decided_by = by


def was_answered(file: CaseFile, member: UUID) -> bool:
    """Whether she has answered an offer of this case before: the same form sent again."""
    where = ProposalRow.case_id == file.row.id, ProposalRow.action == HAND_OVER
    answered = select(ProposalRow.id).where(*where, ProposalRow.decided_by == member)
    return file.session.scalar(answered.limit(1)) is not None


def is_kept(file: CaseFile, id_: UUID) -> bool:
    """Whether this very offer was made before, answered or not."""
    return file.session.get(ProposalRow, id_) is not None


def _undecided(case: UUID) -> Select[ProposalRow]:
    return select(ProposalRow).where(
        ProposalRow.case_id == case,
        ProposalRow.action == HAND_OVER,
        ProposalRow.decided_by.is_(None),
    )


def _opened(session: Session, case: CaseRow, keys: CaseKeys) -> list[HandOver]:
    if Slot.WORK not in keys:
        return []
    rows = session.scalars(_undecided(case.id))
    return [offer for row in rows for offer in _told(row, keys)]


def _told(row: ProposalRow, keys: CaseKeys) -> list[HandOver]:
    """What the row says; nothing where it was changed, or answered before."""
    told = _content(row, keys)
    if told is None or "decided_by" in told:
        return []
    return [HandOver(row.id, row.by, UUID(told["to"]), moment(told["at"]), told["note"])]


def _content(row: ProposalRow, keys: CaseKeys) -> dict[str, Any] | None:
    key, case = keys[Slot.WORK], row.case_id
    try:
        return decode(
            open_proposal(key, row.box, id=row.id, case=case, action=row.action, by=row.by)
        )
    except UnsealError:
        return None


def _boxed(row: ProposalRow, keys: CaseKeys, told: Mapping[str, object]) -> Sealed:
    key, case = keys[Slot.WORK], row.case_id
    return box_proposal(key, encode(told), id=row.id, case=case, action=row.action, by=row.by)
