"""Who leads a kind of help: members whose work it is; whoever is newly named is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from intake.case.kinds import TRACKS
from intake.case.kinds import help as asked
from intake.case.record import Record
from intake.case.steps import CaseStep
from intake.casework import account_notices, rekeying, standing
from intake.casework.case_file import CaseFile
from intake.casework.errors import Lacking
from intake.casework.reader import Reader
from intake.form.answers import Answers
from intake.roles import Permission, Role
from intake.store.people import MemberRow

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
    """A member who could lead help in a case."""

    id: UUID
    handle: str
    roles: tuple[Role, ...]

    def fits(self, track: str) -> bool:
        """Whether this kind of help is her work; any kind is, while none is chosen."""
        tracks = (track,) if track else TRACKS
        return Role.COORDINATOR in self.roles or any(
            SPECIALISTS.get(one) in self.roles for one in tracks
        )


def leaders(file: CaseFile) -> tuple[Leader, ...]:
    """Everybody who is in and could lead help in this case, by handle.

    Of the coordinators these are the named alone where the case is kept for some.
    """
    named = file.kept.restricted_to
    found = (
        Leader(entry.member, entry.handle, entry.roles)
        for entry in rekeying.directory(file).values()
        if Role.COORDINATOR not in entry.roles or not named or entry.member.hex in named
    )
    return tuple(sorted((one for one in found if one.fits("")), key=lambda one: one.handle))


def demand(file: CaseFile, answers: Answers) -> None:
    """`Lacking` where the member who is to lead is not active, or it is not her work."""
    member, track = answers[asked.TRACK_MEMBER], answers[asked.TRACK] or ""
    if member is None:
        return
    if not any(one.id == member and one.fits(track) for one in leaders(file)):
        raise Lacking((asked.TRACK_MEMBER.name,))


def tell(file: CaseFile, before: Record, step: CaseStep) -> None:
    """Leave the member who leads it from now on a notice: by whom, and in which case."""
    member, track = step.answers[asked.TRACK_MEMBER], step.answers[asked.TRACK] or ""
    old = before.tracks.get(track)
    if member is None or member == file.reader.member or (old and old.member == member):
        return
    about = {"handle": file.reader.handle, "ref": file.row.ref}
    service = file.reader.service
    account_notices.tell(file.session, service, [member], NAMED, about=about, now=file.now)


def everybody(reader: Reader) -> tuple[Leader, ...]:
    """Everybody who is in and could lead help in some case, by handle."""
    reader.demand(Permission.READ_QUEUE)
    with reader.service.reading() as session:
        found = [_leader(row) for row in standing.all_in(session)]
    return tuple(sorted((one for one in found if one.fits("")), key=lambda one: one.handle))


def _leader(row: MemberRow) -> Leader:
    return Leader(row.id, row.handle, tuple(map(Role, row.roles.split())))
