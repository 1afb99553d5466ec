"""A specialist's own entry: she reads all of it, and writes what she knows best herself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework import log
from intake.casework.codec import decode
from intake.casework.directory import listings
from intake.casework.directory.entries import (
    KIND,
    About,
    Specialist,
    beside,
    entry_of,
    listed,
    read_of_herself,
    written_at,
)
from intake.casework.errors import Conflict, UnknownCase
from intake.casework.reader import Reader
from intake.roles import Permission
from intake.store.team import TeamDocumentRow
from intake.vault import Key, UnsealError, open_own


@dataclass(frozen=True)
class _Copy:
    """Her copy of the entry, as of the revision that coordinators kept last."""

    revision: int
    content: dict[str, Any] = field(repr=False)

    @property
    def key(self) -> Key:
        return Key(bytes.fromhex(self.content["key"]))


def mine(reader: Reader) -> Specialist | None:
    """The reader's own entry; None while no coordinator has made one that her keys open."""
    reader.demand(Permission.READ_GRANTED)
    with reader.service.reading() as session:
        return _mine(reader, session)


def keep_mine(
    reader: Reader,
    languages: tuple[str, ...],
    regions: tuple[str, ...],
    away_until: date | None,
    *,
    seen: int,
    now: datetime,
) -> None:
    """Keep what she says of herself; the rest is for coordinators.

    Raises `Conflict` when the entry was changed meanwhile, `UnknownCase` where there is none.
    """
    reader.demand(Permission.READ_GRANTED)
    with reader.service.writing() as session:
        before, copy = _mine(reader, session), _copy(reader, session)
        if before is None or copy is None:
            raise UnknownCase
        about = before.about
        if (languages, regions, away_until) == (
            about.languages,
            about.regions,
            about.away_until,
        ):
            return
        if before.revision != seen:
            raise Conflict
        told = languages, regions, away_until
        member, key = reader.member, copy.key
        listings.put(session, before.id, member, key, told)
        log.append(session, reader.service, "directory_own_kept", by=member, now=now)


def _mine(reader: Reader, session: Session) -> Specialist | None:
    copy, member = _copy(reader, session), reader.member
    if copy is None:
        return None
    entry, about = entry_of(member), About.from_json(copy.content)
    said = listings.said(session, entry, member, copy.key)
    if said is not None:
        about = replace(about, **read_of_herself(said))
    revision = copy.revision + listings.revision_of(session, entry)
    by, at, roles = copy.content["by"], written_at(copy.content), listed(reader.roles)
    return Specialist(entry, revision, member, reader.handle, roles, about, by, at)


def _copy(reader: Reader, session: Session) -> _Copy | None:
    """None where there is none, where it is for other keys, or older than the entry."""
    entry = entry_of(reader.member)
    id_ = beside(entry, listings.COPY)
    row, stands = session.get(TeamDocumentRow, id_), session.get(TeamDocumentRow, entry)
    if row is None or stands is None or (stands.kind, stands.revision) != (KIND, row.revision):
        return None
    return _opened(reader, row, id_)


def _opened(reader: Reader, row: TeamDocumentRow, id_: UUID) -> _Copy | None:
    identity, revision = reader.secret.seed.identity, row.revision
    kind, member = listings.COPY, reader.member
    try:
        opened = open_own(
            identity, row.box, id=id_, kind=kind, revision=revision, member=member
        )
    except UnsealError:
        return None
    return _Copy(revision, decode(opened))
