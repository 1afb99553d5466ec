"""What happened to a case: its lines of the audit log, opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.case_file import opened
from intake.casework.codec import decode, moment
from intake.casework.reader import Reader
from intake.store import members
from intake.store.service import AuditRow
from intake.vault import Ring, UnsealError, open_audit_line, pseudonym


@dataclass(frozen=True)
class Line:
    """One line: what was done, when, and by whom (None: the reporter or the service itself).

    A line that was changed behind the program's back has no time and the act `changed`.
    """

    at: datetime | None
    act: str
    by: str | None
    detail: Mapping[str, object]


def timeline(reader: Reader, ref: str, *, now: datetime) -> tuple[Line, ...]:
    """Every line of the case, newest first; reading it is a line too."""
    with opened(reader, ref, "read_timeline", now=now) as file:
        name = pseudonym(reader.service.keys.audit, file.row.id)
        rows = file.session.scalars(
            select(AuditRow).where(AuditRow.pseudonym == name).order_by(AuditRow.seq.desc())
        ).all()
        handles = members.handles(file.session)
        return tuple(_line(reader, file.session, row, handles) for row in rows)


def _line(reader: Reader, session: Session, row: AuditRow, handles: Mapping[UUID, str]) -> Line:
    try:
        ring = reader.ring_at(session, Ring.AUDIT, row.generation)
        content = decode(open_audit_line(ring, row.box, sequence=row.seq))
    except UnsealError:
        return Line(None, "changed", None, {})
    by = content["by"] and handles.get(UUID(content["by"]), "?")
    return Line(moment(content["at"]), content["act"], by, content["detail"])
