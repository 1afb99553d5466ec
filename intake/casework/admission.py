"""Letting a new member in: her keys, the rings she is to hold, her place on their rosters."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import founding
from intake.casework.codec import decode, encode
from intake.casework.errors import CaseworkError
from intake.casework.member_states import ACTIVE
from intake.casework.service import Service
from intake.roles import Role
from intake.store.people import MemberRow, RingMemberRow, RingRow
from intake.vault import MemberSecret, RingKey, Seed, UnsealError, box_roster, open_roster


@dataclass(frozen=True)
class Newcomer:
    """Who is let in, and the passphrase she begins with."""

    handle: str
    roles: Collection[Role]
    passphrase: str = field(repr=False)
    state: str = ACTIVE


class RosterDiffers(CaseworkError):  # noqa: N818 - reads as what is the matter
    """A member's roles or keys are not those that were entered on the roster of a ring."""


def admit(
    session: Session, service: Service, newcomer: Newcomer, keys: Sequence[RingKey]
) -> MemberRow:
    """Make the member in the caller's transaction; she holds the rings of `keys`.

    Raises `RosterDiffers` before anything is sealed, where somebody changed who is in.
    """
    if any(strangers(session, key) for key in keys):
        raise RosterDiffers
    member = _member(service, newcomer, keys)
    session.add(member)
    session.flush()
    for key in keys:
        session.add(founding.wrap(key, member))
        _enter(session, key, member)
    return member


def _member(service: Service, newcomer: Newcomer, keys: Sequence[RingKey]) -> MemberRow:
    secret = MemberSecret(Seed.random(), {key.ring: key.trusted for key in keys})
    id_ = uuid4()
    kdf, box = founding.stretched_box(
        service, secret, newcomer.passphrase, member=id_, revision=1
    )
    return MemberRow(
        id=id_,
        handle=newcomer.handle,
        roles=" ".join(newcomer.roles),
        state=newcomer.state,
        public_key=secret.seed.public.raw,
        kdf=kdf,
        box=box,
    )


def strangers(session: Session, key: RingKey) -> tuple[str, ...]:
    """Handles of those who hold the ring as somebody else than its roster says."""
    _, roster = _roster(session, key)
    holders = session.scalars(
        select(MemberRow)
        .join(RingMemberRow, RingMemberRow.member_id == MemberRow.id)
        .where(RingMemberRow.ring == key.ring, RingMemberRow.generation == key.generation)
    )
    return tuple(
        member.handle
        for member in holders
        if roster["members"].get(member.id.hex) != founding.roster_entry(member)
    )


def _roster(session: Session, key: RingKey) -> tuple[RingRow, dict[str, Any]]:
    row = session.get_one(RingRow, (key.ring, key.generation))
    try:
        return row, decode(open_roster(row.roster_box, key, revision=key.generation))
    except UnsealError:
        raise RosterDiffers from None


def _enter(session: Session, key: RingKey, member: MemberRow) -> None:
    """Put the member on the ring's roster."""
    row, roster = _roster(session, key)
    roster["members"][member.id.hex] = founding.roster_entry(member)
    row.roster_box = box_roster(key, encode(roster), revision=key.generation)
