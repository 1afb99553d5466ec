"""The tables of the service itself: log, outgoing notices, throttling, settings."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.columns import Base
from intake.store.tables import UNORDERED
from intake.vault import Sealed


class AuditRow(Base):
    """A line of the log, chained to the one before it."""

    __tablename__ = "audit"
    __table_args__ = (UNORDERED,)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    generation: Mapped[int]
    box: Mapped[Sealed]
    previous: Mapped[bytes]
    mac: Mapped[bytes]
    pseudonym: Mapped[bytes | None] = mapped_column(index=True, default=None)
    revision: Mapped[int | None] = mapped_column(default=None)
    digest: Mapped[bytes | None] = mapped_column(default=None)


class OutboxRow(Base):
    """A notice to send; `due` is the hour, the exact time is in the box."""

    __tablename__ = "outbox"
    __table_args__ = (UNORDERED,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    due: Mapped[datetime]
    box: Mapped[Sealed]
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"), default=None)
    tries: Mapped[int] = mapped_column(default=0)


class AttemptRow(Base):
    """How often something was tried; `bucket` is keyed, so that it names nobody."""

    __tablename__ = "attempt"
    __table_args__ = (UNORDERED,)

    bucket: Mapped[bytes] = mapped_column(primary_key=True)
    day: Mapped[date]
    count: Mapped[int]


class SettingRow(Base):
    """What members keep through a page and the worker must read: the duty rota."""

    __tablename__ = "setting"
    __table_args__ = (UNORDERED,)

    name: Mapped[str] = mapped_column(primary_key=True)
    box: Mapped[Sealed]
    revision: Mapped[int] = mapped_column(default=1)
