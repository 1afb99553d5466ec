"""The table of what the team keeps beside the cases: views, templates, tags, shift notes."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.columns import Base
from intake.store.tables import UNORDERED
from intake.vault import Sealed


class TeamDocumentRow(Base):
    """Something kept beside the cases, as of its newest `revision`.

    With `generation` it is boxed for all who hold the ring `case`, with `member_id` sealed to
    one member.
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
