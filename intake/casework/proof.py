"""Fresh proof before what matters: passphrase and second factor once more, in the same form."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework import account_notices, member_box, throttle
from intake.casework.credentials import CODES
from intake.casework.errors import WrongPassphrase
from intake.casework.member_box import Opened
from intake.casework.reader import Reader
from intake.casework.second_step import Shown, take
from intake.store.people import MemberRow
from intake.vault import Key, MemberSecret


@dataclass(frozen=True)
class Proof:
    """That it is she: what opens her box at `revision`, and what lies in it."""

    member: UUID
    revision: int
    key: Key = field(repr=False)
    secret: MemberSecret = field(repr=False)


def prove(reader: Reader, words: str, code: str, *, now: datetime, passkey: str = "") -> Proof:
    """Open the box of `reader` once more; a code that was taken is used up.

    Raises `WrongPassphrase`, also for a wrong or used code, `SlowDown`, `vault.BusyError`.
    """
    service = reader.service
    tries = throttle.bucket(service, "proof", reader.member.hex)
    throttle.count(service, tries, now=now)
    box = member_box.opened(service, member_box.of_member(reader.member), words)
    with service.writing() as session:
        box = _proved(session, reader, box, Shown(code, passkey), now)
    throttle.forget(service, tries, now=now)
    return Proof(box.member, box.revision, box.key, box.secret)


def _proved(
    session: Session, reader: Reader, box: Opened, shown: Shown, now: datetime
) -> Opened:
    taken = take(session, reader.service, box, shown, now=now)
    row = session.get_one(MemberRow, reader.member)
    if taken is None or not box.is_right or not box.is_current(row):
        raise WrongPassphrase
    if taken.kind == CODES:
        account_notices.tell(
            session, reader.service, (reader.member,), "recovery_code_used", now=now
        )
    return box if taken.secret == box.secret else member_box.keep(session, box, taken.secret)


def keep_secret(session: Session, proof: Proof, secret: MemberSecret) -> Proof:
    """Box `secret` under the same words at the next revision, in the caller's transaction.

    Raises `WrongPassphrase` when the box was changed since the proof.
    """
    row = session.get_one(MemberRow, proof.member)
    if row.revision != proof.revision:
        raise WrongPassphrase
    box = Opened(proof.member, proof.revision, proof.key, proof.secret)
    kept = member_box.keep(session, box, secret)
    return Proof(kept.member, kept.revision, kept.key, kept.secret)
