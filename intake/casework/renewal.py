"""Coming back: let in again, new keys for a lost passphrase, and what was given before."""

from datetime import datetime
from uuid import UUID

from intake.casework import (
    account_notices,
    entering,
    grants,
    invitations,
    leaving_rules,
    standing,
)
from intake.casework.errors import NotAllowed
from intake.casework.grants import Held
from intake.casework.member_states import SUSPENDED, WAITING
from intake.casework.proof import Proof
from intake.casework.reader import Reader
from intake.roles import Permission, Role


def let_in_again(reader: Reader, member: UUID, *, proof: Proof, now: datetime) -> None:
    """Let a suspended member sign in with her passphrase, and wait to be entered anew."""
    reader.demand(Permission.SUSPEND)
    entering.demand_own(reader, proof)
    with reader.service.writing() as session:
        row = entering.found(session, member)
        if row.state != SUSPENDED:
            raise NotAllowed
        row.state, row.since = WAITING, now.date()
        by = reader.member
        standing.append(session, reader.service, "let_in_again", row, by=by, now=now)


def renew(
    reader: Reader, member: UUID, *, proof: Proof, knowing: bool = False, now: datetime
) -> str:
    """A link for a new key pair of this very member, as text, which nothing shows again.

    Until she uses it, she stays as she is; an earlier link of hers opens no more. Whose keys
    nobody else could give back keeps them: raises `LastCoordinator`, and `LastHandler` unless
    `knowing`.
    """
    reader.demand(Permission.INVITE)
    entering.demand_own(reader, proof)
    if member == reader.member:
        raise NotAllowed
    with reader.service.writing() as session:
        row = entering.found(session, member)
        roles = set(map(Role, row.roles.split()))
        leaving_rules.demand_others(session, row, without=roles, knowing=knowing)
        invitations.withdraw_all(session, row.id)
        text = invitations.add(session, row.handle, row.roles, member=row.id, now=now)
        told = {"handle": row.handle, "by": reader.handle}
        service, by = reader.service, reader.member
        standing.append(session, service, "renewal_made", row, by=by, now=now)
        account_notices.tell_coordinators(session, service, "renewal_made", about=told, now=now)
        if Role.COORDINATOR not in roles:  # else she was told just now
            hers = (row.id,)
            account_notices.tell(session, service, hers, "renewal_made", about=told, now=now)
        return text


def given_alone(reader: Reader, member: UUID) -> tuple[Held, ...]:
    """The cases of which she was given something; none for who may see no case."""
    if not reader.may(Permission.GRANT):
        return ()
    with reader.service.reading() as session:
        return grants.of_member(session, reader, member)


def give_again(reader: Reader, member: UUID, *, proof: Proof, now: datetime) -> int:
    """Seal to her new key what she was given before; how many cases it were."""
    entering.demand_own(reader, proof)
    return grants.give_again(reader, member, now)
