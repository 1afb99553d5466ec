"""The rows in which the administrator keeps what people are told, one for each part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.codec import decode, encode, instant, moment
from intake.casework.errors import Conflict
from intake.casework.service import Service
from intake.store.service import SettingRow
from intake.vault import UnsealError, box_setting, open_setting

PREFIX: Final = "told."


@dataclass(frozen=True)
class Kept:
    """One part as it was kept; without `content` the file holds again."""

    revision: int
    at: datetime
    by: UUID
    content: Mapping[str, Any] | None = field(repr=False)


def revisions(session: Session) -> dict[str, int]:
    """The newest revision of every part that was ever kept, by its name."""
    rows = session.execute(
        select(SettingRow.name, SettingRow.revision).where(
            SettingRow.name.startswith(PREFIX, autoescape=True)
        )
    )
    return {name.removeprefix(PREFIX): revision for name, revision in rows}


def kept(session: Session, service: Service) -> dict[str, Kept | None]:
    """Every part that was ever kept, by its name; None for one that does not open."""
    rows = session.scalars(
        select(SettingRow).where(SettingRow.name.startswith(PREFIX, autoescape=True))
    )
    return {row.name.removeprefix(PREFIX): _opened(service, row) for row in rows}


def kept_part(session: Session, service: Service, part: str) -> Kept | None:
    """One part; None where nobody kept it, or where it does not open."""
    row = session.get(SettingRow, f"{PREFIX}{part}")
    return None if row is None else _opened(service, row)


def revision_of(session: Session, part: str) -> int:
    """The newest revision of a part; 0 while nobody has kept it."""
    row = session.get(SettingRow, f"{PREFIX}{part}")
    return row.revision if row else 0


def write(session: Session, service: Service, part: str, new: Kept) -> None:
    """Keep a part; `Conflict` unless the revision before this one stands."""
    if new.revision != revision_of(session, part) + 1:
        raise Conflict
    name = f"{PREFIX}{part}"
    told = encode({"at": instant(new.at), "by": new.by.hex, "content": new.content})
    box = box_setting(service.keys.server, told, name=name, revision=new.revision)
    session.merge(SettingRow(name=name, box=box, revision=new.revision))


def _opened(service: Service, row: SettingRow) -> Kept | None:
    try:
        told = decode(
            open_setting(service.keys.server, row.box, name=row.name, revision=row.revision)
        )
        return Kept(row.revision, moment(told["at"]), UUID(told["by"]), told["content"])
    except (UnsealError, ValueError, KeyError, TypeError):
        return None
