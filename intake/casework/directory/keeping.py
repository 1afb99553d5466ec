"""The directory in the hands of coordinators: everybody in it, kept with a version check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework import log, rekeying
from intake.casework.codec import instant
from intake.casework.directory import listings
from intake.casework.directory.entries import (
    KIND,
    About,
    Specialist,
    entry_of,
    listed,
    read_of_herself,
    written_at,
)
from intake.casework.errors import CaseworkError, Conflict, UnknownCase
from intake.casework.reader import Reader
from intake.casework.roster_entry import Entry
from intake.casework.team import papers
from intake.roles import Permission
from intake.vault import Key, Ring

MOST_OUTSIDE: Final = 500
"""So many people outside; whoever lists them opens each."""


class TooMany(CaseworkError):  # noqa: N818 - reads as what is the matter
    """The directory holds as many people outside as it can."""


@dataclass(frozen=True)
class Kept:
    """An entry as it is kept; `stands` is the revision of its paper alone.

    `signed` says who kept it when. `sealed_to` is the fingerprint of the key that the copy of
    its member went to, and `generation` that of the ring at the time: of others it is kept
    anew.
    """

    specialist: Specialist
    stands: int
    signed: Mapping[str, str]
    key: Key | None = field(default=None, repr=False)
    sealed_to: str = ""
    generation: int = 0


def directory(reader: Reader) -> tuple[Specialist, ...]:
    """Everybody in it by name: members with their roles, written about or not, and others."""
    reader.demand(Permission.KEEP_TEAM)
    with reader.service.reading() as session:
        found = everybody(reader, session, rekeying.entered(reader, session))
    return tuple(sorted(found.values(), key=lambda one: one.name.casefold()))


def everybody(
    reader: Reader, session: Session, entered: Mapping[UUID, Entry]
) -> dict[UUID, Specialist]:
    """The same by `who`, in a transaction of the caller's."""
    written = kept(reader, session, entered)
    found = {one.specialist.who: one.specialist for one in written.values()}
    for entry in entered.values():
        if entry.member not in found and listed(entry.roles):
            found[entry.member] = _blank(entry)
    return found


def outside(reader: Reader, session: Session) -> tuple[Specialist, ...]:
    """Those without an account, by name."""
    found = (one.specialist for one in kept(reader, session, {}).values())
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def specialist(reader: Reader, id_: UUID) -> Specialist:
    """One entry; `UnknownCase` where there is none."""
    for one in directory(reader):
        if one.id == id_:
            return one
    raise UnknownCase


def keep(reader: Reader, id_: UUID, about: About, *, seen: int, now: datetime) -> None:
    """Keep an entry; `seen` is its revision on the page, `papers.NEW` for a new one.

    Raises `Conflict` when it was changed meanwhile, `TooMany`, and `ValueError` for somebody
    outside without a name or a profession.
    """
    reader.demand(Permission.KEEP_TEAM)
    with reader.service.writing() as session:
        entered = rekeying.entered(reader, session)
        known = kept(reader, session, entered)
        before, entry = known.get(id_), _member(entered, id_)
        _demand_whole(about, entry)
        about = replace(about, roles=(), name="", reach="") if entry else about
        if before is not None and _of_paper(before.specialist, entry) == about:
            return
        _demand_room(known, before, entry)
        if (before.specialist.revision if before else papers.NEW) != seen:
            raise Conflict
        content = {**about.to_json(), "by": reader.handle, "at": instant(now)}
        _write(reader, session, id_, content, entry, before.stands if before else seen)
        log.append(session, reader.service, "directory_kept", by=reader.member, now=now)


def remove(reader: Reader, id_: UUID, *, seen: int, now: datetime) -> None:
    """Take out somebody without an account; `Conflict` when the entry was changed meanwhile."""
    reader.demand(Permission.KEEP_TEAM)
    with reader.service.writing() as session:
        if _member(rekeying.entered(reader, session), id_) is not None:
            raise UnknownCase
        if papers.take_out(session, KIND, id_, seen=seen):
            log.append(session, reader.service, "directory_removed", by=reader.member, now=now)


