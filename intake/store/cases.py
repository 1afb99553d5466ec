"""Queries over cases: what the queue shows, as far as plain columns decide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from intake.case import OPEN_STAGES, Stage
from intake.store.tables import (
    AdditionRow,
    CaseKeysRow,
    CaseRow,
    DocumentRow,
    ErasedRow,
    ProposalRow,
)
from intake.vault import Sealed

UNREAD = ("received", "screening")
FACTS = "facts"

IS_OPEN = CaseRow.stage.in_(OPEN_STAGES) & CaseRow.automated.is_(False)
_OTHERS = tuple(stage.value for stage in Stage if stage is not Stage.CLOSED)
_VIEWS: Mapping[str, ColumnElement[bool]] = {
    "open": IS_OPEN,
    "triage": CaseRow.stage.in_(UNREAD) & CaseRow.automated.is_(False),
    "unassigned": IS_OPEN & CaseRow.holder.is_(None),
    "news": (CaseRow.stage != "erased")
    & CaseRow.automated.is_(False)
    & CaseRow.id.in_(select(AdditionRow.case_id)),
    "on_hold": (CaseRow.stage == "on_hold") & CaseRow.automated.is_(False),
    "automated": CaseRow.stage.in_(OPEN_STAGES) & CaseRow.automated.is_(True),
    "closed": CaseRow.stage == "closed",
    # Said so that SQLite seeks by `warn_at`, not by the stage that nearly all cases have.
    "erasing": CaseRow.stage.not_in(_OTHERS),
    "all": CaseRow.stage != "erased",
}
_WITH_ENDED = frozenset({"news", "closed", "erasing", "all"})
_ORDERS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "urgency": (CaseRow.level.asc(), CaseRow.answer_by.asc(), CaseRow.id.asc()),
    "due": (CaseRow.answer_by.asc(), CaseRow.id.asc()),
    "newest": (CaseRow.hour.desc(), CaseRow.id.asc()),
    "oldest": (CaseRow.hour.asc(), CaseRow.id.asc()),
}


@dataclass(frozen=True)
class Selection:
    """Which cases are meant, by plain columns; for a view that facts decide, all open ones.

    Of several `stages` or `holders` one is enough; nobody is the holder None. None of those
    in `without` is meant. To be erased may be what is closed and speaks up by `until`.
    """

    view: str
    member: UUID
    stages: tuple[str, ...] = ()
    holders: tuple[UUID | None, ...] = ()
    without: frozenset[UUID] = frozenset()
    until: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether all of them are open: so many there never are as of all cases together."""
        return self.view not in _WITH_ENDED

    def condition(self) -> ColumnElement[bool]:
        where = [_VIEWS.get(self.view, IS_OPEN)]
        if self.view == "mine":
            where.append(CaseRow.holder == self.member)
        if self.view == "erasing":
            where.append(CaseRow.warn_at <= self.until)
        if self.without:
            where.append(CaseRow.id.not_in(self.without))
        if self.stages:
            where.append(CaseRow.stage.in_(self.stages))
        if self.holders:
            where.append(
                or_(
                    *(
                        CaseRow.holder.is_(None) if who is None else CaseRow.holder == who
                        for who in self.holders
                    )
                )
            )
        return and_(*where)


class SealedFacts(NamedTuple):
    """The newest facts of a case, with the plain columns that clocks need."""

    case_id: UUID
    stage: str
    level: str
    revision: int
    generation: int | None
    box: Sealed


def count(session: Session, chosen: Selection, *, at_most: int | None = None) -> int:
    """How many cases are chosen; counts no further than `at_most`."""
    ids = select(CaseRow.id).where(chosen.condition()).limit(at_most).subquery()
    return session.scalar(select(func.count()).select_from(ids)) or 0


