"""The tables of cases and of what is said in them.

Every table is `WITHOUT ROWID` in SQLite, since a row number tells the order of arrival; only
documents and facets have row numbers, random ones.
"""

import secrets
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.columns import Base
from intake.vault import Sealed

UNORDERED = {"sqlite_with_rowid": False}


def random_place() -> int:
    """A random row number, 63 bits: it tells no order."""
    return secrets.randbits(63)


class CaseRow(Base):
    """A report and what the queue must know while nobody is signed in."""

    __tablename__ = "case"
    __table_args__ = (
        # With the version, queues find thousands of sheets and read no row of a case, and
        # among a million closed ones those that are to be erased.
        Index("ix_case_queue", "stage", "automated", "level", "answer_by", "holder", "version"),
        Index(
            "ix_case_warn_at",
            "warn_at",
            "stage",
            "automated",
            "level",
            "holder",
            "version",
            sqlite_where=text("warn_at IS NOT NULL"),
            postgresql_where=text("warn_at IS NOT NULL"),
        ),
        UNORDERED,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    stage: Mapped[str]
    level: Mapped[str]
    hour: Mapped[datetime] = mapped_column(index=True)
    answer_by: Mapped[datetime]
    state_box: Mapped[Sealed]
    number: Mapped[str | None] = mapped_column(unique=True, default=None)
    may_rise_at: Mapped[datetime | None] = mapped_column(default=None)
    holder: Mapped[UUID | None] = mapped_column(
        ForeignKey("member.id"), index=True, default=None
    )
    automated: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    warn_at: Mapped[datetime | None] = mapped_column(default=None)


class CaseKeysRow(Base):
    """One reader's wrap of a case's keys: a ring's or a member's.

    `is_taken_back`: the keys in it are still to be replaced; with an empty box the member
    opens it no more.
    """

    __tablename__ = "case_keys"
    __table_args__ = (
        UniqueConstraint("case_id", "ring"),
        UniqueConstraint("case_id", "member_id"),
        CheckConstraint("(ring IS NULL) <> (member_id IS NULL)", name="one_reader"),
        Index("ix_case_keys_generation", "ring", "generation"),
        Index(
            "ix_case_keys_taken_back",
            "is_taken_back",
            sqlite_where=text("is_taken_back = 1"),
            postgresql_where=text("is_taken_back"),
        ),
        UNORDERED,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    generation: Mapped[int]
    box: Mapped[Sealed]
    ring: Mapped[str | None] = mapped_column(default=None)
    member_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("member.id"), index=True, default=None
    )
    is_taken_back: Mapped[bool] = mapped_column(default=False)


class DocumentRow(Base):
    """One revision of a document; rows are added, never changed.

    `generation` is that of the ring `facts` its box opens with; other compartments have none.
    `place` is random and SQLite's own row number: boxes then lie in the leaves of the table,
    where a queue that reads thousands of facts finds them three times faster.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("id", "revision"),
        Index("ix_document_case", "case_id", "compartment", "revision"),
        Index(
            "ix_document_generation",
            "generation",
            sqlite_where=text("generation IS NOT NULL"),
            postgresql_where=text("generation IS NOT NULL"),
        ),
    )

    id: Mapped[UUID]
    revision: Mapped[int]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    compartment: Mapped[str]
    kind: Mapped[str]
    box: Mapped[Sealed]
    place: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
        default_factory=random_place,
    )
    generation: Mapped[int | None] = mapped_column(default=None)


class FacetsRow(Base):
    """What a queue needs of the facts of a case, in one small box; it can be made anew.

    It holds for the `version` of the case that it names; `place` is as with documents.
    """

    __tablename__ = "facets"
    __table_args__ = (UniqueConstraint("case_id"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    version: Mapped[int]
    generation: Mapped[int] = mapped_column(index=True)
    box: Mapped[Sealed]
    place: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
        default_factory=random_place,
    )


class AdditionRow(Base):
    """What the reporter added, until a coordinator's session merges it."""

    __tablename__ = "addition"
    __table_args__ = (UNORDERED,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    box: Mapped[Sealed]
    mac: Mapped[bytes]


class MailboxRow(Base):
    """What a return code opens; without `key_box` the code has expired."""

    __tablename__ = "mailbox"
    __table_args__ = (UNORDERED,)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    look_up: Mapped[bytes] = mapped_column(unique=True)
    day: Mapped[date]
    key_box: Mapped[Sealed | None] = mapped_column(default=None)


class DraftRow(Base):
    """A report that is not sent yet; with `look_up` and `key_box` its return code opens it."""

    __tablename__ = "draft"
    __table_args__ = (UNORDERED,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    box: Mapped[Sealed]
    day: Mapped[date]
    look_up: Mapped[bytes | None] = mapped_column(unique=True, default=None)
    key_box: Mapped[Sealed | None] = mapped_column(default=None)
    revision: Mapped[int] = mapped_column(default=1)


class BlobRow(Base):
    """A sealed file; its name, kind and hash are in a sealed answer of its owner.

    `owner` is a draft, and once that is sent the case. The size of what is still arriving is 0.
    """

    __tablename__ = "blob"
    __table_args__ = (UNORDERED,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner: Mapped[UUID] = mapped_column(index=True)
    pieces: Mapped[int]
    size_padded: Mapped[int]


class ProposalRow(Base):
    """A step that takes two people, and whether the second has decided."""

    __tablename__ = "proposal"
    __table_args__ = (UNORDERED,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    action: Mapped[str]
    by: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    box: Mapped[Sealed]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"), default=None)


class LinkRow(Base):
    """Two cases that belong together: similar, merged or split; reversible."""

    __tablename__ = "link"
    __table_args__ = (UNORDERED,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str]
    box: Mapped[Sealed]


class ErasedRow(Base):
    """A case whose keys were destroyed; a restore repeats it."""

    __tablename__ = "erased"
    __table_args__ = (UNORDERED,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date]
