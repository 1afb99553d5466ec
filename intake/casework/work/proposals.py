"""What one proposed and another decides; it waits while there is nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.codec import instant, moment
from intake.casework.work import proposal_boxes
from intake.casework.work.deeds import MOVE, STEP, Deed
from intake.casework.work.step_documents import FOR_TRAINED, parted
from intake.form.answers import Answers
from intake.store import proposals
from intake.store.tables import ProposalRow
from intake.vault import CaseKeys, Sealed, Slot, UnsealError

ACTIONS: Final = (MOVE, STEP)
"""Those of the table that are decided here."""


@dataclass(frozen=True)
class Kept:
    """A proposal as its box holds it; `decided` is None while it waits.

    Where it `hides` words they are for trained handlers; `unread` has them for nobody else.
    """

    deed: Deed
    by: UUID
    at: datetime
    decided: Decision | None = None
    hides: bool = False
    unread: Sealed | None = field(default=None, repr=False)


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
    _write(row, keys, kept)
    session.add(row)
    session.flush()


def decide(row: ProposalRow, keys: CaseKeys, kept: Kept) -> None:
    """Keep what was decided beside what was proposed."""
    if kept.decided is None:
        raise ValueError("Nothing was decided.")
    _write(row, keys, kept)
    row.decided_by = kept.decided.by


def opened(row: ProposalRow, keys: CaseKeys) -> Kept | None:
    """What a row says; None where it was changed, or is not for this reader."""
    if row.action not in ACTIONS or Slot.WORK not in keys:
        return None
    if (content := proposal_boxes.opened(row, keys)) is None:
        return None
    try:
        kept = _kept(row, keys, content)
    except UnsealError:
        return None
    # What stands plain alone makes nothing waiting again.
    decider = kept.decided.by if kept.decided else None
    return kept if decider == row.decided_by else None


def of_case(session: Session, keys: CaseKeys) -> tuple[tuple[ProposalRow, Kept], ...]:
    """The proposals of a case that open, the newest first."""
    rows = proposals.of_case(session, keys.case, ACTIONS)
    found = [(row, kept) for row in rows if (kept := opened(row, keys))]
    return tuple(sorted(found, key=lambda pair: pair[1].at, reverse=True))


def _write(row: ProposalRow, keys: CaseKeys, kept: Kept) -> None:
    parts = parted(kept.deed.answers, hides_words=True)
    told = {"answers": parts.intimate.to_json(), "words": kept.decided and kept.decided.words}
    hides = kept.hides
    second = kept.unread or proposal_boxes.boxed_second(row, keys, told, hides=hides)
    deed = replace(kept.deed, answers=parts.plain)
    content = {"at": instant(kept.at), "deed": deed.to_json(), "decided": _told(kept)}
    content = proposal_boxes.with_second(content, second, hides=hides)
    row.box = proposal_boxes.boxed(row, keys, content)


def _told(kept: Kept) -> Mapping[str, object] | None:
    if (decided := kept.decided) is None:
        return None
    return {
        "by": decided.by.hex,
        "at": instant(decided.at),
        "agreed": decided.agreed,
        "words": decided.words and FOR_TRAINED,
    }


def _kept(row: ProposalRow, keys: CaseKeys, content: Mapping[str, Any]) -> Kept:
    told = content["decided"]
    decided = told and Decision(
        UUID(told["by"]), moment(told["at"]), told["agreed"], told["words"]
    )
    deed, at = Deed.from_json(content["deed"]), moment(content["at"])
    hides = proposal_boxes.is_hiding(content)
    kept = Kept(deed, row.by, at, decided, hides=hides)
    if (second := proposal_boxes.second_of(content)) is None:
        return kept
    more = proposal_boxes.opened_second(row, keys, second, hides=hides)
    return replace(kept, unread=second) if more is None else _whole(kept, more)


def _whole(kept: Kept, more: Mapping[str, Any]) -> Kept:
    told = Answers.from_json(more["answers"])
    deed = replace(kept.deed, answers=Answers({**kept.deed.answers.values, **told.values}))
    decided = kept.decided and replace(kept.decided, words=more["words"])
    return replace(kept, deed=deed, decided=decided)
