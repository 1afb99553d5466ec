"""Statements and templates are compiled once a process, and not again for every test."""

from types import CodeType
from typing import Any, Final

import sqlalchemy
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine, event
from typing_extensions import override

from intake.store import engine

_SPOKEN: Final[dict[str, Dialect]] = {}
"""The first dialect of each kind that has met a database; what was compiled belongs to it."""
_COMPILED: Final[dict[Any, Any]] = {}


class _Templates(BytecodeCache):
    """Compiled templates by name and place, as long as their source stays what it was."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    @override
    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    @override
    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


def compile_once() -> None:
    """Let every engine speak the same dialect, and every application share its templates."""
    engine.create_engine = _create  # type: ignore[attr-defined]
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": _Templates()}


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
