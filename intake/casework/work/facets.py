"""The facets of a case: what queues need of its facts, kept in a small box beside them.

They follow from facts and plain columns, and hold for one version of the case. Where they are
missing or of an earlier version, the facts themselves are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from intake.case import OPEN_STAGES, Stage
from intake.casework.case_rows import newest_facts
from intake.casework.errors import UnknownCase
from intake.casework.facts_box import KeptFacts, read_facts
from intake.casework.finding.sheet import written
from intake.casework.reader import Reader
from intake.casework.work.reckoning import reckoned_of_facts
from intake.roles import Permission
from intake.store.tables import CaseRow, FacetsRow
from intake.vault import NotForYou, Ring, RingKey, UnsealError, box_facets, open_facets


def keep(session: Session, row: CaseRow, kept: KeptFacts, ring: RingKey) -> None:
    """Keep the facets of the case as its `row` stands now."""
    _put(session, row, written(kept), ring)


def carry_on(reader: Reader, session: Session, row: CaseRow) -> None:
    """Have the facets of before hold for the new version: nothing they tell has changed."""
    found = _row_of(session, row)
    if found is None or found.version != row.version - 1:
        return
    try:
        before = reader.ring_at(session, Ring.FACTS, found.generation)
        content = open_facets(found.box, before, case=row.id, version=found.version)
        _put(session, row, content, reader.ring(session, Ring.FACTS))
    except (NotForYou, UnsealError):
        session.delete(found)


@dataclass(frozen=True)
class Made:
    """How many facets were made, and the cases that want to be saved anew for theirs."""

    number: int = 0
    older: tuple[str, ...] = ()


def make_missing(reader: Reader, *, now: datetime, at_most: int) -> Made:
    """Make the facets of open cases that have none.

    Of opened ones that were last saved before anybody reckoned limits, the references come back
    instead: what is missing of them stands in their records.
    """
    if not reader.may(Permission.READ_QUEUE):
        return Made()
    with reader.service.reading() as session:
        if not list(session.scalars(_missing(at_most=1))):
            return Made()
    with reader.service.writing() as session:
        # In no order, so that those that wait for somebody else keep nobody from the others.
        some = _missing(at_most=at_most).order_by(func.random())
        older: list[str] = []
        made = _made(reader, session, session.scalars(some).all(), now, older)
        return Made(sum(made), tuple(older))


def _missing(*, at_most: int) -> Select[CaseRow]:
    return (
        select(CaseRow)
        .outerjoin(FacetsRow, FacetsRow.case_id == CaseRow.id)
        .where(
            CaseRow.stage.in_(OPEN_STAGES),
            FacetsRow.version.is_(None) | (FacetsRow.version != CaseRow.version),
        )
        .limit(at_most)
    )


def _made(
    reader: Reader, session: Session, rows: Iterable[CaseRow], now: datetime, older: list[str]
) -> Iterator[bool]:
    ring = reader.ring(session, Ring.FACTS)
    for row in rows:
        kept = _facts(reader, session, row)
        if kept is not None and not kept.is_reckoned and row.stage != Stage.RECEIVED:
            older.append(row.ref)
        elif kept is not None:
            keep(session, row, reckoned_of_facts(kept, row, now=now), ring)
            yield True


def _facts(reader: Reader, session: Session, row: CaseRow) -> KeptFacts | None:
    """None where they do not open: one damaged case must not hold up the others."""
    try:
        sealed = newest_facts(session, row.id)
        key = reader.ring_at(session, Ring.FACTS, sealed.generation)
        return read_facts(sealed, key)
    except (NotForYou, UnsealError, UnknownCase):
        return None


def _put(session: Session, row: CaseRow, content: bytes, ring: RingKey) -> None:
    box = box_facets(ring, content, case=row.id, version=row.version)
    if (found := _row_of(session, row)) is None:
        session.add(FacetsRow(row.id, row.version, ring.generation, box))
        return
    found.version, found.generation, found.box = row.version, ring.generation, box


def _row_of(session: Session, row: CaseRow) -> FacetsRow | None:
    return session.scalars(select(FacetsRow).where(FacetsRow.case_id == row.id)).one_or_none()