def ids(
    session: Session, chosen: Selection, *, sort: str, limit: int | None = None, offset: int = 0
) -> Sequence[UUID]:
    """The chosen cases in the order `sort`, or one page of them."""
    query = select(CaseRow.id).where(chosen.condition()).order_by(*_ORDERS[sort])
    return session.scalars(query.limit(limit).offset(offset)).all()


def facts_of(session: Session, cases: Sequence[UUID]) -> Iterator[SealedFacts]:
    """The newest facts of these cases."""
    query = _newest_facts().where(CaseRow.id.in_(cases))
    return (SealedFacts(*row) for row in session.execute(query))


def rows(session: Session, cases: Sequence[UUID]) -> list[CaseRow]:
    """These cases, in this order."""
    found = session.scalars(select(CaseRow).where(CaseRow.id.in_(cases)))
    by_id = {row.id: row for row in found}
    return [by_id[id_] for id_ in cases]


def with_news(session: Session) -> frozenset[UUID]:
    """The cases to which a reporter added something that nobody has read yet."""
    return frozenset(session.scalars(select(AdditionRow.case_id).distinct()))


def with_wrap_for(session: Session, member: UUID) -> frozenset[UUID]:
    """The cases of which this member holds a wrap of her own."""
    wraps = select(CaseKeysRow.case_id).where(CaseKeysRow.member_id == member)
    return frozenset(session.scalars(wraps))


class Erased(NamedTuple):
    """Erased cases, by what else names them."""

    ids: frozenset[UUID]
    refs: frozenset[str]


def erased(session: Session, ids: Iterable[UUID], refs: Iterable[str]) -> Erased:
    """Which of these cases were erased."""
    named = CaseRow.id.in_(set(ids)) | CaseRow.ref.in_(set(refs))
    query = select(CaseRow.id, CaseRow.ref).where(CaseRow.stage == "erased", named)
    found = session.execute(query).all()
    return Erased(frozenset(id_ for id_, _ in found), frozenset(ref for _, ref in found))


def number_of_erased(session: Session) -> int:
    """How many cases were ever erased."""
    return session.scalar(select(func.count()).select_from(ErasedRow)) or 0


def numbers_of(session: Session, year: int) -> Sequence[str]:
    """Every number that a case was given in this year."""
    given = select(CaseRow.number).where(CaseRow.number.startswith(f"{year}-"))
    return [number for number in session.scalars(given) if number]


def latest_hour(session: Session) -> datetime | None:
    """The hour in which the last report came."""
    return session.scalar(select(CaseRow.hour).order_by(CaseRow.hour.desc()).limit(1))


def _newest_facts() -> Select[UUID, str, str, int, int | None, Sealed]:
    later = aliased(DocumentRow)
    newest = (
        select(func.max(later.revision))
        .where(later.case_id == CaseRow.id, later.compartment == FACTS)
        .scalar_subquery()
    )
    return select(
        CaseRow.id,
        CaseRow.stage,
        CaseRow.level,
        DocumentRow.revision,
        DocumentRow.generation,
        DocumentRow.box,
    ).join(
        DocumentRow,
        (DocumentRow.case_id == CaseRow.id)
        & (DocumentRow.compartment == FACTS)
        & (DocumentRow.revision == newest),
    )


def offered_to(session: Session) -> Mapping[UUID, frozenset[UUID]]:
    """The members to whom something of an open case was offered and not taken back, by case."""
    found: dict[UUID, set[UUID]] = {}
    wraps = select(CaseKeysRow.case_id, CaseKeysRow.member_id).join(
        ProposalRow, ProposalRow.id == CaseKeysRow.id
    )
    wraps = wraps.join(CaseRow, CaseRow.id == CaseKeysRow.case_id)
    is_live = CaseRow.stage.in_(OPEN_STAGES) & (CaseKeysRow.box != Sealed(b""))
    for case, member in session.execute(wraps.where(is_live)):
        if member is not None:
            found.setdefault(case, set()).add(member)
    return {case: frozenset(members) for case, members in found.items()}
