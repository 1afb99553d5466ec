"""Queries over the generations of rings: which are due, who holds them, what names them.

`pinned` is the number in force for each ring. What is above it was cut off while it was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import Any, Final, TypeAlias, assert_never

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from intake.store.columns import Base
from intake.store.people import MemberRow, RingMemberRow, RingRow
from intake.store.service import AuditRow
from intake.store.tables import CaseKeysRow, DocumentRow, FacetsRow
from intake.store.team import TeamDocumentRow
from intake.vault import Ring

Pinned: TypeAlias = Mapping[Ring, int]
WRAPPED: Final = (Ring.CASE, Ring.INTIMATE)
"""The rings that case keys are wrapped for."""


@dataclass(frozen=True)
class Waiting:
    """What there is to do, by ring.

    `due`: somebody was removed who knew it. `below`: something is under an earlier generation.
    `held`: members still hold wraps of an earlier one.
    """

    due: frozenset[Ring]
    below: frozenset[Ring]
    held: frozenset[Ring]

    def __bool__(self) -> bool:
        return bool(self.due or self.below or self.held)

    @property
    def to_forget(self) -> frozenset[Ring]:
        """Rings whose earlier generations nothing names any more."""
        return self.held - self.below


def waiting(session: Session, pinned: Pinned) -> Waiting:
    """What there is to do, in one query."""
    rings = tuple(pinned)
    found = session.execute(_waiting(tuple(pinned.items()))).one()
    return Waiting(*(frozenset(compress(rings, found[at :: len(_KINDS)])) for at in range(3)))


@lru_cache(maxsize=8)
def _waiting(pinned: tuple[tuple[Ring, int], ...]) -> Select[*tuple[bool, ...]]:
    # Every page asks this, and building it takes longer than answering it.
    return select(*(kind(ring, number) for ring, number in pinned for kind in _KINDS))


def left(session: Session, pinned: Pinned) -> dict[Ring, int]:
    """How much is under an earlier generation: wraps, facts, facets, team documents.

    Lines of the log are never boxed again: the links lead to the secrets they are under.
    """
    return {ring: _left(session, ring, pinned[ring]) if ring in pinned else 0 for ring in Ring}


def _left(session: Session, ring: Ring, number: int) -> int:
    counts = (
        select(func.count()).select_from(table).where(is_under, generation < number)
        for table, is_under, generation in _under(ring)
    )
    return sum(session.scalar(count) or 0 for count in counts)


def _under(
    ring: Ring,
) -> tuple[tuple[type[Base], ColumnElement[bool], InstrumentedAttribute[Any]], ...]:
    """Where something lies under `ring`: table, which rows of it, the column of generations."""
    match ring:
        case Ring.CASE:
            wraps = CaseKeysRow, CaseKeysRow.ring == ring, CaseKeysRow.generation
            return wraps, (TeamDocumentRow, true(), TeamDocumentRow.generation)
        case Ring.INTIMATE:
            return ((CaseKeysRow, CaseKeysRow.ring == ring, CaseKeysRow.generation),)
        case Ring.FACTS:
            facts = DocumentRow, true(), DocumentRow.generation
            return facts, (FacetsRow, true(), FacetsRow.generation)
        case Ring.AUDIT:
            return ()  # the log is never boxed again: links lead to what its lines are under
        case _:
            assert_never(ring)


def holders(session: Session, pinned: Pinned) -> dict[Ring, tuple[str, ...]]:
    """The handles of those who hold each ring as it is in force."""
    is_held = (
        and_(RingMemberRow.ring == ring, RingMemberRow.generation == number)
        for ring, number in pinned.items()
    )
    rows = session.execute(
        select(RingMemberRow.ring, MemberRow.handle)
        .join(MemberRow, MemberRow.id == RingMemberRow.member_id)
        .where(or_(*is_held))
        .order_by(MemberRow.handle)
    ).all()
    return {ring: tuple(handle for name, handle in rows if name == ring) for ring in Ring}


def above(session: Session, pinned: Pinned) -> frozenset[Ring]:
    """The rings with a generation above the one in force."""
    higher = (
        and_(RingRow.name == ring, RingRow.generation > number)
        for ring, number in pinned.items()
    )
    return frozenset(map(Ring, session.scalars(select(RingRow.name).where(or_(*higher)))))


def is_named_above(session: Session, ring: Ring, generation: int) -> bool:
    """Whether anything is under a later generation than this: then the pin was set back."""
    if ring is Ring.AUDIT:
        newest = select(AuditRow.generation).order_by(AuditRow.seq.desc()).limit(1)
        return (session.scalar(newest) or 0) > generation
    names = (
        exists().where(is_under, number > generation) for _, is_under, number in _under(ring)
    )
    return bool(session.scalar(select(or_(*names))))


def discard_above(session: Session, ring: Ring, generation: int) -> None:
    """Take away what was cut off while it was made."""
    wraps, rings = RingMemberRow, RingRow
    session.execute(delete(wraps).where(wraps.ring == ring, wraps.generation > generation))
    session.execute(delete(rings).where(rings.name == ring, rings.generation > generation))


def forget_below(session: Session, ring: Ring, generation: int) -> bool:
    """Delete the wraps of earlier generations, once nothing names one; whether any was there.

    The links to them stay, so that what was sealed meanwhile still opens.
    """
    if session.scalar(select(_names_below(ring, generation))):
        return False
    are_there = bool(session.scalar(select(_held_below(ring, generation))))
    session.execute(delete(RingMemberRow).where(_old_wraps(ring, generation)))
    session.execute(
        update(RingRow)
        .where(RingRow.name == ring, RingRow.generation < generation)
        .values(recovery_box=None)
    )
    return are_there


def _is_due(ring: Ring, generation: int) -> ColumnElement[bool]:
    return exists().where(
        RingRow.name == ring, RingRow.generation == generation, RingRow.is_due.is_(True)
    )


def _names_below(ring: Ring, generation: int) -> ColumnElement[bool]:
    names = (
        exists().where(is_under, number < generation) for _, is_under, number in _under(ring)
    )
    return or_(false(), *names)


def _held_below(ring: Ring, generation: int) -> ColumnElement[bool]:
    return exists().where(_old_wraps(ring, generation))


def _old_wraps(ring: Ring, generation: int) -> ColumnElement[bool]:
    return and_(RingMemberRow.ring == ring, RingMemberRow.generation < generation)


_KINDS: Final = (_is_due, _names_below, _held_below)
