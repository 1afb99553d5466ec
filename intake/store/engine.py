"""Connecting to SQLite or PostgreSQL so that both write one transaction at a time, durably."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session

from intake.store.errors import hide_values, is_busy, is_full

__all__ = ["connect", "is_busy", "is_full", "reading", "writing"]

PRAGMAS = (
    "busy_timeout = 20000",  # first: the others may have to wait for another process too
    "journal_mode = WAL",
    "synchronous = FULL",
    "secure_delete = ON",
    "foreign_keys = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
)
SETTINGS = (
    "lock_timeout = '20s'",
    "synchronous_commit = on",
    "timezone = 'UTC'",
)
_READING = "intake_reading"
_WRITERS_LOCK = 0x1A7A4E  # any fixed number; every writer of this program takes it


def connect(url: str) -> Engine:
    """An engine for `url`; parameters never appear in its errors or logs."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    return _postgresql(url)


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One write transaction: committed whole at the end, or not at all."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        session.connection()
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One consistent view; it never waits for a writer, and the database refuses to write."""
    with Session(engine.execution_options(**{_READING: True})) as session:
        yield session


def _is_reading(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(_READING))


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"isolation_level": None})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = _is_reading(connection)
        if connection.info.get(_READING) is not reads:  # it makes prepared statements void
            connection.exec_driver_sql(f"PRAGMA query_only = {reads:d}")
            connection.info[_READING] = reads
        # The driver's own transactions begin at the first write, and lose what was read before.
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: str) -> Engine:
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address, hide_parameters=True, pool_pre_ping=True)
    event.listen(engine, "handle_error", hide_values)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
        connection.execute("; ".join(f"SET {setting}" for setting in SETTINGS))
        connection.commit()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if _is_reading(connection):
            connection.exec_driver_sql(
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
            )
        else:
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITERS_LOCK}
            )

    return engine
