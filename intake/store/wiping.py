"""Leaving nothing of deleted rows behind, where the nightly rewriting comes too late."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from intake.store.columns import Base
from intake.store.errors import is_busy

BUSY_MILLISECONDS: Final = 2_000
"""How long one try waits for readers; writers wait meanwhile too."""


def wipe(engine: Engine, tables: Sequence[type[Base]]) -> bool:
    """Whether nothing is left of rows deleted from `tables`; False: somebody was in the way.

    SQLite: the write-ahead log is emptied into a file that has zeros in their place.
    PostgreSQL: the tables are written anew; its own log stays until the server reuses it.
    """
    if engine.dialect.name == "sqlite":
        return _empty_log(engine)
    return _write_anew(engine, tables)


def _empty_log(engine: Engine) -> bool:
    # Straight to the driver: within a transaction SQLite empties nothing.
    connection = engine.raw_connection()
    try:
        cursor: Any = connection.cursor()
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        was_hindered = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {before}")
        cursor.close()
    finally:
        connection.close()
    return not was_hindered


def _write_anew(engine: Engine, tables: Sequence[type[Base]]) -> bool:
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in tables:
                connection.exec_driver_sql(f'VACUUM (FULL) "{table.__tablename__}"')
    except OperationalError as error:
        if is_busy(error):
            return False
        raise
    return True
