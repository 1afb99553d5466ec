"""Statements are compiled once a process, and not again for every database of a test."""

from typing import Any, Final

import sqlalchemy
from sqlalchemy import Dialect, Engine, event

from intake.store import engine

_SPOKEN: Final[dict[str, Dialect]] = {}
"""The first dialect of each kind that has met a database; what was compiled belongs to it."""
_COMPILED: Final[dict[Any, Any]] = {}


def compile_once() -> None:
    """Let every engine that the store makes in this process speak the same dialect."""
    engine.create_engine = _create  # type: ignore[attr-defined]


def _create(*args: Any, **options: Any) -> Engine:  # noqa: ANN401 - as SQLAlchemy's own
    made = sqlalchemy.create_engine(
        *args, **options, execution_options={"compiled_cache": _COMPILED}
    )
    if (spoken := _SPOKEN.get(made.dialect.name)) is not None:
        made.dialect = spoken
    else:
        event.listen(
            made, "connect", lambda *_: _SPOKEN.setdefault(made.dialect.name, made.dialect)
        )
    return made
