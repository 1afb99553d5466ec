"""Who stands in for whom on which days, as the worker reads it: so under the server key.

Colleagues keep these days among themselves (`team.away`); here stands what a warning needs,
and no handle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.codec import decode, encode
from intake.casework.service import Service
from intake.store.service import SettingRow
from intake.vault import UnsealError, box_setting, open_setting

NAME: Final = "stand_ins"


@dataclass(frozen=True)
class Absence:
    """The first and last day on which a member is away, and who stands in then."""

    id: UUID
    member: UUID
    since: date
    until: date
    substitute: UUID | None

    def is_on(self, day: date) -> bool:
        """Whether the member is away on this day."""
        return self.since <= day <= self.until


def acting_for(session: Session, service: Service, member: UUID, day: date) -> UUID | None:
    """Who is to be told in place of `member`: herself, or who stands in; None for nobody."""
    away = {one.member: one for one in _kept(session, service) if one.is_on(day)}
    if member not in away:
        return member
    substitute = away[member].substitute
    return None if substitute in away else substitute


def add(session: Session, service: Service, absence: Absence, *, today: date) -> None:
    """Keep these days too, and none that are over."""
    others = (one for one in _kept(session, service) if one.id != absence.id)
    _keep(session, service, [one for one in (*others, absence) if one.until >= today])


def remove(session: Session, service: Service, id_: UUID) -> None:
    """Keep these days no longer."""
    _keep(session, service, [one for one in _kept(session, service) if one.id != id_])


def _kept(session: Session, service: Service) -> tuple[Absence, ...]:
    """What is kept; nothing where the row was changed: then the holder herself is told."""
    row = session.get(SettingRow, NAME)
    if row is None:
        return ()
    try:
        box = open_setting(service.keys.server, row.box, name=NAME, revision=row.revision)
    except UnsealError:
        return ()
    return tuple(map(_absence, decode(box)["absences"]))


def _keep(session: Session, service: Service, absences: Iterable[Absence]) -> None:
    row = session.get(SettingRow, NAME)
    revision = (row.revision if row else 0) + 1
    content = encode({"absences": [_written(one) for one in absences]})
    box = box_setting(service.keys.server, content, name=NAME, revision=revision)
    session.merge(SettingRow(name=NAME, box=box, revision=revision))


def _written(absence: Absence) -> dict[str, str | None]:
    return {
        "id": absence.id.hex,
        "member": absence.member.hex,
        "since": absence.since.isoformat(),
        "until": absence.until.isoformat(),
        "substitute": absence.substitute.hex if absence.substitute else None,
    }


def _absence(told: Mapping[str, Any]) -> Absence:
    return Absence(
        UUID(told["id"]),
        UUID(told["member"]),
        date.fromisoformat(told["since"]),
        date.fromisoformat(told["until"]),
        UUID(told["substitute"]) if told["substitute"] else None,
    )
