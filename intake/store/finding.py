"""The sheets of cases, as a queue reads them by thousands: plain values, no objects."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import Select, String, select, type_coerce
from sqlalchemy.orm import Session

from intake.case import Stage
from intake.store.cases import Selection
from intake.store.tables import CaseRow, FacetsRow
from intake.vault import Sealed

_AT_ONCE: Final = 500


class SealedSheet(NamedTuple):
    """Plain columns of a case, and the sheet of this version; no `box` where there is none.

    `id` and `holder` are as the driver gives them: to make thousands of them anew costs more
    than to read them.
    """

    id: UUID | str
    stage: str
    level: str
    holder: UUID | str | None
    version: int
    generation: int | None
    box: Sealed | None

    @property
    def id_bytes(self) -> bytes:
        return self.id.bytes if isinstance(self.id, UUID) else bytes.fromhex(self.id)

    @property
    def case_id(self) -> UUID:
        return self.id if isinstance(self.id, UUID) else UUID(hex=self.id)

    @property
    def holder_id(self) -> UUID | None:
        holder = self.holder
        return holder if holder is None or isinstance(holder, UUID) else UUID(hex=holder)


def sheets(
    session: Session, chosen: Selection, *, newest: int | None = None
) -> Iterator[SealedSheet]:
    """The sheets of the chosen cases, or of so many of them that came last."""
    query = _sheets().where(chosen.condition())
    if newest is not None:
        query = query.order_by(CaseRow.hour.desc()).limit(newest)
    # As it is read: a hundred thousand boxes at once would be more than a worker may hold.
    streamed = session.execute(query, execution_options={"yield_per": _AT_ONCE})
    return map(SealedSheet._make, streamed)


def sheets_of(session: Session, cases: Sequence[UUID]) -> Iterator[SealedSheet]:
    """The sheets of these cases."""
    return map(SealedSheet._make, session.execute(_sheets().where(CaseRow.id.in_(cases))))


def _sheets() -> Select[
    UUID | str, str, str, UUID | str | None, int, int | None, Sealed | None
]:
    # Of tables, not of classes: what the mapper does for each row is a fifth of reading it.
    case, facets = CaseRow.__table__.c, FacetsRow.__table__.c
    is_newest = (facets.case_id == case.id) & (facets.version == case.version)
    return (
        select(
            type_coerce(case.id, String),
            case.stage,
            case.level,
            type_coerce(case.holder, String),
            case.version,
            facets.generation,
            facets.box,
        )
        .select_from(CaseRow.__table__)
        .outerjoin(FacetsRow.__table__, is_newest)
    )


def lately(session: Session, since: datetime, *, at_most: int) -> Iterator[SealedSheet]:
    """The sheets of reports that came from the hour `since` on, so many of the newest.

    Not of those that look automated, nor of what was erased.
    """
    came = CaseRow.hour >= since, CaseRow.automated.is_(False), CaseRow.stage != Stage.ERASED
    query = _sheets().where(*came).order_by(CaseRow.hour.desc()).limit(at_most)
    return map(SealedSheet._make, session.execute(query))
