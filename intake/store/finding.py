"""Cases and their sheets, as a queue reads them by thousands: plain values, no objects."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import Select, String, cast, select, type_coerce
from sqlalchemy.orm import Session

from intake.case import Stage
from intake.store.cases import Selection
from intake.store.tables import CaseRow, FacetsRow
from intake.vault import Sealed

Cases = Select[UUID | str, str, str, UUID | str | None, int]
_AT_ONCE: Final = 500
# Of tables, not of classes: what the mapper does for each row is a fifth of reading it.
_case: Final = CaseRow.__table__.c
_facets: Final = FacetsRow.__table__.c


class PlainCase(NamedTuple):
    """The plain columns of a case.

    `id` and `holder` are as the driver gives them: to make thousands of them anew costs more
    than to read them.
    """

    id: UUID | str
    stage: str
    level: str
    holder: UUID | str | None
    version: int

    @property
    def case_id(self) -> UUID:
        return self.id if isinstance(self.id, UUID) else UUID(hex=self.id)

    @property
    def holder_id(self) -> UUID | None:
        holder = self.holder
        return holder if holder is None or isinstance(holder, UUID) else UUID(hex=holder)


def plain(row: CaseRow) -> PlainCase:
    """The same columns of a case that was read as a whole."""
    return PlainCase(row.id, row.stage, row.level, row.holder, row.version)


class SealedSheet(NamedTuple):
    """The boxed sheet of one version of a case; `id` as in `PlainCase`."""

    id: UUID | str
    version: int
    generation: int
    box: Sealed

    @property
    def id_bytes(self) -> bytes:
        return self.id.bytes if isinstance(self.id, UUID) else bytes.fromhex(self.id)


def cases(
    session: Session, chosen: Selection, *, newest: int | None = None
) -> Iterator[PlainCase]:
    """The chosen cases, or so many of them that came last, in the order of their ids."""
    return _ordered(session, _cases().where(chosen.condition()), newest)


def lately(session: Session, since: datetime, *, at_most: int) -> Iterator[PlainCase]:
    """The reports that came from the hour `since` on, so many of the newest, as `cases`.

    Not those that look automated, nor what was erased.
    """
    came = CaseRow.hour >= since, CaseRow.automated.is_(False), CaseRow.stage != Stage.ERASED
    return _ordered(session, _cases().where(*came), at_most)


def _ordered(session: Session, query: Cases, newest: int | None) -> Iterator[PlainCase]:
    if newest is not None:
        last = query.order_by(CaseRow.hour.desc()).limit(newest).subquery()
        query = select(last.c.id, last.c.stage, last.c.level, last.c.holder, last.c.version)
    # As text, or SQLite goes through every case by its id; as it is read, since a hundred
    # thousand at once would be more than a worker may hold.
    ordered = query.order_by(cast(query.selected_columns.id, String))
    streamed = session.execute(ordered, execution_options={"yield_per": _AT_ONCE})
    return map(PlainCase._make, chain.from_iterable(streamed.partitions()))


def sheets(session: Session, cases: Sequence[PlainCase]) -> Iterator[SealedSheet]:
    """The sheets of these cases, of whatever version."""
    query = select(
        type_coerce(_facets.case_id, String), _facets.version, _facets.generation, _facets.box
    ).where(_facets.case_id.in_([case.case_id for case in cases]))
    return map(SealedSheet._make, session.execute(query))


def _cases() -> Cases:
    return select(
        type_coerce(_case.id, String).label("id"),
        _case.stage,
        _case.level,
        type_coerce(_case.holder, String).label("holder"),
        _case.version,
    )
