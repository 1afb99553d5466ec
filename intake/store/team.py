"""What the team keeps beside the cases: views, templates, tags, shift notes; and who holds."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.case import OPEN_STAGES
from intake.store.columns import Base
from intake.store.tables import UNORDERED, CaseRow
from intake.vault import Sealed


class TeamDocumentRow(Base):
    """Something kept beside the cases, as of its newest `revision`.

    With `generation` it is boxed for all who hold the ring `case`, with `member_id` sealed to
    one member, or boxed under a key that she has.
    """

    __tablename__ = "team_document"
    __table_args__ = (
        CheckConstraint("(generation IS NULL) <> (member_id IS NULL)", name="one_readership"),
        UNORDERED,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    box: Mapped[Sealed]
    member_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("member.id"), index=True, default=None
    )
    generation: Mapped[int | None] = mapped_column(index=True, default=None)
    revision: Mapped[int] = mapped_column(default=1)


def shared(session: Session, kind: str) -> Sequence[TeamDocumentRow]:
    """Everything of a kind that the team shares."""
    where = TeamDocumentRow.kind == kind, TeamDocumentRow.generation.is_not(None)
    return session.scalars(select(TeamDocumentRow).where(*where)).all()


def own(session: Session, kind: str, member: UUID) -> Sequence[TeamDocumentRow]:
    """Everything of a kind that this member keeps for herself."""
    where = TeamDocumentRow.kind == kind, TeamDocumentRow.member_id == member
    return session.scalars(select(TeamDocumentRow).where(*where)).all()


def keepers(session: Session, kind: str, papers: Collection[UUID]) -> dict[UUID, UUID]:
    """Who keeps each of these for herself, by the id of the paper; not those that are gone."""
    where = TeamDocumentRow.kind == kind, TeamDocumentRow.id.in_(papers)
    rows = session.execute(select(TeamDocumentRow.id, TeamDocumentRow.member_id).where(*where))
    return {id_: member for id_, member in rows if member is not None}


def is_replaced(session: Session, row: TeamDocumentRow, *, seen: int) -> bool:
    """Put `row` in the place of its revision `seen`; False where another one stands."""
    stands = update(TeamDocumentRow).where(
        TeamDocumentRow.id == row.id,
        TeamDocumentRow.kind == row.kind,
        TeamDocumentRow.revision == seen,
    )
    if row.member_id is not None:
        stands = stands.where(TeamDocumentRow.member_id == row.member_id)
    changed = session.connection().execute(
        stands.values(box=row.box, generation=row.generation, revision=row.revision)
    )
    return changed.rowcount == 1


def put(session: Session, row: TeamDocumentRow) -> None:
    """Put `row` in the place of whatever stands under its id."""
    session.merge(row)
    session.flush()


def remove(session: Session, papers: Collection[UUID]) -> None:
    """Take these away."""
    session.execute(delete(TeamDocumentRow).where(TeamDocumentRow.id.in_(papers)))


def held(session: Session, member: UUID) -> int:
    """How many open cases this member holds."""
    hers = (CaseRow.holder == member) & CaseRow.stage.in_(OPEN_STAGES)
    return session.scalar(select(func.count()).select_from(CaseRow).where(hers)) or 0
