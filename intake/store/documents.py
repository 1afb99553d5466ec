"""Queries over documents."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from intake.store.tables import AdditionRow, DocumentRow


def is_known(session: Session, id_: UUID) -> bool:
    """Whether a document with this id is stored: the same form sent again."""
    return bool(session.scalar(select(exists().where(DocumentRow.id == id_))))


def is_with_news(session: Session, case: UUID) -> bool:
    """Whether the reporter of this case added something that nobody has read yet."""
    return bool(session.scalar(select(exists().where(AdditionRow.case_id == case))))
