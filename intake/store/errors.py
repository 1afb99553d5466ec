"""What went wrong in a database, told from its codes; no error names a stored value."""

import sqlite3
from typing import Any

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

# In WAL mode a full disk may show first where the shared index cannot grow.
_SQLITE_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
_SQLITE_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_PRIMARY = 0xFF  # sqlite.org/rescode.html: the low byte of an extended code

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_DISK_FULL = "53100"
_POSTGRESQL_BUSY = (
    "08",  # the connection was lost
    "40001",  # serialization_failure
    "40P01",  # deadlock_detected
    "53300",  # too_many_connections
    "55P03",  # lock_not_available
    "57014",  # query_canceled
    "57P0",  # the server is stopping or starting
)
_DATA_EXCEPTION = "22"


def is_full(error: BaseException) -> bool:
    """Whether nothing could be stored because the disk, or the database's limit, is full."""
    code = _sqlite_code(error)
    return code in _SQLITE_FULL or _primary(code) in _SQLITE_FULL or _state(error) == _DISK_FULL


def is_busy(error: BaseException) -> bool:
    """Whether the same may succeed later: it waited too long, or the database was away."""
    if isinstance(error, PoolTimeoutError):
        return True
    return (
        _primary(_sqlite_code(error)) in _SQLITE_BUSY
        or (_state(error) or "").startswith(_POSTGRESQL_BUSY)
        or _was_unreachable(error)
    )


def hide_values(context: ExceptionContext) -> None:
    """Take the stored values out of a PostgreSQL error's text; for the event `handle_error`.

    `hide_parameters` hides what was sent; the server's detail repeats it: `Key (ref)=(…)`.
    """
    diagnosis = getattr(context.original_exception, "diag", None)
    if diagnosis is None or diagnosis.sqlstate is None:
        return
    text = _without_values(diagnosis)
    context.original_exception.args = (text,)
    if context.sqlalchemy_exception is not None:
        name = type(context.original_exception).__name__
        context.sqlalchemy_exception.args = (f"(psycopg.{name}) {text}",)


def _without_values(diagnosis: Any) -> str:  # noqa: ANN401 - psycopg is an extra
    if diagnosis.sqlstate.startswith(_DATA_EXCEPTION):
        return f"[{diagnosis.sqlstate}]"  # its sentence quotes what could not be read
    return f"[{diagnosis.sqlstate}] {diagnosis.message_primary}"


def _driver_error(error: BaseException) -> Any:  # noqa: ANN401 - each driver has its own
    return error.orig if isinstance(error, DBAPIError) else error


def _sqlite_code(error: BaseException) -> int | None:
    code: int | None = getattr(_driver_error(error), "sqlite_errorcode", None)
    return code


def _primary(code: int | None) -> int | None:
    return None if code is None else code & _PRIMARY


def _state(error: BaseException) -> str | None:
    state: str | None = getattr(_driver_error(error), "sqlstate", None)
    return state


def _was_unreachable(error: BaseException) -> bool:
    """PostgreSQL gave no code, since there was no connection to give it on."""
    driver = _driver_error(error)
    return (
        type(driver).__name__ == "OperationalError"
        and hasattr(driver, "sqlstate")
        and driver.sqlstate is None
    )
