"""Bringing the rings back from paper: a new coordinator holds them all."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import instance
from intake.casework import log
from intake.casework.admission import Newcomer, admit
from intake.casework.errors import CaseworkError
from intake.casework.founding import First
from intake.casework.member_states import FIRST
from intake.casework.service import Service
from intake.roles import Role
from intake.store.people import MemberRow, RingRow
from intake.vault import (
    PublicKey,
    Ring,
    RingKey,
    Seed,
    UnsealError,
    passphrase,
    read_sheets,
)

ROLES = (Role.COORDINATOR, Role.HANDLER)
_USED = "sheets.used"


class NoSheets(CaseworkError):  # noqa: N818 - reads as what is the matter
    """No recovery sheets were made here yet."""


class RingsDiffer(CaseworkError):  # noqa: N818
    """The rings in the database are not those that reports are sealed to."""


class HandleTaken(CaseworkError):  # noqa: N818
    """Another member has this handle."""


def recovery_key(service: Service) -> PublicKey:
    """The key that the sheets must give back; `NoSheets` before they were made."""
    recovery = service.pins().recovery
    if recovery is None:
        raise NoSheets
    return recovery


def recover(service: Service, sheets: Sequence[str], *, handle: str, now: datetime) -> First:
    """Make the coordinator `handle`, who holds every ring; she signs in once with what returns.

    Raises `vault.SheetsError`, which tells nothing of the words, `NoSheets`, `RingsDiffer`,
    `HandleTaken`.
    """
    seed = read_sheets(sheets, expected=recovery_key(service))
    with service.writing() as session:
        if session.scalar(select(MemberRow.id).where(MemberRow.handle == handle)):
            raise HandleTaken
        keys = _ring_keys(session, service, seed)
        first = First(handle, passphrase())
        newcomer = Newcomer(handle, ROLES, first.passphrase, FIRST)
        member = admit(session, service, newcomer, keys)
        log.append(session, service, "recovered", by=member.id, now=now)
        ask_for_sheets(service)
        return first


def are_sheets_used(service: Service) -> bool:
    """Whether the sheets were typed into this machine, so that new ones are to be made."""
    return _path(service).exists()


def ask_for_sheets(service: Service) -> None:
    """Ask for new sheets until they are made."""
    path = _path(service)
    if not path.exists():
        instance.keep(path, b"New recovery sheets are to be made.\n")


def sheets_are_new(service: Service) -> None:
    """The sheets in force have never been typed in."""
    _path(service).unlink(missing_ok=True)


def _ring_keys(session: Session, service: Service, seed: Seed) -> tuple[RingKey, ...]:
    """The newest secret of every ring; earlier ones follow from it."""
    rows = session.scalars(select(RingRow).order_by(RingRow.generation))
    newest = {row.name: row for row in rows}
    return tuple(_ring_key(service, seed, newest.get(ring)) for ring in Ring)


def _ring_key(service: Service, seed: Seed, row: RingRow | None) -> RingKey:
    if row is None or row.recovery_box is None:
        raise RingsDiffer
    ring = Ring(row.name)
    try:
        key = RingKey.open_for_recovery(
            row.recovery_box, seed.identity, ring=ring, generation=row.generation
        )
    except UnsealError:
        raise RingsDiffer from None
    pin = service.pins().rings[ring]
    # Anybody can seal something to the recovery key; only the pin tells that it is the ring.
    if (key.generation, key.public) != (pin.generation, pin.public):
        raise RingsDiffer
    return key


def _path(service: Service) -> Path:
    return service.settings.instance / _USED
