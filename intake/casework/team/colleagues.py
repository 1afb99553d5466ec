"""Coordinators by name: who could hold a case, and who may open it at all."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from intake.casework import rekeying, standing
from intake.casework.case_file import CaseFile
from intake.casework.reader import Reader
from intake.roles import Permission, Role
from intake.store.people import MemberRow


@dataclass(frozen=True)
class Colleague:
    """A coordinator who may open a case."""

    id: UUID
    handle: str


def who_may_open(file: CaseFile) -> tuple[Colleague, ...]:
    """Everybody who could hold this case, by handle; of a kept case the named alone."""
    named = file.kept.restricted_to
    entered = rekeying.directory(file).values()
    found = (
        Colleague(entry.member, entry.handle)
        for entry in entered
        if Role.COORDINATOR in entry.roles and (not named or entry.member.hex in named)
    )
    return tuple(sorted(found, key=lambda one: one.handle))


def coordinators(reader: Reader) -> tuple[Colleague, ...]:
    """Everybody who is in and could hold cases, whichever; by handle."""
    reader.demand(Permission.HAND_OVER)
    with reader.service.reading() as session:
        rows = session.scalars(select(MemberRow).where(MemberRow.state.in_(standing.IN)))
        found = [Colleague(row.id, row.handle) for row in rows if _is_coordinator(row)]
    return tuple(sorted(found, key=lambda one: one.handle))


def _is_coordinator(row: MemberRow) -> bool:
    return Role.COORDINATOR in row.roles.split()


def may_open(file: CaseFile, member: UUID) -> bool:
    """Whether she is one of them."""
    return any(one.id == member for one in who_may_open(file))
