"""What the log holds fast of each member: that she is in, under this handle, role and key.

Whoever writes into the database cannot write such a line, so that doctor, which holds no ring,
still tells a member who was put there by hand from one who was entered.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import log
from intake.casework.codec import encode
from intake.casework.member_states import ACTIVE, FIRST, FIRST_USED
from intake.casework.service import Service
from intake.store.people import MemberRow, RingMemberRow
from intake.store.service import AuditRow
from intake.vault import RingKey

IN: Final = frozenset({ACTIVE, FIRST, FIRST_USED})
"""States of those whom rings and cases may be sealed to."""


def append(  # noqa: PLR0913 - a line names all of these
    session: Session,
    service: Service,
    act: str,
    member: MemberRow,
    *,
    by: UUID | None,
    now: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    """A line about what was done with `member`, which holds fast how she stands now."""
    newest = log.newest_about(session, service, member.id)
    revision = (newest.revision or 0) + 1 if newest else 1
    pinned = log.Pinned(member.id, revision, _digest(member))
    about = {"member": member.id.hex, "handle": member.handle, **(detail or {})}
    log.append(session, service, act, by=by, now=now, pinned=pinned, detail=about)


def is_as_logged(session: Session, service: Service, member: MemberRow) -> bool:
    """Whether a member who is in stands as her newest line says; the others may do nothing."""
    return member.state not in IN or is_held_fast(session, service, member)


def is_held_fast(session: Session, service: Service, member: MemberRow) -> bool:
    """Whether the newest line about this member says just how she stands."""
    newest = log.newest_about(session, service, member.id)
    return newest is not None and _holds_fast(service, newest, member)


def is_believed(session: Session, service: Service, member: MemberRow) -> bool:
    """The same; where no line was ever written about her, what is stored is believed."""
    newest = log.newest_about(session, service, member.id)
    return newest is None or _holds_fast(service, newest, member)


def has_line(session: Session, service: Service, member: UUID) -> bool:
    """Whether the log ever held this member fast."""
    return log.newest_about(session, service, member) is not None


def strangers(session: Session, service: Service) -> tuple[str, ...]:
    """Handles of those who are in otherwise than the log says, by handle; for doctor.

    An installation older than these lines has none until somebody is entered.
    """
    members = session.scalars(select(MemberRow).order_by(MemberRow.handle)).all()
    if not any(has_line(session, service, member.id) for member in members):
        return ()
    return _otherwise(session, service, members)


def _otherwise(
    session: Session, service: Service, members: Iterable[MemberRow]
) -> tuple[str, ...]:
    return tuple(
        member.handle for member in members if not is_as_logged(session, service, member)
    )


def all_in(session: Session) -> Sequence[MemberRow]:
    """Rows that say of themselves that the member is in."""
    return session.scalars(select(MemberRow).where(MemberRow.state.in_(IN))).all()


def holding(session: Session, key: RingKey) -> Sequence[MemberRow]:
    """Whom this generation of a ring is wrapped for."""
    return session.scalars(
        select(MemberRow)
        .join(RingMemberRow, RingMemberRow.member_id == MemberRow.id)
        .where(RingMemberRow.ring == key.ring, RingMemberRow.generation == key.generation)
    ).all()


def _holds_fast(service: Service, line: AuditRow, member: MemberRow) -> bool:
    return line.mac == log.mac_of(service, line) and line.digest == _digest(member)


def _digest(member: MemberRow) -> bytes:
    content = {
        "handle": member.handle,
        "roles": member.roles,
        "key": member.public_key.hex(),
        "is_in": member.state in IN,
    }
    return hashlib.sha256(encode(content)).digest()
