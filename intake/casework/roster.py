"""Rosters: whose key belongs to a ring, boxed under the ring, so that only its members enter.

The roster of the ring `case` is the directory: everybody who was entered stands on it, those
too who hold no ring. Only keys that stand on a roster are ever sealed to.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.casework import founding, log, standing
from intake.casework.codec import decode, encode
from intake.casework.errors import CaseworkError
from intake.casework.member_states import ACTIVE
from intake.casework.reader import Reader
from intake.casework.roster_entry import Entry, entry_of, read_entry, rings_held
from intake.casework.roster_lines import is_as_logged, name_of, pinned, set_back
from intake.casework.service import Service
from intake.roles import Role
from intake.store.people import MemberRow, RingRow
from intake.vault import (
    MemberSecret,
    Ring,
    RingKey,
    Seed,
    UnsealError,
    box_roster,
    open_roster,
)

__all__ = [
    "DIRECTORY",
    "Entry",
    "Newcomer",
    "RosterDiffers",
    "admit",
    "enter_on",
    "entry_of",
    "is_as_logged",
    "is_in",
    "name_of",
    "read",
    "readers",
    "rings_held",
    "set_back",
    "strangers",
    "take_off",
    "tidied",
    "write",
]

DIRECTORY: Final = Ring.CASE


class RosterDiffers(CaseworkError):  # noqa: N818 - reads as what is the matter
    """A member's roles or keys are not those that were entered on the roster of a ring."""


@dataclass(frozen=True)
class Newcomer:
    """Who is let in with a passphrase that is known already: by the sheets, and in tests."""

    handle: str
    roles: Collection[Role]
    passphrase: str = field(repr=False)
    state: str = ACTIVE


def read(session: Session, service: Service, key: RingKey) -> Mapping[UUID, Entry]:
    """Everybody on the ring's roster; `RosterDiffers` for a changed or an older one."""
    row = session.get_one(RingRow, (key.ring, key.generation))
    if not is_as_logged(session, service, row):
        raise RosterDiffers
    try:
        content = decode(open_roster(row.roster_box, key, revision=row.roster_revision))
    except UnsealError:
        raise RosterDiffers from None
    return {UUID(name): read_entry(name, said) for name, said in content["members"].items()}


def write(
    session: Session,
    service: Service,
    key: RingKey,
    entries: Iterable[Entry],
    *,
    by: UUID | None,
    now: datetime,
) -> None:
    """Make `entries` the ring's roster at its next revision; the log then knows its digest.

    A new generation is written here too, once its row stands: revisions go on.
    """
    entries = tuple(entries)
    row = session.get_one(RingRow, (key.ring, key.generation))
    newest = select(func.max(RingRow.roster_revision)).where(RingRow.name == key.ring)
    row.roster_revision = (session.scalar(newest) or 0) + 1
    members = {entry.member.hex: entry.written() for entry in entries}
    row.roster_box = box_roster(key, encode({"members": members}), revision=row.roster_revision)
    log.append(
        session,
        service,
        "roster_kept",
        by=by,
        now=now,
        pinned=pinned(row),
        detail={"ring": key.ring.value, "revision": row.roster_revision},
    )
    _hold_fast(session, service, entries, by=by, now=now)


def _hold_fast(
    session: Session,
    service: Service,
    entries: Iterable[Entry],
    *,
    by: UUID | None,
    now: datetime,
) -> None:
    """Lines about those who were entered before there were such lines: the founder."""
    for entry in entries:
        if standing.has_line(session, service, entry.member):
            continue
        member = session.get(MemberRow, entry.member)
        if member is not None and entry.is_of(member):
            standing.append(session, service, "entered", member, by=by, now=now)


def strangers(session: Session, service: Service, key: RingKey) -> tuple[str, ...]:
    """Handles of who holds the ring, or is in at all, otherwise than she was entered."""
    entries = read(session, service, key)
    is_directory = key.ring is DIRECTORY
    members = standing.all_in(session) if is_directory else standing.holding(session, key)
    return tuple(
        member.handle
        for member in members
        if member.id not in entries or not entries[member.id].is_of(member)
    )


def readers(session: Session, service: Service, key: RingKey) -> tuple[Entry, ...]:
    """Whom a new secret of this ring is sealed to: entered, unchanged since, and still in."""
    return tuple(
        entry
        for entry in read(session, service, key).values()
        if entry.holds(key.ring) and is_in(session, service, entry)
    )


def is_in(session: Session, service: Service, entry: Entry) -> bool:
    """Whether the member of this entry still stands as she was entered."""
    member = session.get(MemberRow, entry.member)
    if member is None or member.state not in standing.IN or not entry.is_of(member):
        return False
    return standing.is_believed(session, service, member)


def admit(
    session: Session,
    service: Service,
    newcomer: Newcomer,
    keys: Sequence[RingKey],
    *,
    by: UUID | None = None,
    now: datetime,
) -> MemberRow:
    """Make the member in the caller's transaction; of `keys` she holds those of her roles.

    Raises `RosterDiffers` before anything is sealed, where somebody changed who is in.
    """
    if any(strangers(session, service, key) for key in keys):
        raise RosterDiffers
    hers = [key for key in keys if key.ring in rings_held(newcomer.roles)]
    member = _member(service, newcomer, hers)
    session.add(member)
    session.flush()
    standing.append(session, service, "entered", member, by=by or member.id, now=now)
    enter_on(session, service, keys, member, by=by or member.id, now=now)
    return member


def enter_on(
    session: Session,
    service: Service,
    keys: Iterable[RingKey],
    member: MemberRow,
    *,
    by: UUID | None,
    now: datetime,
) -> None:
    """Put the member on the directory and on the rosters of her rings; wrap these for her."""
    entry = entry_of(member)
    for key in keys:
        if entry.holds(key.ring):
            session.merge(founding.wrap(key, member))
        if entry.holds(key.ring) or key.ring is DIRECTORY:
            entries = tidied(session, service, read(session, service, key))
            write(session, service, key, [*entries.values(), entry], by=by, now=now)


def take_off(
    session: Session, reader: Reader, member: UUID, rings: Iterable[Ring], *, now: datetime
) -> None:
    """Take the member off the rosters of `rings`, as far as `reader` holds them.

    Off the others she comes at their next writing; nothing is sealed to her meanwhile.
    """
    for ring in sorted(rings):
        if reader.holds(session, ring):
            key = reader.ring(session, ring)
            entries = tidied(session, reader.service, read(session, reader.service, key))
            entries.pop(member, None)
            left = entries.values()
            write(session, reader.service, key, left, by=reader.member, now=now)


def tidied(
    session: Session, service: Service, entries: Mapping[UUID, Entry]
) -> dict[UUID, Entry]:
    """Without those who were taken out while nobody of the ring was there."""
    return {
        member: entry for member, entry in entries.items() if is_in(session, service, entry)
    }


def _member(service: Service, newcomer: Newcomer, keys: Sequence[RingKey]) -> MemberRow:
    secret = MemberSecret(Seed.random(), {key.ring: key.trusted for key in keys})
    id_ = uuid4()
    kdf, box = founding.stretched_box(
        service, secret, newcomer.passphrase, member=id_, revision=1
    )
    return MemberRow(
        id=id_,
        handle=newcomer.handle,
        roles=" ".join(newcomer.roles),
        state=newcomer.state,
        public_key=secret.seed.public.raw,
        kdf=kdf,
        box=box,
    )
