"""Entering a member who waits: her fingerprint compared by people, and only then wraps."""

import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.casework import account_notices, log, roster, standing
from intake.casework.errors import CaseworkError, NotAllowed, UnknownMember
from intake.casework.member_states import ACTIVE, WAITING
from intake.casework.pinning import changing_pins
from intake.casework.proof import Proof
from intake.casework.reader import Reader
from intake.casework.roster import RosterDiffers
from intake.roles import Permission, Role
from intake.store.people import MemberRow, RingMemberRow, SessionRow
from intake.vault import PublicKey, Ring, RingKey

DIGITS: Final = 32


class FingerprintDiffers(CaseworkError):  # noqa: N818 - reads as what is the matter
    """What was read aloud is not the fingerprint of the key that stands in the database."""


class NotWaiting(CaseworkError):  # noqa: N818
    """Somebody entered her already, gave her other roles, or is to let her in again first."""


@dataclass
class RingNotHeld(CaseworkError):  # noqa: N818
    """Only who holds `ring` can give it: `holders`, by handle."""

    ring: Ring
    holders: tuple[str, ...]


def enter(
    reader: Reader,
    member: UUID,
    typed_fingerprint: str,
    proof: Proof,
    *,
    seen: str | None = None,
    now: datetime,
) -> None:
    """Put her on the rosters and wrap her rings, if the digits are those of her key.

    `seen` are the roles that whoever compared was shown, where she was shown some. Raises
    `FingerprintDiffers` (with a line in the log), `NotWaiting`, `RingNotHeld`, `RosterDiffers`,
    `UnknownMember`; in each case nothing was sealed.
    """
    reader.demand(Permission.ENTER)
    demand_own(reader, proof)
    service = reader.service
    # No other generation is made meanwhile: one that came between would not know her.
    with changing_pins(service), service.writing() as session:
        row = found(session, member)
        if row.state != WAITING or seen not in {None, row.roles}:
            raise NotWaiting
        is_hers = is_fingerprint(typed_fingerprint, PublicKey(row.public_key))
        if not is_hers:
            told = {"member": member.hex, "handle": row.handle}
            log.append(
                session, service, "fingerprint_differs", by=reader.member, detail=told, now=now
            )
        else:
            _enter(session, reader, row, now)
    if not is_hers:
        raise FingerprintDiffers


def _enter(session: Session, reader: Reader, row: MemberRow, now: datetime) -> None:
    service, by = reader.service, reader.member
    keys = keys_for(session, reader, map(Role, row.roles.split()))
    is_changed = not standing.is_held_fast(session, service, row)
    if is_changed or any(roster.strangers(session, service, key) for key in keys):
        raise RosterDiffers
    row.state, row.since = ACTIVE, now.date()
    # Her next sign-in takes the rings over; the session of her first hour trusts none.
    session.execute(delete(SessionRow).where(SessionRow.member_id == row.id))
    standing.append(session, service, "entered", row, by=by, now=now)
    roster.enter_on(session, service, keys, row, by=by, now=now)
    about = {"handle": row.handle, "by": reader.handle}
    account_notices.tell(session, service, (row.id,), "entered", about=about, now=now)
    account_notices.tell_coordinators(session, service, "member_entered", about=about, now=now)


def is_fingerprint(typed: str, key: PublicKey) -> bool:
    """Whether the digits of `typed`, of any script and separated anyhow, are the key's."""
    digits = [unicodedata.decimal(sign, None) for sign in typed]
    read = "".join(str(digit) for digit in digits if digit is not None)
    return hmac.compare_digest(read, key.fingerprint().replace(" ", ""))


def keys_for(session: Session, reader: Reader, roles: Iterable[Role]) -> list[RingKey]:
    """The directory and the rings of these roles, newest secrets; else `RingNotHeld`."""
    needed = roster.rings_held(roles) | {roster.DIRECTORY}
    for ring in sorted(needed):
        if not reader.holds(session, ring):
            raise RingNotHeld(ring, holders(session, ring))
    return [reader.ring(session, ring) for ring in Ring if ring in needed]


def holders(session: Session, ring: Ring) -> tuple[str, ...]:
    """Handles of those who hold the ring now."""
    query = (
        select(MemberRow.handle)
        .join(RingMemberRow, RingMemberRow.member_id == MemberRow.id)
        .where(RingMemberRow.ring == ring, MemberRow.state.in_(standing.IN))
    )
    return tuple(session.scalars(query.distinct().order_by(MemberRow.handle)))


def found(session: Session, member: UUID) -> MemberRow:
    """The member's row; `UnknownMember` when there is none."""
    row = session.get(MemberRow, member)
    if row is None:
        raise UnknownMember
    return row


def demand_own(reader: Reader, proof: Proof) -> None:
    """`NotAllowed` for the proof of somebody else."""
    if proof.member != reader.member:
        raise NotAllowed
