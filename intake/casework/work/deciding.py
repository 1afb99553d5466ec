"""Who can decide what somebody else proposes, and whose proposals have ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework import rekeying
from intake.casework.case_file import CaseFile
from intake.casework.case_rows import newest_facts
from intake.casework.facts_box import read_facts
from intake.casework.reader import Reader
from intake.casework.roster import Entry
from intake.casework.work.proposals import Kept
from intake.roles import Role
from intake.store.tables import CaseRow
from intake.vault import Ring


@dataclass(frozen=True)
class Chance:
    """How many `others` could decide what waits; it `has_ended` where it waits in vain."""

    others: int = 0
    has_ended: bool = False


def deciders(file: CaseFile, *, beside: UUID, trained: bool = False) -> frozenset[UUID]:
    """The coordinators `beside` one who could decide on this case, or the `trained` of them.

    Of a case that is kept these are the named alone.
    """
    return _beside(_who_may_decide(file), beside, trained=trained)


def chance_of(file: CaseFile, kept: Kept) -> Chance:
    """Who could decide a proposal, if it waits and who made it may still decide here."""
    if kept.decided is not None:
        return Chance()
    here = _who_may_decide(file)
    others = _beside(here, kept.by, trained=kept.hides)
    return Chance(len(others), has_ended=kept.by not in {entry.member for entry in here})


def _who_may_decide(file: CaseFile) -> list[Entry]:
    named = file.kept.restricted_to
    return [
        entry
        for entry in rekeying.directory(file).values()
        if Role.COORDINATOR in entry.roles and (not named or entry.member.hex in named)
    ]


def _beside(here: list[Entry], member: UUID, *, trained: bool) -> frozenset[UUID]:
    others = (entry for entry in here if entry.member != member)
    return frozenset(one.member for one in others if not trained or Role.HANDLER in one.roles)


def coordinators(reader: Reader, session: Session) -> frozenset[UUID]:
    """Everybody who is entered as a coordinator and still in."""
    everybody = rekeying.entered(reader, session).values()
    return frozenset(entry.member for entry in everybody if Role.COORDINATOR in entry.roles)


def has_ended_in(
    reader: Reader,
    session: Session,
    case: CaseRow,
    kept: Kept,
    known: Collection[UUID],
) -> bool:
    """Whether what waits has ended, for lists: as `known` coordinators and the facts say."""
    if kept.by not in known:
        return True
    sealed = newest_facts(session, case.id)
    ring = reader.ring_at(session, Ring.FACTS, sealed.generation)
    named = read_facts(sealed, ring).restricted_to
    return bool(named) and kept.by.hex not in named
