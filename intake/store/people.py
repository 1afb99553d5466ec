"""The tables of members, their keys and sessions."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.store.columns import Base
from intake.store.tables import UNORDERED
from intake.vault import Sealed


class MemberRow(Base):
    """A member of staff; `roles`: codes with spaces between; her passphrase opens `box`.

    `since` is the day on which her state or her roles changed; older rows have none.
    """

    __tablename__ = "member"
    __table_args__ = (UNORDERED,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(unique=True)
    roles: Mapped[str]
    state: Mapped[str]
    public_key: Mapped[bytes]
    kdf: Mapped[bytes]
    box: Mapped[Sealed]
    revision: Mapped[int] = mapped_column(default=1)
    since: Mapped[date | None] = mapped_column(default=None)


class CredentialRow(Base):
    """A second factor, or the address that notices go to."""

    __tablename__ = "credential"
    __table_args__ = (UNORDERED,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), index=True)
    kind: Mapped[str]
    box: Mapped[Sealed]


class SessionRow(Base):
    """A signed-in browser; `key_box` opens under the cookie's token.

    `told_box` tells its owner when it began and in which browser.
    """

    __tablename__ = "session"
    __table_args__ = (UNORDERED,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), index=True)
    key_box: Mapped[Sealed]
    day: Mapped[date]
    told_box: Mapped[Sealed | None] = mapped_column(default=None)


class InvitationRow(Base):
    """A one-time link that makes a member, or gives `member_id` a new key pair.

    `role` holds codes with spaces between.
    """

    __tablename__ = "invitation"
    __table_args__ = (UNORDERED,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[str]
    box: Mapped[Sealed]
    day: Mapped[date]
    look_up: Mapped[bytes] = mapped_column(unique=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"), default=None)
    handle: Mapped[str] = mapped_column(default="")


class NoticeRow(Base):
    """What a member is to know of her account, sealed to her; `day`: when it is forgotten."""

    __tablename__ = "notice"
    __table_args__ = (UNORDERED,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), index=True)
    box: Mapped[Sealed]
    day: Mapped[date]


class RingRow(Base):
    """One generation of a ring; `roster_box` holds its members and their keys.

    `is_due`: somebody who knew this secret was removed, so that another must follow.
    """

    __tablename__ = "ring"
    __table_args__ = (UNORDERED,)

    name: Mapped[str] = mapped_column(primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_key: Mapped[bytes]
    roster_box: Mapped[Sealed]
    recovery_box: Mapped[Sealed | None] = mapped_column(default=None)
    previous_box: Mapped[Sealed | None] = mapped_column(default=None)
    roster_revision: Mapped[int] = mapped_column(default=1)
    is_due: Mapped[bool] = mapped_column(default=False)


class RingMemberRow(Base):
    """A ring's secret, sealed to one member."""

    __tablename__ = "ring_member"
    __table_args__ = (
        ForeignKeyConstraint(["ring", "generation"], ["ring.name", "ring.generation"]),
        UNORDERED,
    )

    ring: Mapped[str] = mapped_column(primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    box: Mapped[Sealed]


def forget_notices(session: Session, notices: Collection[UUID]) -> None:
    """Take these notices away."""
    session.execute(delete(NoticeRow).where(NoticeRow.id.in_(notices)))
