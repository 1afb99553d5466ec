"""What happened to a case: its lines of the audit log, opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.case_file import CaseFile, opened
from intake.casework.codec import decode, moment
from intake.casework.reader import Reader
from intake.store import members
from intake.store.service import AuditRow
from intake.vault import NotForYou, Ring, UnsealError, open_audit_line, pseudonym

OF_PRIVATE_FILES: Final[Mapping[str, str]] = {
    "read_intimate_file": "read_file",
    "read_intimate_original": "read_original",
}
"""What was done with private pictures, as it is told to who is no trained handler (E11)."""


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
        return lines_of(file)


def lines_of(file: CaseFile) -> tuple[Line, ...]:
    """Every line of an open case, newest first."""
    reader, session = file.reader, file.session
    name = pseudonym(reader.service.keys.audit, file.row.id)
    rows = session.scalars(
        select(AuditRow).where(AuditRow.pseudonym == name).order_by(AuditRow.seq.desc())
    ).all()
    handles = members.handles(session)
    return tuple(_line(reader, session, row, handles) for row in rows)


def _line(reader: Reader, session: Session, row: AuditRow, handles: Mapping[UUID, str]) -> Line:
    try:
        ring = reader.ring_at(session, Ring.AUDIT, row.generation)
        content = decode(open_audit_line(ring, row.box, sequence=row.seq))
    except (NotForYou, UnsealError):
        return Line(None, "changed", None, {})
    by = content["by"] and handles.get(UUID(content["by"]), "?")
    detail = _named(content["detail"], handles)
    act = content["act"]
    told = act if reader.is_trained else OF_PRIVATE_FILES.get(act, act)
    return Line(moment(content["at"]), told, by, detail)


def _named(detail: Mapping[str, Any], handles: Mapping[UUID, str]) -> Mapping[str, Any]:
    """`detail` with the handle of the member whom the act was about."""
    if "member" not in detail:
        return detail
    return {**detail, "handle": handles.get(UUID(detail["member"]), "?")}
