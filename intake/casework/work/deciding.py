"""Who can decide what somebody else proposes."""

from __future__ import annotations

from uuid import UUID

from intake.casework import rekeying
from intake.casework.case_file import CaseFile
from intake.casework.work.proposals import Kept
from intake.roles import Role


def deciders(file: CaseFile, *, beside: UUID, trained: bool = False) -> frozenset[UUID]:
    """The coordinators `beside` one who could decide on this case, or the `trained` of them.

    Of a case that is kept these are the named alone.
    """
    named = file.kept.restricted_to
    needed = {Role.COORDINATOR, Role.HANDLER} if trained else {Role.COORDINATOR}
    return frozenset(
        entry.member
        for entry in rekeying.directory(file).values()
        if needed <= set(entry.roles)
        and entry.member != beside
        and (not named or entry.member.hex in named)
    )


def who_could_decide(file: CaseFile, kept: Kept) -> int:
    """How many could decide what is proposed; 0 where it was decided."""
    if kept.decided is not None:
        return 0
    return len(deciders(file, beside=kept.by, trained=kept.hides))
