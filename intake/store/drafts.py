"""Queries over drafts."""

from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from intake.store.tables import DraftRow


def found_by(session: Session, look_up: bytes) -> DraftRow | None:
    """The saved draft of a return code."""
    return session.scalar(select(DraftRow).where(DraftRow.look_up == look_up))


def is_there(session: Session, id_: UUID) -> bool:
    """Whether there is a draft with this id."""
    return bool(session.scalar(select(exists().where(DraftRow.id == id_))))


def take_away(session: Session, id_: UUID, *, revision: int) -> bool:
    """Delete the draft as it stands at `revision`; False when it stands at another."""
    row = DraftRow.id == id_
    session.execute(delete(DraftRow).where(row, DraftRow.revision == revision))
    return not is_there(session, id_)
