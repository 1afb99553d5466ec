"""How values that every table uses rest in a column."""

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Date, DateTime, LargeBinary, MetaData, String, Uuid
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from intake.vault import Sealed

# A migration can only drop or change what it can name.
NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware time, in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return None if value is None else value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is None:  # SQLite stores what bind gave, zone dropped
            return None if value is None else value.replace(tzinfo=UTC)
        return value.astimezone(UTC)  # PostgreSQL answers in the connection's zone


class Base(MappedAsDataclass, DeclarativeBase):
    """Every table; a plain `bytes` where a column holds `Sealed` does not pass mypy."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        Sealed: LargeBinary,
        bytes: LargeBinary,
        UUID: Uuid,
        datetime: Instant,
        date: Date,
        str: String,
        int: BigInteger,
    }
