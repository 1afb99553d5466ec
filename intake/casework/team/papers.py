"""What the team shares beside the cases, and what a member keeps for herself: sealed papers.

Each has a kind, a random id and revisions; whoever saves names the revision that she saw.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.codec import decode, encode
from intake.casework.errors import Conflict
from intake.casework.reader import Reader
from intake.casework.receipts import read_once
from intake.casework.roster_entry import Entry
from intake.store import team
from intake.store.team import TeamDocumentRow
from intake.vault import (
    NotForYou,
    Ring,
    Sealed,
    UnsealError,
    box_team,
    open_own,
    open_team,
    seal_own,
)

NEW = 0
"""The revision that was seen of what was not there."""


def id_of(once: str, kind: str) -> UUID:
    """The id that a new paper of the same form always gets; `ValueError` for no `once`."""
    digest = hashlib.sha256(read_once(once).raw + kind.encode()).digest()
    return UUID(bytes=digest[:16], version=4)


@dataclass(frozen=True)
class Paper:
    """One revision of a paper."""

    id: UUID
    revision: int
    content: Mapping[str, Any] = field(repr=False)


def shared(reader: Reader, session: Session, kind: str) -> Iterator[Paper]:
    """Everything of a kind that the team shares, without what was changed in the database."""
    for row in team.shared(session, kind):
        yield from _opened(reader, session, row)


def own(reader: Reader, session: Session, kind: str) -> Iterator[Paper]:
    """Everything of a kind that the reader keeps for herself."""
    for row in team.own(session, kind, reader.member):
        yield from _opened(reader, session, row)


def own_paper(reader: Reader, session: Session, kind: str, id_: UUID) -> Paper | None:
    """One paper of a kind that the reader keeps for herself; None for every other id."""
    row = session.get(TeamDocumentRow, id_)
    if row is None or row.kind != kind or row.member_id != reader.member:
        return None
    return next(_opened(reader, session, row), None)


def keep_shared(
    reader: Reader,
    session: Session,
    kind: str,
    id_: UUID,
    content: Mapping[str, object],
    *,
    seen: int,
) -> bool:
    """Keep what the team shares; False where it is `NEW` and stands already.

    Raises `Conflict` unless the revision that was `seen` still stands.
    """
    key, revision = reader.ring(session, Ring.CASE), seen + 1
    box = box_team(key, encode(content), id=id_, kind=kind, revision=revision)
    row = TeamDocumentRow(id_, kind, box, generation=key.generation, revision=revision)
    return _keep(session, row, seen)


def keep_own(
    reader: Reader,
    session: Session,
    kind: str,
    id_: UUID,
    content: Mapping[str, object],
    *,
    seen: int,
) -> bool:
    """Keep something for the reader alone; as `keep_shared` does."""
    public, revision = reader.secret.seed.public, seen + 1
    box = seal_own(
        public, encode(content), id=id_, kind=kind, revision=revision, member=reader.member
    )
    row = TeamDocumentRow(id_, kind, box, member_id=reader.member, revision=revision)
    return _keep(session, row, seen)


def keep_for(
    entry: Entry, session: Session, kind: str, id_: UUID, content: Mapping[str, object]
) -> None:
    """Keep something new for another member alone, under the key that she was entered with."""
    box = seal_own(
        entry.key, encode(content), id=id_, kind=kind, revision=NEW + 1, member=entry.member
    )
    row = TeamDocumentRow(id_, kind, box, member_id=entry.member, revision=NEW + 1)
    _keep(session, row, NEW)


def take_out(session: Session, kind: str, id_: UUID, *, seen: int | None = None) -> bool:
    """Take a paper away; False where it is gone, `Conflict` when it was changed since."""
    row = session.get(TeamDocumentRow, id_)
    if row is None or row.kind != kind:
        return False
    if seen is not None and row.revision != seen:
        raise Conflict
    team.remove(session, {id_})
    return True


def _keep(session: Session, row: TeamDocumentRow, seen: int) -> bool:
    if seen == NEW:
        if session.get(TeamDocumentRow, row.id) is not None:
            return False
        session.add(row)
        session.flush()
        return True
    if not team.is_replaced(session, row, seen=seen):
        raise Conflict
    return True


def _opened(reader: Reader, session: Session, row: TeamDocumentRow) -> Iterator[Paper]:
    try:
        content = decode(_unsealed(reader, session, row))
    except (NotForYou, UnsealError):
        return
    yield Paper(row.id, row.revision, content)


def _unsealed(reader: Reader, session: Session, row: TeamDocumentRow) -> bytes:
    box, id_, kind, revision = Sealed(row.box), row.id, row.kind, row.revision
    if row.member_id is not None:
        identity = reader.secret.seed.identity
        return open_own(
            identity, box, id=id_, kind=kind, revision=revision, member=row.member_id
        )
    key = reader.ring_at(session, Ring.CASE, row.generation)
    return open_team(box, key, id=id_, kind=kind, revision=revision)
