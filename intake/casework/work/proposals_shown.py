"""Proposals as pages show them, and the list of those that wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from intake.case.steps import CaseStep
from intake.casework.case_file import CaseFile
from intake.casework.case_file import opened as opened_case
from intake.casework.case_rows import keys_of
from intake.casework.errors import UnknownCase
from intake.casework.reader import Reader
from intake.casework.work import proposals
from intake.casework.work.deciding import chance_of, coordinators, has_ended_in
from intake.casework.work.links import shown_end
from intake.casework.work.lowering import asked_aside
from intake.casework.work.proposals import ACTIONS, Kept
from intake.form.answers import Answers
from intake.roles import Permission
from intake.store import members
from intake.store import proposals as stored
from intake.store.tables import CaseRow, ProposalRow
from intake.vault import NotForYou, UnsealError


@dataclass(frozen=True)
class Proposal:
    """A step or move (`code` of its kind or way) that `by` proposed.

    `answers` are None in lists: reading them is a line in the log. `agreed` is None while it
    waits, and where who proposed it took it back (`is_withdrawn`). `version` is that of the
    case as it is shown. Where it `needs_trained` a trained handler decides it, since its words
    are for them; `is_hidden` is it for who is none. It `has_ended` where who asked may decide
    no longer: nobody can agree to it then, and others may ask for it anew. `others` could
    decide it beside who asked, as far as it was counted. `sets_aside` are the factors that a
    lowering makes count no more, and `ends` is the step that would.
    """

    id: UUID
    ref: str
    number: str | None
    stage: str
    level: str
    action: str
    code: str
    by: str
    by_me: bool
    at: datetime
    version: int
    answers: Answers | None = field(default=None, repr=False)
    decided_by: str | None = None
    decided_at: datetime | None = None
    agreed: bool | None = None
    words: str = field(default="", repr=False)
    needs_trained: bool = False
    is_hidden: bool = False
    has_ended: bool = False
    others: int = 0
    sets_aside: tuple[str, ...] = ()
    ends: CaseStep | None = None

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None

    @property
    def is_withdrawn(self) -> bool:
        return self.decided_at is not None and self.agreed is None


def proposals_of(reader: Reader) -> tuple[Proposal, ...]:
    """What waits for a second member in the cases that the reader may open, oldest first."""
    reader.demand(Permission.DECIDE)
    with reader.service.reading() as session:
        handles = members.handles(session)
        found = [
            replace(
                shown(reader, one.row, one.kept, one.case, handles, with_answers=False),
                has_ended=one.has_ended,
            )
            for one in _waiting(session, reader)
        ]
    return tuple(sorted(found, key=lambda one: one.at))


def proposals_waiting(reader: Reader) -> int:
    """How many proposals of others the reader may decide; opens none of them."""
    if not reader.may(Permission.DECIDE):
        return 0
    with reader.service.reading() as session:
        return stored.count_for(session, reader.member, ACTIONS)


def proposal(reader: Reader, id_: UUID, *, now: datetime) -> Proposal:
    """One proposal with all that was said; `UnknownCase` where there is none for the reader."""
    reader.demand(Permission.DECIDE)
    with reader.service.reading() as session:
        row = session.get(ProposalRow, id_)
        case = session.get(CaseRow, row.case_id) if row else None
        ref = case.ref if case else ""
    with opened_case(reader, ref, "read_proposal", now=now) as file:
        row = file.session.get(ProposalRow, id_)
        kept = proposals.opened(row, file.keys) if row else None
        if row is None or kept is None:
            raise UnknownCase
        found = in_file(file, row, kept, members.handles(file.session))
        aside, ends = asked_aside(file, kept.deed), shown_end(file, kept.deed)
        return replace(found, sets_aside=aside, ends=ends)


def in_file(
    file: CaseFile, row: ProposalRow, kept: Kept, handles: Mapping[UUID, str]
) -> Proposal:
    """A proposal about an opened case, with who could decide it."""
    found, chance = shown(file.reader, row, kept, file.row, handles), chance_of(file, kept)
    return replace(found, others=chance.others, has_ended=chance.has_ended)


def shown(
    reader: Reader,
    row: ProposalRow,
    kept: Kept,
    case: CaseRow,
    handles: Mapping[UUID, str],
    *,
    with_answers: bool = True,
) -> Proposal:
    """A proposal as the reader may see it."""
    decided = kept.decided
    return Proposal(
        id=row.id,
        ref=case.ref,
        number=case.number,
        stage=case.stage,
        level=case.level,
        action=kept.deed.action,
        code=kept.deed.code,
        by=handles.get(kept.by, "?"),
        by_me=kept.by == reader.member,
        at=kept.at,
        version=case.version,
        answers=kept.deed.answers if with_answers else None,
        decided_by=handles.get(decided.by, "?") if decided else None,
        decided_at=decided.at if decided else None,
        agreed=decided.agreed if decided else None,
        words=decided.words if decided and with_answers else "",
        needs_trained=kept.hides,
        is_hidden=kept.unread is not None,
    )


class _Waiting(NamedTuple):
    row: ProposalRow
    case: CaseRow
    kept: Kept
    has_ended: bool


def _waiting(session: Session, reader: Reader) -> Iterator[_Waiting]:
    """What waits, as far as it opens: what somebody changed in the database is left out."""
    known = coordinators(reader, session)
    for row, case in stored.undecided(session, ACTIONS):
        try:
            kept = proposals.opened(row, keys_of(reader, session, case, boxes=False))
            has_ended = kept is not None and has_ended_in(reader, session, case, kept, known)
        except (NotForYou, UnsealError, UnknownCase):
            continue
        if kept:
            yield _Waiting(row, case, kept, has_ended)
