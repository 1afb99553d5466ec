"""Queries over files: whose they are, how much of them nobody has read, whom nobody owns."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from intake.store.tables import BlobRow, CaseRow, DraftRow

_OF_A_DRAFT = select(DraftRow.id).where(DraftRow.id == BlobRow.owner).exists()
_OF_A_CASE = (
    select(CaseRow.id).where(CaseRow.id == BlobRow.owner, CaseRow.stage != "erased").exists()
)
_OPENED = (
    select(CaseRow.id)
    .where(CaseRow.id == BlobRow.owner, CaseRow.stage.not_in(("received", "erased")))
    .exists()
)


def unread_bytes(session: Session) -> int:
    """How many padded bytes the files hold of drafts, and of reports that nobody has opened."""
    total = select(func.sum(BlobRow.size_padded)).where(~_OPENED)
    return int(session.scalar(total) or 0)


def bytes_of(session: Session, owner: UUID) -> int:
    """How many padded bytes the files of this draft or case hold."""
    total = select(func.sum(BlobRow.size_padded)).where(BlobRow.owner == owner)
    return int(session.scalar(total) or 0)


def known(session: Session) -> frozenset[UUID]:
    """Every file that a row tells of."""
    return frozenset(session.scalars(select(BlobRow.id)))


def orphans(session: Session) -> frozenset[UUID]:
    """The files whose owner is gone: sent without them, forgotten, or erased."""
    return frozenset(session.scalars(select(BlobRow.id).where(~or_(_OF_A_DRAFT, _OF_A_CASE))))


def of_cases(session: Session) -> dict[UUID, int]:
    """The files that belong to cases, each with the number of its pieces."""
    rows = select(BlobRow.id, BlobRow.pieces).where(_OF_A_CASE)
    return {id_: pieces for id_, pieces in session.execute(rows)}  # noqa: C416 - rows are no pairs to mypy


def measured(session: Session, file: UUID, *, pieces: int, size: int) -> None:
    """Note how many pieces and padded bytes came of a file."""
    row = update(BlobRow).where(BlobRow.id == file)
    session.execute(row.values(pieces=pieces, size_padded=size))


def remove(session: Session, ids: Collection[UUID]) -> frozenset[UUID]:
    """Forget these files, but for those that belong to a case; those that are forgotten."""
    kept = session.scalars(select(BlobRow.id).where(BlobRow.id.in_(ids), _OF_A_CASE))
    gone = frozenset(ids) - frozenset(kept)
    session.execute(delete(BlobRow).where(BlobRow.id.in_(gone)))
    return gone
