"""Changing a member's roles: rings are given by who holds them, and taken away at once."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from intake.casework import account_notices, duty, entering, grants, roster, rotation, standing
from intake.casework.errors import CaseworkError, NotAllowed
from intake.casework.leaving_rules import demand_others
from intake.casework.member_states import WAITING
from intake.casework.pinning import changing_pins
from intake.casework.proof import Proof
from intake.casework.reader import Reader
from intake.casework.roster import RosterDiffers, rings_held
from intake.roles import Permission, Role, may
from intake.store.people import MemberRow, RingMemberRow, SessionRow
from intake.vault import Ring


class NotRoles(CaseworkError):  # noqa: N818 - reads as what is the matter
    """There is at least one role, and a trained handler is a coordinator too."""


def demand_roles(roles: Collection[Role]) -> None:
    """`NotRoles` where these do not go together."""
    if not roles or (Role.HANDLER in roles and Role.COORDINATOR not in roles):
        raise NotRoles


def change_roles(
    reader: Reader,
    member: UUID,
    roles: Collection[Role],
    proof: Proof,
    *,
    knowing: bool = False,
    now: datetime,
) -> None:
    """Give her these roles instead of those she has.

    Raises `NotRoles`, `RingNotHeld`, `RosterDiffers`, `LastCoordinator`, `LastHandler` unless
    `knowing`, and `NotAllowed` for oneself.
    """
    reader.demand(Permission.SUSPEND)
    entering.demand_own(reader, proof)
    demand_roles(roles)
    if member == reader.member:
        raise NotAllowed
    service = reader.service
    with changing_pins(service), service.writing() as session:  # as in `entering.enter`
        row = entering.found(session, member)
        written = " ".join(role for role in Role if role in roles)
        if set(written.split()) == set(row.roles.split()):
            return
        demand_others(session, row, without=_taken(row, roles), knowing=knowing)
        _change(session, reader, row, written, now)


def _taken(row: MemberRow, roles: Collection[Role]) -> set[Role]:
    return set(map(Role, row.roles.split())) - set(roles)


def _change(
    session: Session, reader: Reader, row: MemberRow, written: str, now: datetime
) -> None:
    if row.state == WAITING:
        row.roles = written
    elif row.state in standing.IN:
        reader.demand(Permission.ENTER)
        _rewrite(session, reader, row, written, now)
    else:
        raise NotAllowed
    row.since = now.date()
    service, by = reader.service, reader.member
    told = {"roles": written.split(), "by": reader.handle}
    standing.append(session, service, "roles_changed", row, by=by, now=now, detail=told)
    about = {"handle": row.handle, **told}
    account_notices.tell(session, service, (row.id,), "roles_changed", about=about, now=now)
    account_notices.tell_coordinators(
        session, service, "member_roles_changed", about=about, now=now
    )


def _rewrite(
    session: Session, reader: Reader, row: MemberRow, written: str, now: datetime
) -> None:
    """New entries on the rosters of all rings she is to hold; out of those she is not."""
    service, roles = reader.service, tuple(map(Role, written.split()))
    keys = entering.keys_for(session, reader, roles)
    if any(roster.strangers(session, service, key) for key in keys):
        raise RosterDiffers
    before = tuple(map(Role, row.roles.split()))
    taken = rings_held(before) - rings_held(roles)
    row.roles = written
    roster.take_off(session, reader, row.id, taken, now=now)
    take_rings(session, row.id, taken)
    roster.enter_on(session, service, keys, row, by=reader.member, now=now)
    session.execute(delete(SessionRow).where(SessionRow.member_id == row.id))
    _take_cases(session, reader, row.id, set(before) - set(roles), roles, now)
    if not may(roles, Permission.OPEN_CASE):
        duty.take_off(session, service, row.id)


def _take_cases(
    session: Session,
    reader: Reader,
    member: UUID,
    taken: Collection[Role],
    left: Collection[Role],
    now: datetime,
) -> None:
    """What opens for her alone goes with the role for which it was given."""
    if may(taken, Permission.READ_GRANTED) and not may(left, Permission.READ_GRANTED):
        grants.take_back_given(session, reader, member, now)
    if Role.COORDINATOR in taken:
        grants.take_back_kept(session, reader, member, now)
    elif Role.HANDLER in taken:
        grants.narrow_kept(session, member)


def take_rings(session: Session, member: UUID, rings: Iterable[Ring]) -> None:
    """Take her wraps of these rings away; what she knew is to be followed by another secret."""
    names = [str(ring) for ring in rings]
    hers = RingMemberRow.member_id == member
    session.execute(delete(RingMemberRow).where(hers, RingMemberRow.ring.in_(names)))
    rotation.mark_due(session, map(Ring, names))
