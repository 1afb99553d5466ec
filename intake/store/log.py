"""Queries over the lines of the log."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.store.service import AuditRow


def newest_about(session: Session, pseudonym: bytes, *, at_most: int) -> Iterator[AuditRow]:
    """The lines about what goes by this pseudonym, the newest first."""
    lines = select(AuditRow).where(AuditRow.pseudonym == pseudonym)
    yield from session.scalars(lines.order_by(AuditRow.seq.desc()).limit(at_most))
