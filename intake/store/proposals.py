"""Queries over proposals: what one asked and another decides, hand-overs among them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from intake.roles import Role
from intake.store.people import MemberRow
from intake.store.tables import CaseKeysRow, CaseRow, ProposalRow


def of_case(
    session: Session, case: UUID, actions: Collection[str] | None = None
) -> Sequence[ProposalRow]:
    """Everything that was ever proposed about a case, or of these `actions`."""
    query = select(ProposalRow).where(ProposalRow.case_id == case)
    if actions is not None:
        query = query.where(ProposalRow.action.in_(actions))
    return session.scalars(query).all()


def undecided_of(session: Session, case: UUID, action: str) -> Sequence[ProposalRow]:
    """What nobody decided yet of a case."""
    query = select(ProposalRow).where(ProposalRow.case_id == case, *_undecided({action}))
    return session.scalars(query).all()


def undecided(
    session: Session, actions: Collection[str]
) -> Sequence[tuple[ProposalRow, CaseRow]]:
    """What nobody decided yet of any case, each with its case."""
    query = (
        select(ProposalRow, CaseRow)
        .join(CaseRow, CaseRow.id == ProposalRow.case_id)
        .where(*_undecided(actions))
    )
    return [(row, case) for row, case in session.execute(query)]


def cases_with_undecided(session: Session, action: str) -> Sequence[CaseRow]:
    """The cases of which somebody proposed this and nobody decided it yet."""
    about = select(ProposalRow.case_id).where(*_undecided({action}))
    return session.scalars(select(CaseRow).where(CaseRow.id.in_(about))).all()


def count_for(session: Session, member: UUID, actions: Collection[str]) -> int:
    """How many of the others wait for this coordinator, as far as plain columns tell.

    Where another coordinator holds a wrap of her own, the case may be kept for her: it counts
    for those alone who hold one too.
    """
    held = select(CaseKeysRow.case_id).join(MemberRow, MemberRow.id == CaseKeysRow.member_id)
    named = held.where(MemberRow.roles.contains(Role.COORDINATOR.value))
    own = held.where(MemberRow.id == member)
    waiting = select(func.count()).where(
        *_undecided(actions),
        ProposalRow.by != member,
        ProposalRow.case_id.in_(own) | ProposalRow.case_id.not_in(named),
    )
    return session.scalar(waiting) or 0


def was_decided_by(session: Session, case: UUID, action: str, member: UUID) -> bool:
    """Whether this member decided one of a case before."""
    where = ProposalRow.case_id == case, ProposalRow.action == action
    decided = select(ProposalRow.id).where(*where, ProposalRow.decided_by == member)
    return session.scalar(decided.limit(1)) is not None


def _undecided(actions: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return ProposalRow.action.in_(actions), ProposalRow.decided_by.is_(None)
