"""Rewriting the database's files, so that they hold neither what was deleted nor an order."""

from typing import Any

from sqlalchemy import Engine

from intake.store.schema import METADATA


def vacuum(engine: Engine) -> bool:
    """Whether all of it was rewritten; False: somebody was reading, and some is still there.

    Writers wait meanwhile. PostgreSQL's write-ahead log stays until the server reuses it.
    Raises what `is_busy` and `is_full` know.
    """
    if engine.dialect.name == "sqlite":
        return _vacuum_sqlite(engine)
    return _vacuum_postgresql(engine)


def _vacuum_sqlite(engine: Engine) -> bool:
    # Straight to the driver: within a transaction SQLite does not vacuum.
    connection = engine.raw_connection()
    try:
        cursor: Any = connection.cursor()
        cursor.execute("PRAGMA query_only = OFF")
        cursor.execute("VACUUM")
        # The rewritten pages are in the log; the file holds the old ones until it is emptied.
        was_hindered = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.close()
    finally:
        connection.close()
    return not was_hindered


def _vacuum_postgresql(engine: Engine) -> bool:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in METADATA.sorted_tables:
            # Like VACUUM FULL, and in the order of the random keys instead of arrival.
            connection.exec_driver_sql(f'CLUSTER "{table.name}" USING "pk_{table.name}"')
    return True
