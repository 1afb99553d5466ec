"""The audit log: who did what to which case, sealed, chained, never changed."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.codec import encode, instant
from intake.casework.service import Service
from intake.store.adding import add
from intake.store.service import AuditRow
from intake.store.tables import CaseRow
from intake.vault import (
    AUDIT_START,
    Ring,
    audit_line,
    audit_mac,
    pseudonym,
    seal_audit_line,
)


def append(  # noqa: PLR0913 - a line names all of these
    session: Session,
    service: Service,
    act: str,
    *,
    now: datetime,
    by: UUID | None = None,
    case: CaseRow | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add a line in the caller's write transaction, so that act and line are one."""
    pin = service.pins().rings[Ring.AUDIT]
    newest = select(AuditRow.seq, AuditRow.mac).order_by(AuditRow.seq.desc()).limit(1)
    last, previous = session.execute(newest).first() or (0, AUDIT_START)
    sequence = last + 1
    line = {
        "at": instant(now),
        "act": act,
        "by": by.hex if by else None,
        "case": case.id.hex if case else None,
        "detail": dict(detail or {}),
    }
    row = AuditRow(
        seq=sequence,
        generation=pin.generation,
        box=seal_audit_line(
            pin.public, encode(line), sequence=sequence, generation=pin.generation
        ),
        previous=previous,
        mac=b"",
        pseudonym=pseudonym(service.keys.audit, case.id) if case else None,
        revision=case.version if case else None,
        digest=_digest(case) if case else None,
    )
    row.mac = mac_of(service, row)
    session.flush()
    add(session, [row])


def is_as_logged(session: Session, service: Service, case: CaseRow) -> bool:
    """Whether the newest line about `case` names its state as it is: else it was set back."""
    name = pseudonym(service.keys.audit, case.id)
    newest = select(AuditRow).where(AuditRow.pseudonym == name).order_by(AuditRow.seq.desc())
    row = session.scalars(newest.limit(1)).first()
    if row is None or row.mac != mac_of(service, row):
        return False
    return (row.revision, row.digest) == (case.version, _digest(case))


def mac_of(service: Service, row: AuditRow) -> bytes:
    """The MAC that `row` must carry; 32 bytes."""
    line = audit_line(
        row.box,
        sequence=row.seq,
        pseudonym=row.pseudonym or b"",
        revision=row.revision or 0,
        digest=row.digest or b"",
    )
    return audit_mac(service.keys.audit, row.previous, line)


def _digest(case: CaseRow) -> bytes:
    return hashlib.sha256(case.state_box).digest()
