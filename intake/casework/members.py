"""Everybody who works here, and who holds what; taking somebody out, letting her in again."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from intake.casework import (
    account_notices,
    duty,
    entering,
    grants,
    invitations,
    leaving_rules,
    member_roles,
    roster,
    standing,
)
from intake.casework.directory.entries import entry_of
from intake.casework.errors import NotAllowed
from intake.casework.member_states import LEFT, LOCKED, SUSPENDED, WAITING
from intake.casework.proof import Proof
from intake.casework.reader import Reader
from intake.roles import Permission, Role
from intake.store import team
from intake.store.people import CredentialRow, MemberRow, NoticeRow, RingMemberRow, SessionRow
from intake.store.tables import CaseRow
from intake.store.team import TeamDocumentRow
from intake.vault import Ring, RingKey, Sealed, Stretching

_ORDER: Final = {WAITING: 0, LOCKED: 2, SUSPENDED: 3, LEFT: 4}
_IN_ORDER: Final = 1
_ACCOUNT: Final = (SessionRow, NoticeRow)
_NO_BOX_BYTES: Final = 321


@dataclass(frozen=True)
class Member:
    """A member as the list shows her; `is_otherwise`: not as she was entered."""

    id: UUID
    handle: str
    roles: tuple[str, ...]
    state: str
    since: date | None
    rings: tuple[str, ...]
    cases: int
    is_otherwise: bool = False

    @property
    def is_in(self) -> bool:
        """Whether she works here now."""
        return self.state in standing.IN

    @property
    def is_waiting(self) -> bool:
        """Whether somebody is to enter her."""
        return self.state == WAITING

    @property
    def is_out(self) -> bool:
        """Whether she signs in no more."""
        return self.state in {LOCKED, SUSPENDED, LEFT}


def everybody(reader: Reader) -> tuple[Member, ...]:
    """All members, those first who wait to be entered; with numbers of cases, and no case."""
    reader.demand(Permission.SEE_MEMBERS)
    with reader.service.reading() as session:
        rows = session.scalars(select(MemberRow)).all()
        shown = _shown(session, reader, rows)
    return tuple(sorted(shown, key=_place))


def one(reader: Reader, member: UUID) -> Member:
    """One member; `UnknownMember` when there is none."""
    reader.demand(Permission.SEE_MEMBERS)
    with reader.service.reading() as session:
        return _shown(session, reader, [entering.found(session, member)])[0]


def colleagues(reader: Reader, *, beside: UUID) -> tuple[Member, ...]:
    """Those who can hold cases, by handle."""
    holding = (one for one in everybody(reader) if one.is_in and Ring.CASE in one.rings)
    return tuple(one for one in holding if one.id != beside)


def is_last_handler(reader: Reader, member: UUID) -> bool:
    """Whether nobody who is in could read what is for trained handlers, beside her."""
    reader.demand(Permission.SEE_MEMBERS)
    with reader.service.reading() as session:
        return leaving_rules.is_last(session, entering.found(session, member), Ring.INTIMATE)


def _place(member: Member) -> tuple[int, str]:
    return _ORDER.get(member.state, _IN_ORDER), member.handle


def _shown(session: Session, reader: Reader, rows: Sequence[MemberRow]) -> list[Member]:
    rings, cases = _rings(session), _cases(session)
    others = _otherwise(session, reader)
    return [
        Member(
            row.id,
            row.handle,
            tuple(row.roles.split()),
            row.state,
            row.since,
            tuple(ring for ring in Ring if (row.id, ring) in rings),
            cases.get(row.id, 0),
            row.handle in others,
        )
        for row in rows
    ]


def _rings(session: Session) -> Collection[tuple[UUID, str]]:
    held = select(RingMemberRow.member_id, RingMemberRow.ring).distinct()
    return {(member, ring) for member, ring in session.execute(held)}


def _cases(session: Session) -> Mapping[UUID, int]:
    """How many cases each holds; an index answers."""
    counted = (
        select(CaseRow.holder, func.count())
        .where(CaseRow.holder.is_not(None))
        .group_by(CaseRow.holder)
    )
    return {holder: count for holder, count in session.execute(counted) if holder}


def _otherwise(session: Session, reader: Reader) -> frozenset[str]:
    """Handles of those who stand otherwise than log and rosters say, as far as she may look."""
    changed = _changed(session, reader)
    keys = [key for key in _keys(session, reader) if key.ring not in changed]
    on_rosters = (roster.strangers(session, reader.service, key) for key in keys)
    return frozenset(standing.strangers(session, reader.service)).union(*on_rosters)


def changed_rosters(reader: Reader) -> frozenset[Ring]:
    """Rings whose roster somebody changed or set back, as far as she may look."""
    reader.demand(Permission.SEE_MEMBERS)
    with reader.service.reading() as session:
        return _changed(session, reader)


def _changed(session: Session, reader: Reader) -> frozenset[Ring]:
    changed = set(roster.set_back(session, reader.service))
    for key in _keys(session, reader):
        try:
            roster.read(session, reader.service, key)
        except roster.RosterDiffers:
            changed.add(key.ring)
    return frozenset(changed)


def _keys(session: Session, reader: Reader) -> list[RingKey]:
    return [reader.ring(session, ring) for ring in Ring if reader.holds(session, ring)]


def take_out(
    reader: Reader,
    member: UUID,
    *,
    state: str,
    proof: Proof,
    knowing: bool = False,
    now: datetime,
) -> None:
    """Suspend a member or let her leave: wraps, sessions and links go, rotation is due.

    Her second factors stay as long as her box, which asks for them when she comes back. The
    cases she holds stay with her until somebody hands them on (`leaving.hand_on`).
    Raises `LastCoordinator`, `LastHandler` unless `knowing`, `UnknownMember`, and `NotAllowed`
    for oneself and for who is out already.
    """
    reader.demand(Permission.SUSPEND)
    entering.demand_own(reader, proof)
    if member == reader.member or state not in {SUSPENDED, LEFT}:
        raise NotAllowed
    with reader.service.writing() as session:
        row = entering.found(session, member)
        if row.state in {state, LEFT}:
            raise NotAllowed
        roles = set(map(Role, row.roles.split()))
        leaving_rules.demand_others(session, row, without=roles, knowing=knowing)
        about = {"handle": row.handle, "by": reader.handle}
        service, by = reader.service, reader.member
        account_notices.tell_coordinators(session, service, state, about=about, now=now)
        _take_out(session, reader, row, state, now)
        standing.append(session, service, state, row, by=by, now=now)


def _take_out(
    session: Session, reader: Reader, row: MemberRow, state: str, now: datetime
) -> None:
    held = select(RingMemberRow.ring).where(RingMemberRow.member_id == row.id).distinct()
    rings = {Ring(name) for name in session.scalars(held)}
    row.state, row.since = state, now.date()
    if state == LEFT:
        row.kdf, row.box = _no_box()
        row.revision += 1
        session.execute(delete(CredentialRow).where(CredentialRow.member_id == row.id))
        session.execute(delete(TeamDocumentRow).where(TeamDocumentRow.member_id == row.id))
        team.remove(session, {entry_of(row.id)})
    session.flush()
    member_roles.take_rings(session, row.id, rings)
    for table in _ACCOUNT:
        session.execute(delete(table).where(table.member_id == row.id))
    invitations.withdraw_all(session, row.id)
    grants.take_back_all(session, reader, row.id, now)
    duty.take_off(session, reader.service, row.id)
    roster.take_off(session, reader, row.id, rings | {roster.DIRECTORY}, now=now)


def _no_box() -> tuple[bytes, Sealed]:
    """What stands where her box was: as long as one, and nothing in it."""
    kdf = Stretching.for_passphrase().to_bytes()
    return kdf, Sealed(b"\x02" + secrets.token_bytes(_NO_BOX_BYTES))
