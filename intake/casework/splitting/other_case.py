"""The other case that a coordinator names: one that is there, and that she may open."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.case_rows import found_or_nobody, is_open_to
from intake.casework.reader import Reader
from intake.store.tables import CaseRow


def other_case(reader: Reader, session: Session, typed: str, *, than: UUID) -> CaseRow | None:
    """The case of this reference or number; None for none, for one not hers, and for `than`."""
    row = found_or_nobody(session, typed.strip().upper())
    is_hers = is_open_to(reader, session, row)
    return row if is_hers and row.id != than else None
