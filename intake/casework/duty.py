"""The duty rota: who is told, where and when; read by the worker, so under the server key."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import log
from intake.casework.codec import decode, encode
from intake.casework.errors import Conflict, NotAllowed
from intake.casework.reader import Reader
from intake.casework.service import Service
from intake.roles import Permission, Role, may
from intake.store.people import MemberRow
from intake.store.service import SettingRow
from intake.vault import box_setting, open_setting

NAME: Final = "rota"
DAY_HOURS: Final = 24
_ADDRESS: Final = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)*", re.IGNORECASE
)
_LONGEST_ADDRESS: Final = 254  # RFC 5321 §4.5.3.1.3 with its brackets


@dataclass(frozen=True)
class Window:
    """Hours on some weekdays (Monday is 0), local; past midnight when `until` is not later."""

    days: frozenset[int]
    since: int
    until: int

    def __post_init__(self) -> None:
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError("Days run from 0 to 6, and there is at least one.")
        if not (0 <= self.since < DAY_HOURS and 0 < self.until <= DAY_HOURS):
            raise ValueError("Hours run from 0 to 24.")

    def holds(self, local: datetime) -> bool:
        """Whether `local` lies in this window, or in what began the evening before."""
        today, yesterday = local.weekday(), (local.weekday() - 1) % 7
        if self.since < self.until:
            return today in self.days and self.since <= local.hour < self.until
        began_today = today in self.days and local.hour >= self.since
        return began_today or (yesterday in self.days and local.hour < self.until)


ALWAYS: Final = Window(frozenset(range(7)), 0, DAY_HOURS)


@dataclass(frozen=True)
class Entry:
    """A member on the rota, her address, and when she may be told."""

    member: UUID
    mail: str = field(repr=False)
    windows: tuple[Window, ...] = (ALWAYS,)

    def __post_init__(self) -> None:
        if not self.windows or not is_address(self.mail):
            raise ValueError("An entry has an address and at least one window.")


@dataclass(frozen=True)
class Rota:
    """All entries; `revision` is 0 while nobody has kept a rota yet."""

    entries: tuple[Entry, ...] = ()
    revision: int = 0


def is_address(text: str) -> bool:
    """Whether mail can go to `text`: one address in ASCII, without a name or a comment."""
    return text.isascii() and len(text) <= _LONGEST_ADDRESS and bool(_ADDRESS.fullmatch(text))


def on_duty(
    entries: Sequence[Entry], now: datetime, *, zone: ZoneInfo, day_and_night: bool = False
) -> tuple[Entry, ...]:
    """Who is on duty at `now`; with `day_and_night` everybody, when nobody is.

    Immediate cases are first acted on day and night (domain.md 6.2).
    """
    local = now.astimezone(zone)
    here = tuple(
        entry for entry in entries if any(window.holds(local) for window in entry.windows)
    )
    return tuple(entries) if day_and_night and not here else here


def rota(reader: Reader) -> Rota:
    """The rota as it stands; `NotAllowed` without the permission to keep it."""
    if not reader.may(Permission.KEEP_ROTA):
        raise NotAllowed
    with reader.service.reading() as session:
        return kept(session, reader.service)


def colleagues(reader: Reader) -> tuple[tuple[UUID, str], ...]:
    """Everybody who can be put on the rota, as id and handle, by handle."""
    reader.demand(Permission.KEEP_ROTA)
    with reader.service.reading() as session:
        rows = session.execute(
            select(MemberRow.id, MemberRow.handle, MemberRow.roles).order_by(MemberRow.handle)
        )
        return tuple((id_, handle) for id_, handle, roles in rows if _can_answer(roles))


def _can_answer(roles: str) -> bool:
    return may(map(Role, roles.split()), Permission.OPEN_CASE)


def kept(session: Session, service: Service) -> Rota:
    """The rota as the worker reads it; `vault.UnsealError` when the row was changed."""
    row = session.get(SettingRow, NAME)
    if row is None:
        return Rota()
    content = decode(
        open_setting(service.keys.server, row.box, name=NAME, revision=row.revision)
    )
    return Rota(tuple(map(_entry, content["entries"])), row.revision)


def keep(reader: Reader, entries: Sequence[Entry], *, revision: int, now: datetime) -> None:
    """Make `entries` the rota; `revision` is that of the rota the page showed.

    Raises `NotAllowed`, `Conflict` when somebody kept another meanwhile, and `ValueError`
    for a member twice or nobody's id.
    """
    if not reader.may(Permission.KEEP_ROTA):
        raise NotAllowed
    service = reader.service
    with service.writing() as session:
        _refuse_strangers(session, entries)
        row = session.get(SettingRow, NAME)
        if revision != (row.revision if row else 0):
            raise Conflict
        box = box_setting(
            service.keys.server, _content(entries), name=NAME, revision=revision + 1
        )
        session.merge(SettingRow(name=NAME, box=box, revision=revision + 1))
        log.append(session, service, "rota_kept", by=reader.member, now=now)


def take_off(session: Session, service: Service, member: UUID) -> None:
    """Take a member off the rota, in the transaction in which she goes."""
    rota = kept(session, service)
    entries = [entry for entry in rota.entries if entry.member != member]
    if len(entries) == len(rota.entries):
        return
    revision = rota.revision + 1
    box = box_setting(service.keys.server, _content(entries), name=NAME, revision=revision)
    session.merge(SettingRow(name=NAME, box=box, revision=revision))


def _refuse_strangers(session: Session, entries: Sequence[Entry]) -> None:
    members = {entry.member for entry in entries}
    known = session.scalars(select(MemberRow.id).where(MemberRow.id.in_(members)))
    if len(members) != len(entries) or members != set(known):
        raise ValueError("Each entry names one member, and no member is named twice.")


def _content(entries: Sequence[Entry]) -> bytes:
    return encode({"entries": [_written(entry) for entry in entries]})


def _written(entry: Entry) -> dict[str, Any]:
    windows = [
        {"days": sorted(window.days), "since": window.since, "until": window.until}
        for window in entry.windows
    ]
    return {"member": entry.member.hex, "mail": entry.mail, "windows": windows}


def _entry(content: Mapping[str, Any]) -> Entry:
    windows = tuple(
        Window(frozenset(window["days"]), window["since"], window["until"])
        for window in content["windows"]
    )
    return Entry(UUID(content["member"]), content["mail"], windows)
