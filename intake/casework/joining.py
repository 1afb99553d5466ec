"""Coming in through an invitation: a key pair is born, and waits to be entered by people."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.casework import account_notices, founding, leaving_rules, standing
from intake.casework.invitations import Offer, WrongInvitation, offered
from intake.casework.member_states import WAITING
from intake.casework.service import Service
from intake.casework.sessions import begin
from intake.casework.sign_in import SignedIn, known_text
from intake.store.people import (
    CredentialRow,
    InvitationRow,
    MemberRow,
    NoticeRow,
    RingMemberRow,
    SessionRow,
)
from intake.vault import MemberSecret, Ring, Sealed, Seed

_OF_OLD_KEYS = (RingMemberRow, CredentialRow, SessionRow, NoticeRow)


@dataclass(frozen=True)
class _Born:
    """Keys that were just born, and the box they lie in at `revision`."""

    member: UUID
    revision: int
    secret: MemberSecret = field(repr=False)
    kdf: bytes = field(repr=False)
    box: Sealed = field(repr=False)


def look_at(service: Service, typed: str, *, now: datetime) -> Offer:
    """What this secret offers; uses nothing up. Raises `WrongInvitation`."""
    # Nobody guesses 256 bits: slowing tries down would only let strangers keep people out.
    with service.reading() as session:
        return offered(session, typed, now=now)


def join(
    service: Service, typed: str, words: str, *, now: datetime, browser: str = ""
) -> SignedIn:
    """Use the invitation up: a member with keys of her own, who waits to be entered.

    Raises `WrongInvitation`, also when her row was changed meanwhile or nobody would be left
    to let her in, and `vault.BusyError`.
    """
    with service.reading() as session:
        offer = offered(session, typed, now=now)
        revision = _revision(session, offer)
    born = _born(service, offer.member or uuid4(), revision, words)
    with service.writing() as session:
        # Of two at once the second finds it used: writers wait for one another.
        if offered(session, typed, now=now) != offer:
            raise WrongInvitation
        row = _member(session, service, offer, born, now)
        session.execute(delete(InvitationRow).where(InvitationRow.id == offer.id))
        cookie = begin(session, service, row, born.secret, now, browser)
        return SignedIn(cookie, known_text(service, row.handle), must_set_up=True)


def _revision(session: Session, offer: Offer) -> int:
    member = session.get(MemberRow, offer.member) if offer.member else None
    return member.revision + 1 if member else 1


def _born(service: Service, member: UUID, revision: int, words: str) -> _Born:
    secret = MemberSecret(Seed.random())
    kdf, box = founding.stretched_box(service, secret, words, member=member, revision=revision)
    return _Born(member, revision, secret, kdf, box)


def _member(
    session: Session, service: Service, offer: Offer, born: _Born, now: datetime
) -> MemberRow:
    if offer.member is None:
        return _new(session, service, offer, born, now)
    return _renewed(session, service, born, now)


def _new(
    session: Session, service: Service, offer: Offer, born: _Born, now: datetime
) -> MemberRow:
    if session.scalar(select(MemberRow.id).where(MemberRow.handle == offer.handle)):
        raise WrongInvitation
    row = MemberRow(
        id=born.member,
        handle=offer.handle,
        roles=offer.roles,
        state=WAITING,
        public_key=born.secret.seed.public.raw,
        kdf=born.kdf,
        box=born.box,
        since=now.date(),
    )
    session.add(row)
    session.flush()
    standing.append(session, service, "joined", row, by=row.id, now=now)
    return row


def _renewed(session: Session, service: Service, born: _Born, now: datetime) -> MemberRow:
    """Other keys for a member; nothing that was sealed to the old ones is kept for her."""
    row = session.get_one(MemberRow, born.member)
    # Others may have gone since the link was made.
    if row.revision + 1 != born.revision or leaving_rules.is_last(session, row, Ring.CASE):
        raise WrongInvitation
    for table in _OF_OLD_KEYS:
        session.execute(delete(table).where(table.member_id == row.id))
    row.public_key, row.kdf, row.box = born.secret.seed.public.raw, born.kdf, born.box
    row.state, row.revision, row.since = WAITING, born.revision, now.date()
    session.flush()
    standing.append(session, service, "renewed", row, by=row.id, now=now)
    about = {"handle": row.handle}
    account_notices.tell_coordinators(session, service, "renewed", about=about, now=now)
    return row
