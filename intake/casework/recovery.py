"""Bringing the rings back from paper: a new coordinator holds them all."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import account_notices, lockdown, log, restricting
from intake.casework.errors import CaseworkError, StorageBusy
from intake.casework.founding import First
from intake.casework.member_states import FIRST
from intake.casework.pinning import changing_pins
from intake.casework.roster import Newcomer, admit, entry_of
from intake.casework.service import Service
from intake.casework.sheets import (
    NoSheets,
    are_sheets_used,
    ask_for_sheets,
    recovery_key,
    sheets_are_new,
)
from intake.roles import Role
from intake.store.people import MemberRow, RingRow
from intake.vault import (
    Ring,
    RingKey,
    Seed,
    UnsealError,
    passphrase,
    read_sheets,
)

__all__ = [
    "HandleTaken",
    "NoSheets",
    "RingsDiffer",
    "are_sheets_used",
    "ask_for_sheets",
    "recover",
    "recovery_key",
    "sheets_are_new",
]

ROLES = (Role.COORDINATOR, Role.HANDLER)


class RingsDiffer(CaseworkError):  # noqa: N818
    """The rings in the database are not those that reports are sealed to."""


class HandleTaken(CaseworkError):  # noqa: N818
    """Another member has this handle."""


def recover(service: Service, sheets: Sequence[str], *, handle: str, now: datetime) -> First:
    """Make the coordinator `handle`, who holds every ring; she signs in once with what returns.

    Raises `vault.SheetsError`, which tells nothing of the words, `NoSheets`, `RingsDiffer`,
    `HandleTaken`.
    """
    seed = read_sheets(sheets, expected=recovery_key(service))
    with lockdown.alone(service):
        # One that was cut off would lock her out again, and would leave old keys behind.
        if not lockdown.finish(service, now=now):
            raise StorageBusy
        return _let_in(service, seed, handle, now)


def _let_in(service: Service, seed: Seed, handle: str, now: datetime) -> First:
    with changing_pins(service), service.writing() as session:  # as in `entering.enter`
        if session.scalar(select(MemberRow.id).where(MemberRow.handle == handle)):
            raise HandleTaken
        keys = _ring_keys(session, service, seed)
        first = First(handle, passphrase())
        newcomer = Newcomer(handle, ROLES, first.passphrase, FIRST)
        member = admit(session, service, newcomer, keys, now=now)
        restricting.bring_back(session, seed, entry_of(member))
        log.append(session, service, "recovered", by=member.id, now=now)
        told = {"handle": handle}
        account_notices.tell_coordinators(session, service, "recovered", about=told, now=now)
        ask_for_sheets(service)
        return first


def _ring_keys(session: Session, service: Service, seed: Seed) -> tuple[RingKey, ...]:
    """The pinned secret of every ring; earlier ones follow from it."""
    # A generation above the pin was cut off before anything was sealed to it.
    pins = service.pins().rings
    rows = {ring: session.get(RingRow, (ring, pins[ring].generation)) for ring in Ring}
    return tuple(_ring_key(service, seed, row) for row in rows.values())


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
