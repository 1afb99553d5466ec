"""What a specialist says of herself, and her copy of the entry: she holds no ring.

The copy is sealed to her and carries the listing key; what she writes is boxed under that key,
which stands in the entry too. Each keeping of the entry makes another key, so that whoever
left the coordinators opens nothing that she writes afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.codec import decode, encode
from intake.casework.directory.entries import beside, of_herself
from intake.store import team
from intake.store.team import TeamDocumentRow
from intake.vault import (
    Key,
    PublicKey,
    UnsealError,
    box_listing,
    open_listing,
    seal_own,
)

COPY: Final = "directory_copy"
LISTING: Final = "directory_listing"


def put_copy(
    session: Session,
    entry: UUID,
    member: UUID,
    public: PublicKey,
    content: Mapping[str, object],
    *,
    revision: int,
) -> None:
    """Seal the entry as of this revision to its member, in the place of an earlier copy."""
    id_ = beside(entry, COPY)
    box = seal_own(public, encode(content), id=id_, kind=COPY, revision=revision, member=member)
    team.put(session, TeamDocumentRow(id_, COPY, box, member_id=member, revision=revision))


def put(
    session: Session,
    entry: UUID,
    member: UUID,
    key: Key,
    told: tuple[tuple[str, ...], tuple[str, ...], date | None],
) -> None:
    """Keep what she says of herself: languages, regions, and until when she is away."""
    id_ = beside(entry, LISTING)
    revision = revision_of(session, entry) + 1
    content = encode(of_herself(*told))
    box = box_listing(key, content, id=id_, member=member, revision=revision)
    team.put(session, TeamDocumentRow(id_, LISTING, box, member_id=member, revision=revision))


def revision_of(session: Session, entry: UUID) -> int:
    """How often she wrote of herself; 0 where she never did."""
    row = session.get(TeamDocumentRow, beside(entry, LISTING))
    return row.revision if row else 0


def said(session: Session, entry: UUID, member: UUID, key: Key) -> Mapping[str, Any] | None:
    """What she says of herself; None where it is older than the entry, or was changed."""
    row = session.get(TeamDocumentRow, beside(entry, LISTING))
    if row is None:
        return None
    try:
        opened = open_listing(key, row.box, id=row.id, member=member, revision=row.revision)
    except UnsealError:
        return None
    return decode(opened)
