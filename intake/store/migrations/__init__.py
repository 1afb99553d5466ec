"""The schema's history, and bringing a database up to date with it."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from intake.store.engine import reading


class UnknownSchema(Exception):  # noqa: N818 - reads as what is the matter
    """The database was made by a newer version of this program."""


class BrokenReference(Exception):  # noqa: N818
    """A migration left a row that points at nothing; nothing was changed."""


def upgrade(engine: Engine) -> None:
    """Create the tables or bring them to the newest revision, under the writers' lock.

    All of it or nothing; of two processes the second finds the work done.
    Raises `UnknownSchema`, `BrokenReference`.
    """
    with altering(engine) as connection:
        if _revision(connection) == newest():
            return
        _refuse_unknown(connection)
        command.upgrade(_config(connection), "head")


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest revision."""
    with reading(engine) as session:
        return _revision(session.connection()) == newest()


def newest() -> str | None:
    """The newest revision that this program knows."""
    return _script().get_current_head()


@contextmanager
def altering(engine: Engine) -> Iterator[Connection]:
    """A write transaction in which tables may change; raises `BrokenReference`.

    SQLite changes a table by copying and dropping it, which must not drop what points at it:
    references are checked at the end instead.
    """
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with engine.connect() as connection, _loose_references(connection), connection.begin():
        yield connection
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise BrokenReference


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "intake.store:migrations")
    return config


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_unknown(connection: Connection) -> None:
    known = {script.revision for script in _script().walk_revisions()}
    if _revision(connection) not in {None, *known}:
        raise UnknownSchema


@contextmanager
def _loose_references(connection: Connection) -> Iterator[None]:
    # Within a transaction the switch does nothing: sqlite.org/pragma.html#pragma_foreign_keys.
    driver = connection.connection.cursor()
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")
        driver.close()
