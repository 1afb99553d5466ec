"""Invitations: a link, good once and for a day, behind which a member's key pair is born."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.casework import invitation_links, log
from intake.casework.codec import decode, encode, instant, moment
from intake.casework.errors import CaseworkError
from intake.casework.member_roles import demand_roles
from intake.casework.reader import Reader
from intake.roles import Permission, Role
from intake.store.people import InvitationRow, MemberRow
from intake.vault import InvitationLink, UnsealError, box_invitation, open_invitation

LASTS: Final = timedelta(hours=24)
_HANDLE: Final = re.compile(r"[^\W_][\w.-]{1,39}")


class WrongInvitation(CaseworkError):  # noqa: N818 - reads as what is the matter
    """No invitation that could still be used belongs to this secret."""


class HandleTaken(CaseworkError):  # noqa: N818
    """Somebody has this handle already, or is invited under it."""


class NotAHandle(CaseworkError):  # noqa: N818
    """A handle has 2 to 40 letters, digits, dots and hyphens, and begins with a letter."""


@dataclass(frozen=True)
class Invitation:
    """One that waits to be used; `day` is the last on which it can be."""

    id: UUID
    handle: str
    roles: tuple[Role, ...]
    day: date
    is_renewal: bool


@dataclass(frozen=True)
class Offer:
    """What a link offers: a place under this handle, or new keys for `member`."""

    id: UUID
    handle: str
    roles: str
    member: UUID | None


def invite(reader: Reader, handle: str, roles: Collection[Role], *, now: datetime) -> str:
    """Invite somebody; the secret of her link as text, which nothing shows again.

    Raises `NotAHandle`, `HandleTaken`, `NotRoles`.
    """
    reader.demand(Permission.INVITE)
    demand_roles(roles)
    handle = _handle(handle)
    with reader.service.writing() as session:
        if _is_taken(session, handle):
            raise HandleTaken
        text = add(session, handle, " ".join(roles), now=now)
        told = {"handle": handle, "roles": sorted(roles)}
        log.append(session, reader.service, "invited", by=reader.member, detail=told, now=now)
        return text


def add(
    session: Session, handle: str, roles: str, *, member: UUID | None = None, now: datetime
) -> str:
    """Add an invitation in the caller's transaction; the secret of its link as text."""
    session.execute(delete(InvitationRow).where(InvitationRow.day < now.date()))
    link, id_, until = InvitationLink.random(), uuid4(), now + LASTS
    content = {
        "handle": handle,
        "until": instant(until),
        "member": member.hex if member else None,
    }
    session.add(
        InvitationRow(
            id=id_,
            role=roles,
            box=box_invitation(link, encode(content), id=id_, role=roles),
            day=until.date(),
            look_up=link.lookup,
            member_id=member,
            handle=handle,
        )
    )
    return invitation_links.text_of(link)


def pending(reader: Reader, *, now: datetime) -> tuple[Invitation, ...]:
    """What was not used yet, by handle."""
    reader.demand(Permission.INVITE)
    with reader.service.reading() as session:
        rows = session.scalars(
            select(InvitationRow)
            .where(InvitationRow.day >= now.date())
            .order_by(InvitationRow.handle)
        )
        return tuple(
            Invitation(
                row.id,
                row.handle,
                tuple(map(Role, row.role.split())),
                row.day,
                row.member_id is not None,
            )
            for row in rows
        )


def withdraw(reader: Reader, id_: UUID, *, now: datetime) -> None:
    """Let nobody use this invitation any more; nothing where it is gone already."""
    reader.demand(Permission.INVITE)
    with reader.service.writing() as session:
        row = session.get(InvitationRow, id_)
        if row is None:
            return
        told = {"handle": row.handle}
        session.delete(row)
        log.append(
            session,
            reader.service,
            "invitation_withdrawn",
            by=reader.member,
            detail=told,
            now=now,
        )


def withdraw_all(session: Session, member: UUID) -> None:
    """Let no earlier link give new keys to this member."""
    session.execute(delete(InvitationRow).where(InvitationRow.member_id == member))


def offered(session: Session, typed: str, *, now: datetime) -> Offer:
    """What the secret that was typed offers; `WrongInvitation` for wrong, used and expired."""
    link = invitation_links.read(typed)
    found = select(InvitationRow).where(InvitationRow.look_up == (link.lookup if link else b""))
    row = session.scalar(found)
    if link is None or row is None:
        raise WrongInvitation
    content = _opened(link, row)
    member = UUID(content["member"]) if content["member"] else None
    if now >= moment(content["until"]) or member != row.member_id:
        raise WrongInvitation
    return Offer(row.id, content["handle"], row.role, member)


def _opened(link: InvitationLink, row: InvitationRow) -> dict[str, Any]:
    try:
        return decode(open_invitation(link, row.box, id=row.id, role=row.role))
    except UnsealError:  # somebody wrote other roles into the row
        raise WrongInvitation from None


def _handle(typed: str) -> str:
    handle = unicodedata.normalize("NFC", typed).strip().casefold()
    if not _HANDLE.fullmatch(handle):
        raise NotAHandle
    return handle


def _is_taken(session: Session, handle: str) -> bool:
    of_member = select(MemberRow.id).where(MemberRow.handle == handle)
    invited = select(InvitationRow.id).where(InvitationRow.handle == handle)
    return bool(session.scalar(of_member) or session.scalar(invited))
