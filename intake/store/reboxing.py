"""Queries over what is under an earlier generation of a ring, a batch at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Row, Select, bindparam, delete, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from intake.store.columns import Base
from intake.store.tables import CaseKeysRow, DocumentRow, FacetsRow, random_place
from intake.store.team import TeamDocumentRow
from intake.vault import Sealed

FACTS = "facts"
T = TypeVar("T", UUID, int)
_Columns: TypeAlias = tuple[Any, ...]


class Wrap(NamedTuple):
    """One reader's wrap of a case's keys; `ring` is None where it is a member's own."""

    id: UUID
    case_id: UUID
    ring: str | None
    generation: int
    box: Sealed


class FactsRevision(NamedTuple):
    """One revision of a case's facts, and in which row it stands."""

    place: int
    case_id: UUID
    id: UUID
    revision: int
    compartment: str
    kind: str
    generation: int
    box: Sealed


class Facets(NamedTuple):
    """The facets of a case, as of one version of it."""

    place: int
    case_id: UUID
    version: int
    generation: int
    box: Sealed


class TeamDocument(NamedTuple):
    """What the team shares, as of one revision."""

    id: UUID
    kind: str
    revision: int
    generation: int
    box: Sealed


_WRAP = (
    CaseKeysRow.id,
    CaseKeysRow.case_id,
    CaseKeysRow.ring,
    CaseKeysRow.generation,
    CaseKeysRow.box,
)


def wraps_below(session: Session, ring: str, generation: int, *, limit: int) -> list[Wrap]:
    """Some wraps for `ring` under the earliest generation there is, below this one."""
    of_ring = CaseKeysRow.ring == ring
    oldest = session.scalar(
        select(func.min(CaseKeysRow.generation)).where(
            of_ring, CaseKeysRow.generation < generation
        )
    )
    if oldest is None:
        return []
    query = select(*_WRAP).where(of_ring, CaseKeysRow.generation == oldest)
    return [Wrap(*row) for row in _some(session, query, CaseKeysRow.id, uuid4(), limit)]


def cases_below(session: Session, generation: int, *, limit: int) -> list[UUID]:
    """Some cases with facts under the earliest generation there is, below this one."""
    oldest = session.scalar(
        select(func.min(DocumentRow.generation)).where(DocumentRow.generation < generation)
    )
    if oldest is None:
        return []
    query = select(DocumentRow.case_id).where(DocumentRow.generation == oldest)
    rows = _some(session, query, DocumentRow.place, random_place(), limit)
    return list(dict.fromkeys(case_id for (case_id,) in rows))


def facts_below(
    session: Session, cases: Collection[UUID], generation: int
) -> Mapping[UUID, Sequence[FactsRevision]]:
    """The revisions of these cases' facts below this generation."""
    query = select(
        DocumentRow.place,
        DocumentRow.case_id,
        DocumentRow.id,
        DocumentRow.revision,
        DocumentRow.compartment,
        DocumentRow.kind,
        DocumentRow.generation,
        DocumentRow.box,
    ).where(
        DocumentRow.case_id.in_(cases),
        DocumentRow.compartment == FACTS,
        DocumentRow.generation < generation,
    )
    rows: Iterable[Row[*_Columns]] = session.execute(query)
    found: dict[UUID, list[FactsRevision]] = {}
    for row in rows:
        revision = FactsRevision(*row)
        found.setdefault(revision.case_id, []).append(revision)
    return found


def facets_rows_below(session: Session, generation: int, *, limit: int) -> list[Facets]:
    """Some facets below this generation."""
    query = select(
        FacetsRow.place,
        FacetsRow.case_id,
        FacetsRow.version,
        FacetsRow.generation,
        FacetsRow.box,
    ).where(FacetsRow.generation < generation)
    return [Facets(*row) for row in session.execute(query.limit(limit))]


def team_documents_below(
    session: Session, generation: int, *, limit: int
) -> list[TeamDocument]:
    """Some of what the team shares below this generation."""
    query = select(
        TeamDocumentRow.id,
        TeamDocumentRow.kind,
        TeamDocumentRow.revision,
        TeamDocumentRow.generation,
        TeamDocumentRow.box,
    ).where(TeamDocumentRow.generation < generation)
    rows = _some(session, query, TeamDocumentRow.id, uuid4(), limit)
    return [TeamDocument(*row) for row in rows]


def wraps_of(
    session: Session, cases: Collection[UUID], member: UUID
) -> Mapping[UUID, Sequence[Wrap]]:
    """The wraps of these cases' keys for rings, and for this member, hers last."""
    query = (
        select(*_WRAP)
        .where(
            CaseKeysRow.case_id.in_(cases),
            CaseKeysRow.ring.is_not(None)
            | ((CaseKeysRow.member_id == member) & CaseKeysRow.is_taken_back.is_(False)),
        )
        .order_by(CaseKeysRow.ring.is_(None), CaseKeysRow.ring)
    )
    found: dict[UUID, list[Wrap]] = {}
    for row in session.execute(query):
        wrap = Wrap(*row)
        found.setdefault(wrap.case_id, []).append(wrap)
    return found


def put_wraps(session: Session, generation: int, boxes: Mapping[UUID, Sealed]) -> None:
    """Put these boxes in place of those of before, by the id of the wrap."""
    _put(session, "case_keys", "id", generation, boxes)


def put_facts(session: Session, generation: int, boxes: Mapping[int, Sealed]) -> None:
    """Put these boxes in place of those of before, by the place of the row."""
    _put(session, "document", "place", generation, boxes)


def put_facets_rows(session: Session, generation: int, boxes: Mapping[int, Sealed]) -> None:
    """Put these facets in place of those of before, by the place of the row."""
    _put(session, "facets", "place", generation, boxes)


def take_out_facets(session: Session, places: Collection[int]) -> None:
    """Take away facets that cannot be boxed again: they can be made anew."""
    session.execute(delete(FacetsRow).where(FacetsRow.place.in_(places)))


def put_team_documents(session: Session, generation: int, boxes: Mapping[UUID, Sealed]) -> None:
    """Put these boxes in place of those of before, by the id of the document."""
    _put(session, "team_document", "id", generation, boxes)


def _put(
    session: Session, name: str, key: str, generation: int, boxes: Mapping[T, Sealed]
) -> None:
    if not boxes:
        return
    table = Base.metadata.tables[name]
    change = update(table).where(table.c[key] == bindparam("row"))
    session.connection().execute(
        change.values(box=bindparam("boxed"), generation=generation),
        [{"row": row, "boxed": boxed} for row, boxed in boxes.items()],
    )


def _some(
    session: Session,
    query: Select[*_Columns],
    key: InstrumentedAttribute[T],
    start: T,
    limit: int,
) -> Sequence[Row[*_Columns]]:
    """Up to `limit` rows from `start` on, round the end.

    The start is random, so that those that do not open keep nobody from the others.
    """
    after = query.where(key >= start).order_by(key).limit(limit)
    found: Sequence[Row[*_Columns]] = session.execute(after).all()
    if len(found) == limit:
        return found
    rest = query.where(key < start).order_by(key).limit(limit - len(found))
    found_first: Sequence[Row[*_Columns]] = session.execute(rest).all()
    return [*found, *found_first]
