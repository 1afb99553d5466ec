"""The audit log: who did what to which case, sealed, chained, never changed."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
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


@dataclass(frozen=True)
class Pinned:
    """What a line holds fast beside a case: the name and revision of it, SHA-256 as of then."""

    name: UUID
    revision: int
    digest: bytes


def append(  # noqa: PLR0913 - a line names all of these
    session: Session,
    service: Service,
    act: str,
    *,
    now: datetime,
    by: UUID | None = None,
    case: CaseRow | None = None,
    pinned: Pinned | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add a line in the caller's write transaction, so that act and line are one."""
    pinned = _as_it_stands(case) if case else pinned
    last = _newest(session)
    row = _line(service, act, last, now=now, by=by, case=case, pinned=pinned, detail=detail)
    session.flush()
    add(session, [row])


def append_each(
    session: Session,
    service: Service,
    act: str,
    cases: Iterable[CaseRow],
    *,
    now: datetime,
    by: UUID | None = None,
) -> None:
    """Add a line about each of `cases`, as `append` does, all at once."""
    last = _newest(session)
    rows = []
    for case in cases:
        pinned = _as_it_stands(case)
        row = _line(service, act, last, now=now, by=by, case=case, pinned=pinned, detail=None)
        rows.append(row)
        last = row.seq, row.mac
    session.flush()
    add(session, rows)


def _newest(session: Session) -> tuple[int, bytes]:
    """The number and the MAC that the next line follows."""
    newest = select(AuditRow.seq, AuditRow.mac).order_by(AuditRow.seq.desc()).limit(1)
    sequence, mac = session.execute(newest).first() or (0, AUDIT_START)
    return sequence, mac


def _line(  # noqa: PLR0913 - a line names all of these
    service: Service,
    act: str,
    last: tuple[int, bytes],
    *,
    now: datetime,
    by: UUID | None,
    case: CaseRow | None,
    pinned: Pinned | None,
    detail: Mapping[str, object] | None,
) -> AuditRow:
    pin = service.pins().rings[Ring.AUDIT]
    sequence, previous = last[0] + 1, last[1]
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
        pseudonym=pseudonym(service.keys.audit, pinned.name) if pinned else None,
        revision=pinned.revision if pinned else None,
        digest=pinned.digest if pinned else None,
    )
    row.mac = mac_of(service, row)
    return row


def _as_it_stands(case: CaseRow) -> Pinned:
    return Pinned(case.id, case.version, _digest(case))


def is_as_logged(session: Session, service: Service, case: CaseRow) -> bool:
    """Whether the newest line about `case` names its state as it is: else it was set back."""
    row = newest_about(session, service, case.id)
    return row is not None and _names(service, row, case)


def are_as_logged(
    session: Session, service: Service, cases: Iterable[CaseRow]
) -> frozenset[UUID]:
    """Which of `cases` are as their newest lines name them."""
    by_name = {pseudonym(service.keys.audit, case.id): case for case in cases}
    about = AuditRow.pseudonym.in_(by_name)
    newest = select(func.max(AuditRow.seq)).where(about).group_by(AuditRow.pseudonym)
    rows = session.scalars(select(AuditRow).where(AuditRow.seq.in_(newest)))
    named = ((row, by_name[row.pseudonym or b""]) for row in rows)
    return frozenset(case.id for row, case in named if _names(service, row, case))


def _names(service: Service, row: AuditRow, case: CaseRow) -> bool:
    if row.mac != mac_of(service, row):
        return False
    return (row.revision, row.digest) == (case.version, _digest(case))


def newest_about(session: Session, service: Service, name: UUID) -> AuditRow | None:
    """The newest line about a case, or about what was `Pinned` under this name."""
    about = AuditRow.pseudonym == pseudonym(service.keys.audit, name)
    return session.scalars(
        select(AuditRow).where(about).order_by(AuditRow.seq.desc()).limit(1)
    ).first()


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
