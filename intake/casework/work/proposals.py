"""What one proposed and another decides; it waits while there is nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.codec import decode, encode, instant, moment
from intake.casework.work.deeds import MOVE, STEP, Deed
from intake.store.tables import ProposalRow
from intake.vault import CaseKeys, Sealed, Slot, UnsealError, box_proposal, open_proposal

ACTIONS: Final = (MOVE, STEP)
"""Those of the table that are decided here."""


@dataclass(frozen=True)
class Kept:
    """A proposal as its box holds it; `decided` is None while it waits."""

    deed: Deed
    by: UUID
    at: datetime
    decided: Decision | None = None


@dataclass(frozen=True)
class Decision:
    """What the second said; `agreed` is None where the first took it back."""

    by: UUID
    at: datetime
    agreed: bool | None
    words: str = field(default="", repr=False)


def put(session: Session, keys: CaseKeys, kept: Kept, *, id_: UUID) -> None:
    """Keep a proposal until somebody decides it."""
    row = ProposalRow(id_, keys.case, kept.deed.action, kept.by, box=Sealed(b""))
    row.box = _boxed(row, keys, _written(kept))
    session.add(row)
    session.flush()


def decide(row: ProposalRow, keys: CaseKeys, kept: Kept) -> None:
    """Keep what was decided beside what was proposed."""
    if kept.decided is None:
        raise ValueError("Nothing was decided.")
    row.box = _boxed(row, keys, _written(kept))
    row.decided_by = kept.decided.by


def opened(row: ProposalRow, keys: CaseKeys) -> Kept | None:
    """What a row says; None where it was changed, or is not for this reader."""
    if row.action not in ACTIONS or Slot.WORK not in keys:
        return None
    if (content := _content(row, keys)) is None:
        return None
    kept = _kept(decode(content), row.by)
    # What stands plain alone makes nothing waiting again.
    decider = kept.decided.by if kept.decided else None
    return kept if decider == row.decided_by else None


def of_case(session: Session, keys: CaseKeys) -> tuple[tuple[ProposalRow, Kept], ...]:
    """The proposals of a case that open, the newest first."""
    where = ProposalRow.case_id == keys.case, ProposalRow.action.in_(ACTIONS)
    rows = session.scalars(select(ProposalRow).where(*where))
    found = [(row, kept) for row in rows if (kept := opened(row, keys))]
    return tuple(sorted(found, key=lambda pair: pair[1].at, reverse=True))


def box_anew(session: Session, before: CaseKeys, after: CaseKeys) -> None:
    """Put what is proposed about a case under its fresh key; what does not open stays."""
    for row in session.scalars(select(ProposalRow).where(ProposalRow.case_id == before.case)):
        if (content := _content(row, before)) is not None:
            row.box = _boxed(row, after, content)


def _content(row: ProposalRow, keys: CaseKeys) -> bytes | None:
    try:
        return open_proposal(
            keys[Slot.WORK],
            row.box,
            id=row.id,
            case=row.case_id,
            action=row.action,
            by=row.by,
        )
    except UnsealError:
        return None


def _boxed(row: ProposalRow, keys: CaseKeys, content: bytes) -> Sealed:
    return box_proposal(
        keys[Slot.WORK], content, id=row.id, case=row.case_id, action=row.action, by=row.by
    )


def _written(kept: Kept) -> bytes:
    content = {"at": instant(kept.at), "deed": kept.deed.to_json(), "decided": _told(kept)}
    return encode(content)


def _told(kept: Kept) -> Mapping[str, object] | None:
    if (decided := kept.decided) is None:
        return None
    return {
        "by": decided.by.hex,
        "at": instant(decided.at),
        "agreed": decided.agreed,
        "words": decided.words,
    }


def _kept(content: Mapping[str, Any], by: UUID) -> Kept:
    told = content["decided"]
    decided = told and Decision(
        UUID(told["by"]), moment(told["at"]), told["agreed"], told["words"]
    )
    return Kept(Deed.from_json(content["deed"]), by, moment(content["at"]), decided)
