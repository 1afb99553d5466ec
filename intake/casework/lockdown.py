"""Lockdown: every key that a person here could be forced to use is destroyed (vault.md 3).

The form, receipts and mailboxes go on; the recovery sheets open everything again. Three steps,
each of which may be cut off: the rows in one transaction, then the pepper, then what is left of
the rows in the files. A mark beside the database says that it was begun, until all is done;
running it again finishes it.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake import instance
from intake.casework import founding, log, member_box, rotation
from intake.casework.errors import StorageBusy, StorageFull
from intake.casework.member_states import LEFT, LOCKED, SUSPENDED
from intake.casework.reader import Reader
from intake.casework.service import Service
from intake.casework.sheets import NoSheets as NoSheets  # noqa: PLC0414 - it is raised here
from intake.roles import Permission
from intake.store.people import (
    CredentialRow,
    InvitationRow,
    MemberRow,
    NoticeRow,
    RingMemberRow,
    RingRow,
    SessionRow,
)
from intake.store.tables import CaseKeysRow
from intake.store.wiping import wipe
from intake.vault import Ring

GONE: Final = (SessionRow, RingMemberRow, CredentialRow, InvitationRow, NoticeRow)
"""Tables that are empty afterwards."""
FIRST_SIGN_IN: Final = "first-sign-in.txt"
_BEGUN: Final = "lockdown.begun"
_ALONE: Final = "lockdown.lock"
_PATIENCE_SECONDS: Final = 20
_PAUSE_SECONDS: Final = 0.25


def is_ready(service: Service) -> bool:
    """Whether recovery sheets open every ring, so that nothing is lost by a lockdown."""
    pins = service.pins()
    if pins.recovery is None:
        return False
    with service.reading() as session:
        # Earlier generations follow from the one in force.
        rows = [
            session.get(RingRow, (ring, pin.generation)) for ring, pin in pins.rings.items()
        ]
    return all(row is not None and row.recovery_box is not None for row in rows)


def is_half(service: Service) -> bool:
    """Whether a lockdown was begun and not finished."""
    return _begun(service).exists()


def press(reader: Reader, *, now: datetime) -> bool:
    """What the button does: lock everything; `NotAllowed`, and as `lock_down` else."""
    reader.demand(Permission.LOCK_DOWN)
    return lock_down(reader.service, by=reader.member, now=now)


def lock_down(service: Service, *, by: UUID | None = None, now: datetime) -> bool:
    """Lock everything; False while only the last step waits for somebody who is reading.

    Raises `NoSheets` before anything was done, `StorageFull` and `StorageBusy` where rows
    could not be deleted: the pepper is destroyed then too, and running it again finishes it.
    """
    with alone(service):
        if not is_ready(service):
            raise NoSheets
        return _all_steps(service, by=by, now=now)


def go_on(service: Service, *, now: datetime) -> bool:
    """Finish a lockdown that was cut off; True where there was none or all is done."""
    if not is_half(service):
        return True
    with alone(service):
        return finish(service, now=now)


def finish(service: Service, *, now: datetime) -> bool:
    """The same for who is `alone` already."""
    return not is_half(service) or _all_steps(service, by=None, now=now)


@contextmanager
def alone(service: Service) -> Iterator[None]:
    """No other lockdown or recovery goes on meanwhile; a process that dies lets go of it."""
    path = service.settings.instance / _ALONE
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _all_steps(service: Service, *, by: UUID | None, now: datetime) -> bool:
    _mark_begun(service)
    try:
        with service.writing() as session:
            _delete_rows(session, service, by, now)
    except (StorageFull, StorageBusy):
        instance.replace_pepper(service.settings.instance)  # needs no room, waits for nobody
        raise
    instance.replace_pepper(service.settings.instance)
    _forget_first_ways_in(service)
    is_done = _wiped(service)
    if is_done:
        _begun(service).unlink(missing_ok=True)
    return is_done


def _delete_rows(session: Session, service: Service, by: UUID | None, now: datetime) -> None:
    members = session.scalars(select(MemberRow).where(MemberRow.state != LOCKED)).all()
    for table in GONE:
        session.execute(delete(table))
    session.execute(delete(CaseKeysRow).where(CaseKeysRow.member_id.is_not(None)))
    for member in members:
        _shut(member)
    rotation.mark_due(session, Ring)  # whoever opened a ring until now knows its secret
    if any(member.state == LOCKED for member in members):  # else it is only being finished
        log.append(session, service, "locked_down", by=by, now=now)


def _shut(member: MemberRow) -> None:
    """Nothing opens her box any more, and trying it takes the work that it always takes."""
    member.kdf, member.box = member_box.nobody()[1:3]
    member.revision += 1  # a sign-in that is under way opened an earlier one
    if member.state not in {SUSPENDED, LEFT}:
        member.state = LOCKED


def _forget_first_ways_in(service: Service) -> None:
    founding.forget_first_key(service)
    (service.settings.instance / FIRST_SIGN_IN).unlink(missing_ok=True)


def _wiped(service: Service) -> bool:
    until = time.monotonic() + _PATIENCE_SECONDS
    while not wipe(service.engine, (MemberRow, *GONE)):
        if time.monotonic() > until:
            return False
        time.sleep(_PAUSE_SECONDS)
    return True


def _mark_begun(service: Service) -> None:
    # A full disk takes no mark; then what can be done without room is done unmarked.
    with suppress(OSError):
        instance.keep(_begun(service), b"A lockdown was begun. Run: intake lockdown\n")


def _begun(service: Service) -> Path:
    return service.settings.instance / _BEGUN