def keep_anew(reader: Reader) -> int:
    """Keep entries again whose member or whose ring has new keys since; how many it were.

    Their content stays as it is. Cheap where nothing is due.
    """
    reader.demand(Permission.KEEP_TEAM)
    with reader.service.reading() as session:
        if not _due(reader, session, rekeying.entered(reader, session)):
            return 0
    with reader.service.writing() as session:
        entered = rekeying.entered(reader, session)
        due = _due(reader, session, entered)
        for one in due:
            id_, about = one.specialist.id, one.specialist.about
            content = {**about.to_json(), **one.signed}
            _write(reader, session, id_, content, _member(entered, id_), one.stands)
        return len(due)


def _due(reader: Reader, session: Session, entered: Mapping[UUID, Entry]) -> list[Kept]:
    generation = reader.ring(session, Ring.CASE).generation
    found = kept(reader, session, entered).values()
    return [one for one in found if _is_due(one, entered, generation)]


def _is_due(one: Kept, entered: Mapping[UUID, Entry], generation: int) -> bool:
    member = one.specialist.member
    if member is None:
        return False
    is_hers = one.sealed_to == entered[member].key.fingerprint()
    return not is_hers or one.generation != generation


def _demand_whole(about: About, entry: Entry | None) -> None:
    if entry is None and not (about.name.strip() and about.roles):
        raise ValueError("Somebody outside has a name and a profession.")


def _demand_room(known: Mapping[UUID, Kept], before: Kept | None, entry: Entry | None) -> None:
    others = sum(one.specialist.is_outside for one in known.values())
    if entry is None and before is None and others >= MOST_OUTSIDE:
        raise TooMany


def _write(
    reader: Reader,
    session: Session,
    id_: UUID,
    content: dict[str, object],
    entry: Entry | None,
    stands: int,
) -> None:
    """Keep an entry after the revision that `stands`, with another listing key."""
    if entry is not None:
        content |= {
            "member": entry.member.hex,
            "key": Key.random().raw.hex(),
            "sealed_to": entry.key.fingerprint(),
            "generation": reader.ring(session, Ring.CASE).generation,
        }
    papers.keep_shared(reader, session, KIND, id_, content, seen=stands)
    if entry is not None:
        member, key, revision = entry.member, entry.key, stands + 1
        listings.put_copy(session, id_, member, key, content, revision=revision)


def kept(reader: Reader, session: Session, entered: Mapping[UUID, Entry]) -> dict[UUID, Kept]:
    """Every entry by its id: of those outside, and of members in `entered`."""
    found = {}
    for paper in papers.shared(reader, session, KIND):
        member = paper.content.get("member")
        entry = entered.get(UUID(member)) if member else None
        if member is None or (entry is not None and listed(entry.roles)):
            found[paper.id] = _kept(session, paper, entry)
    return found


def _kept(session: Session, paper: papers.Paper, entry: Entry | None) -> Kept:
    told, about = paper.content, About.from_json(paper.content)
    by, at = told["by"], written_at(told)
    signed = {"by": told["by"], "at": told["at"]}
    if entry is None:
        stands, name, roles = paper.revision, about.name, about.roles
        found = Specialist(paper.id, stands, None, name, roles, about, by, at)
        return Kept(found, stands, signed)
    key = Key(bytes.fromhex(told["key"]))
    said = listings.said(session, paper.id, entry.member, key)
    if said is not None:
        about = replace(about, **read_of_herself(said))
    revision = paper.revision + listings.revision_of(session, paper.id)
    member, name, roles = entry.member, entry.handle, listed(entry.roles)
    found = Specialist(paper.id, revision, member, name, roles, about, by, at)
    return Kept(found, paper.revision, signed, key, told["sealed_to"], told["generation"])


def _blank(entry: Entry) -> Specialist:
    id_, roles = entry_of(entry.member), listed(entry.roles)
    return Specialist(id_, papers.NEW, entry.member, entry.handle, roles, About())


def _member(entered: Mapping[UUID, Entry], id_: UUID) -> Entry | None:
    """The member that this entry is about; None for somebody outside."""
    found = (one for one in entered.values() if entry_of(one.member) == id_)
    return next((one for one in found if listed(one.roles)), None)


def _of_paper(specialist: Specialist, entry: Entry | None) -> About:
    """What a form of the page would bring if nobody changed anything."""
    about = specialist.about
    return replace(about, roles=(), name="", reach="") if entry else about
