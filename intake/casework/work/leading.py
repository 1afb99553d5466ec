"""Who leads a kind of help: members whose work it is, and people of the directory outside.

A member who is newly named is told. Whoever is named fits what the person wished, or the
person agreed (E08).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.case.kinds import TRACKS
from intake.case.kinds import help as asked
from intake.case.record import Record
from intake.case.steps import CaseStep
from intake.casework import account_notices, rekeying, standing
from intake.casework.case_file import CaseFile
from intake.casework.directory.choosing import NotAsWished, demand_fitting
from intake.casework.directory.keeping import outside
from intake.casework.errors import Lacking
from intake.casework.reader import Reader
from intake.form.answers import Answers
from intake.roles import Permission, Role
from intake.store import members
from intake.store.people import MemberRow

TRACK: Final = "track"
NAMED: Final = "track_led"
"""The notice to a member who was named."""
SPECIALISTS: Final[Mapping[str, Role]] = {
    "legal": Role.LAWYER,
    "medical_forensic": Role.DOCTOR,
    "psychological": Role.PSYCHOLOGIST,
    "protection": Role.LAWYER,
    "international": Role.LAWYER,
}
"""Whose work each kind of help is; a coordinator may lead any."""


@dataclass(frozen=True)
class Leader:
    """Somebody who could lead help in a case: a member, or somebody without an account."""

    id: UUID
    handle: str
    roles: tuple[Role, ...]
    is_outside: bool = False

    def fits(self, track: str) -> bool:
        """Whether this kind of help is her work; any kind is, while none is chosen."""
        tracks = (track,) if track else TRACKS
        return Role.COORDINATOR in self.roles or any(
            SPECIALISTS.get(one) in self.roles for one in tracks
        )


def leaders(file: CaseFile) -> tuple[Leader, ...]:
    """Everybody who could lead help in this case, by handle, members first.

    Of the coordinators these are the named alone where the case is kept for some.
    """
    named = file.kept.restricted_to
    found = (
        Leader(entry.member, entry.handle, entry.roles)
        for entry in rekeying.directory(file).values()
        if Role.COORDINATOR not in entry.roles or not named or entry.member.hex in named
    )
    inside = sorted((one for one in found if one.fits("")), key=lambda one: one.handle)
    return (*inside, *_outside(file.reader, file.session))


def names(file: CaseFile) -> Mapping[UUID, str]:
    """What everybody is called whom a step may name."""
    outside = {one.id: one.handle for one in _outside(file.reader, file.session)}
    return {**outside, **members.handles(file.session)}


def demand(file: CaseFile, answers: Answers) -> None:
    """`Lacking` where who is to lead is not active, or it is not her work, or against a wish.

    Who leads it already may go on.
    """
    member, track = answers[asked.TRACK_MEMBER], answers[asked.TRACK] or ""
    if member is None:
        return
    if not any(one.id == member and one.fits(track) for one in leaders(file)):
        raise Lacking((asked.TRACK_MEMBER.name,))
    before = file.record.tracks.get(track)
    if before is not None and before.member == member:
        return
    try:
        demand_fitting(file, member, agreed=bool(answers[asked.TRACK_AGREED]))
    except NotAsWished:
        raise Lacking((asked.TRACK_AGREED.name,)) from None


def with_name(file: CaseFile, answers: Answers) -> Answers:
    """The same with the name of somebody outside, whom the directory may forget one day."""
    member, words = answers[asked.TRACK_MEMBER], answers[asked.TRACK_LEAD]
    if member is None or words:
        return answers
    found = (one for one in _outside(file.reader, file.session) if one.id == member)
    leader = next(found, None)
    return answers.having(asked.TRACK_LEAD, leader.handle) if leader else answers


def tell(file: CaseFile, before: Record, step: CaseStep) -> None:
    """Leave the member who leads it from now on a notice: by whom, and in which case."""
    member, track = step.answers[asked.TRACK_MEMBER], step.answers[asked.TRACK] or ""
    old = before.tracks.get(track)
    if member is None or member == file.reader.member or (old and old.member == member):
        return
    if member not in members.handles(file.session):  # somebody outside has no account
        return
    about = {"handle": file.reader.handle, "ref": file.row.ref}
    service = file.reader.service
    account_notices.tell(file.session, service, [member], NAMED, about=about, now=file.now)


def everybody(reader: Reader) -> tuple[Leader, ...]:
    """Everybody who could lead help in some case, by handle, members first."""
    reader.demand(Permission.READ_QUEUE)
    with reader.service.reading() as session:
        found = [_leader(row) for row in standing.all_in(session)]
        others = _outside(reader, session)
    inside = sorted((one for one in found if one.fits("")), key=lambda one: one.handle)
    return (*inside, *others)


def _outside(reader: Reader, session: Session) -> tuple[Leader, ...]:
    """Those of the directory who have no account, by name."""
    found = outside(reader, session)
    return tuple(Leader(one.id, one.name, one.roles, is_outside=True) for one in found)


def _leader(row: MemberRow) -> Leader:
    return Leader(row.id, row.handle, tuple(map(Role, row.roles.split())))
