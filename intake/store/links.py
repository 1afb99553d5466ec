"""Links between cases: two rows for each, one in either case."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from intake.store.tables import CaseRow, LinkRow


def of_case(session: Session, case: UUID) -> Sequence[LinkRow]:
    """The rows of this case, in no order."""
    return session.scalars(select(LinkRow).where(LinkRow.case_id == case)).all()


def cases(session: Session, ids: Iterable[UUID]) -> dict[UUID, CaseRow]:
    """The cases with these ids."""
    rows = session.scalars(select(CaseRow).where(CaseRow.id.in_(list(ids))))
    return {row.id: row for row in rows}


def one_sided(session: Session) -> Sequence[str]:
    """References of cases with a link of which the other case knows nothing."""
    twin = aliased(LinkRow)
    has_twin = (
        select(twin.id)
        .where(
            twin.case_id == LinkRow.other_id,
            twin.other_id == LinkRow.case_id,
            twin.kind == LinkRow.kind,
        )
        .exists()
    )
    alone = select(CaseRow.ref).join(LinkRow, LinkRow.case_id == CaseRow.id).where(~has_twin)
    return session.scalars(alone.distinct().order_by(CaseRow.ref)).all()
