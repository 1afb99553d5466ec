"""The rows of second factors: what each kind holds, boxed for its member alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.codec import decode, encode, moment
from intake.store.people import CredentialRow
from intake.vault import Seed, UnsealError, box_credential, open_credential

APP: Final = "totp"
PASSKEY: Final = "passkey"
CODES: Final = "recovery"
FACTORS: Final = (APP, PASSKEY)
"""What counts as a second factor; recovery codes stand in for one that was lost."""


@dataclass(frozen=True)
class Credential:
    """One row, opened; `content` has `since` and what its kind needs."""

    id: UUID
    kind: str
    content: Mapping[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        return str(self.content.get("name", ""))

    @property
    def since(self) -> datetime:
        return moment(self.content["since"])


def has_factor(session: Session, member: UUID, seed: Seed) -> bool:
    """Whether a row that is hers says so; the member box has the last word at sign-in."""
    return any(row.kind in FACTORS for row in of(session, member, seed))


def of(session: Session, member: UUID, seed: Seed) -> tuple[Credential, ...]:
    """Every second factor of `member` that her seed opens."""
    rows = session.scalars(
        select(CredentialRow).where(
            CredentialRow.member_id == member, CredentialRow.kind.in_((*FACTORS, CODES))
        )
    )
    return tuple(found for row in rows if (found := _opened(row, seed)) is not None)


def _opened(row: CredentialRow, seed: Seed) -> Credential | None:
    try:
        raw = open_credential(seed, row.box, id=row.id, member=row.member_id, kind=row.kind)
    except UnsealError:
        return None
    return Credential(row.id, row.kind, decode(raw))


def add(
    session: Session, member: UUID, seed: Seed, kind: str, content: Mapping[str, Any]
) -> None:
    """One row more."""
    id_ = uuid4()
    box = box_credential(seed, encode(content), id=id_, member=member, kind=kind)
    session.add(CredentialRow(id=id_, member_id=member, kind=kind, box=box))
    session.flush()


def change(
    session: Session, seed: Seed, credential: Credential, content: Mapping[str, Any]
) -> None:
    """Other content for a row that stays."""
    row = session.get_one(CredentialRow, credential.id)
    row.box = box_credential(
        seed, encode(content), id=row.id, member=row.member_id, kind=row.kind
    )


def remove(session: Session, member: UUID, kind: str) -> None:
    """Every row of `kind`."""
    rows = select(CredentialRow).where(
        CredentialRow.member_id == member, CredentialRow.kind == kind
    )
    for row in session.scalars(rows):
        session.delete(row)
    session.flush()


def remove_one(session: Session, member: UUID, id: UUID) -> bool:
    """Whether it was there and hers."""
    row = session.get(CredentialRow, id)
    if row is None or row.member_id != member:
        return False
    session.delete(row)
    session.flush()
    return True
