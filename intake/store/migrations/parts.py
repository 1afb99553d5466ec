"""The columns and constraints that revisions are written in; released ones rely on them."""

from typing import Any

import sqlalchemy as sa
from alembic import op


def create(table: str, *parts: sa.schema.SchemaItem) -> None:
    """A table; in SQLite without row numbers, which tell the order of arrival."""
    op.create_table(table, *parts, sqlite_with_rowid=False)


def index(table: str, column: str) -> None:
    """An index over one column."""
    op.create_index(f"ix_{table}_{column}", table, [column])


def identifier() -> sa.Column[Any]:
    """The column of a random id."""
    return sa.Column("id", sa.Uuid, nullable=False)


def reference(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A column that holds another row's id."""
    return sa.Column(name, sa.Uuid, nullable=nullable)


def text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A column of codes or names."""
    return sa.Column(name, sa.String, nullable=nullable)


def bytes_(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A column of what is sealed, hashed or a public key."""
    return sa.Column(name, sa.LargeBinary, nullable=nullable)


def number(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A column of whole numbers, 64 bits, that no database counts up by itself."""
    return sa.Column(name, sa.BigInteger, nullable=nullable, autoincrement=False)


def place() -> sa.Column[Any]:
    """The column of a random row number; in SQLite the table's own."""
    kind = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    return sa.Column("place", kind, nullable=False, autoincrement=False)


def time(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A column of instants in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def day() -> sa.Column[Any]:
    """The column of a day on which something expires."""
    return sa.Column("day", sa.Date, nullable=False)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """A primary key."""
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    """A constraint: no two rows share these values."""
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def points_at(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A constraint: `column` names a row that exists; `target` is `table.column`."""
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")
