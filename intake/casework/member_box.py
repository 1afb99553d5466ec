"""A member's box: opened by her words, boxed again when what it holds has changed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from intake.casework.member_states import ACTIVE, SIGNS_IN
from intake.casework.service import Service
from intake.store.people import MemberRow
from intake.vault import (
    Key,
    MemberSecret,
    Sealed,
    Seed,
    Stretching,
    UnsealError,
    box_member,
    fresh_totp,
    normalise_passphrase,
    open_member,
    stretch,
)

_NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Opened:
    """A box that words opened; for wrong words a made-up one, which the same is done with.

    `key` is what the words were stretched to; it opens this revision.
    """

    member: UUID
    revision: int
    key: Key = field(repr=False)
    secret: MemberSecret = field(repr=False)
    is_right: bool = True

    def is_current(self, row: MemberRow) -> bool:
        """Whether the row still has this box, and its owner still signs in."""
        return row.revision == self.revision and row.state in SIGNS_IN


def of_handle(handle: str) -> ColumnElement[bool]:
    """Whose handle this is."""
    return MemberRow.handle == handle


def of_member(member: UUID) -> ColumnElement[bool]:
    """Whose id this is."""
    return MemberRow.id == member


def opened(service: Service, whose: ColumnElement[bool], words: str) -> Opened:
    """The box of `whose` under `words`; the same work for nobody's.

    Raises `vault.BusyError`.
    """
    with service.reading() as session:
        row = session.scalar(select(MemberRow).where(whose))
        found = (row.id, row.kdf, row.box, row.revision, row.state) if row else nobody()
    id_, kdf, box, revision, state = found
    how = Stretching.from_bytes(kdf)
    key = stretch(normalise_passphrase(words), how, pepper=service.keys.pepper)
    try:
        secret = open_member(key, box, member=id_, revision=revision)
    except UnsealError:
        return Opened(id_, revision, key, _made_up(), is_right=False)
    return Opened(id_, revision, key, secret, is_right=state in SIGNS_IN)


def nobody() -> tuple[UUID, bytes, Sealed, int, str]:
    """What stands in for an unknown member, so that both take the same work."""
    kdf = Stretching.for_passphrase().to_bytes()
    return _NOBODY, kdf, Sealed(b"\x02" + secrets.token_bytes(321)), 1, ACTIVE


def keep(session: Session, box: Opened, secret: MemberSecret) -> Opened:
    """Box `secret` at the next revision, in the caller's transaction."""
    row = session.get_one(MemberRow, box.member)
    row.revision += 1
    row.box = box_member(box.key, secret, member=row.id, revision=row.revision)
    return replace(box, revision=row.revision, secret=secret)


def _made_up() -> MemberSecret:
    return MemberSecret(Seed.random(), totp=fresh_totp(), counter=1)
