from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.exc import DBAPIError

from intake.store.engine import connect, reading, writing
from intake.store.service import AttemptRow
from intake.store.tables import CaseRow
from tests.store import rows

BUCKET = b"bucket"


@pytest.fixture
def sqlite_connections(sqlite_engine: Engine) -> Iterator[list[Any]]:
    """Every connection that the pool gives while others are in use."""
    with ExitStack() as open_ones:
        yield [open_ones.enter_context(reading(sqlite_engine)) for _ in range(4)]


@pytest.mark.parametrize(
    ("pragma", "expected"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("busy_timeout", 20_000),
        ("temp_store", 2),  # MEMORY
        ("trusted_schema", 0),
    ],
)
def test_every_connection_to_sqlite_keeps_to_the_pragmas(
    sqlite_connections: list[Any], pragma: str, expected: object
) -> None:
    told = [session.scalar(text(f"PRAGMA {pragma}")) for session in sqlite_connections]
    assert told == [expected] * 4


@pytest.mark.parametrize(
    ("setting", "expected"),
    [("lock_timeout", "20s"), ("synchronous_commit", "on"), ("timezone", "UTC")],
)
def test_every_connection_to_postgresql_keeps_to_the_settings(
    postgresql_url: str, setting: str, expected: str
) -> None:
    engine = connect(postgresql_url)
    for _ in range(2):
        with reading(engine) as session:
            assert session.scalar(text(f"SHOW {setting}")) == expected
            session.rollback()
            assert session.scalar(text(f"SHOW {setting}")) == expected
    engine.dispose()


def test_a_connection_serves_one_thread_after_the_other(engine: Engine) -> None:
    def read(_turn: int) -> int | None:
        with reading(engine) as session:
            return session.scalar(select(func.count()).select_from(CaseRow))

    for turn in range(3):
        with ThreadPoolExecutor(1) as another:
            assert another.submit(read, turn).result() == 0


def test_a_database_in_memory_keeps_what_was_written() -> None:
    engine = connect("sqlite://")
    AttemptRow.metadata.create_all(engine)
    _count(engine)
    assert _counted(engine) == 1
    engine.dispose()


def test_read_modify_writes_at_the_same_time_lose_nothing(engine: Engine) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(_count, [engine] * 60))
    assert _counted(engine) == 60


def test_a_write_that_fails_half_way_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(RuntimeError):
        _fail_half_way(engine)
    assert _cases(engine) == 0


def test_reading_sees_what_was_there_while_somebody_writes(engine: Engine) -> None:
    with writing(engine) as session:
        session.add(rows.case())
        session.flush()
        assert _cases(engine) == 0
    assert _cases(engine) == 1


def test_a_reader_keeps_one_view_while_others_write(engine: Engine) -> None:
    with reading(engine) as session:
        before = session.scalar(select(func.count()).select_from(CaseRow))
        with writing(engine) as other:
            other.add(rows.case())
        assert session.scalar(select(func.count()).select_from(CaseRow)) == before == 0


def test_a_reader_cannot_write(engine: Engine) -> None:
    with reading(engine) as session:
        session.add(rows.case())
        with pytest.raises(DBAPIError, match=r"read-?only"):
            session.flush()


def test_who_only_read_before_may_write_now(engine: Engine) -> None:
    _cases(engine)
    with writing(engine) as session:
        session.add(rows.case())
    assert _cases(engine) == 1


def test_the_writers_lock_is_free_after_a_commit_and_after_a_failure(engine: Engine) -> None:
    with writing(engine):
        pass
    with pytest.raises(RuntimeError):
        _fail_half_way(engine)
    with ThreadPoolExecutor(1) as another:
        another.submit(_count, engine).result()
    assert _counted(engine) == 1


def test_of_two_saves_of_one_version_the_second_changes_nothing(engine: Engine) -> None:
    row = rows.case()
    with writing(engine) as session:
        session.add(row)
    saves = [_save(engine, row, version=1, level=level) for level in ("u1", "u3")]
    with reading(engine) as session:
        assert (saves, session.scalars(select(CaseRow.level)).all()) == ([1, 0], ["u1"])


def _fail_half_way(engine: Engine) -> None:
    with writing(engine) as session:
        session.add(rows.case())
        session.flush()
        raise RuntimeError


def _save(engine: Engine, row: CaseRow, *, version: int, level: str) -> int:
    with writing(engine) as session:
        saved = session.scalars(
            update(CaseRow)
            .where(CaseRow.id == row.id, CaseRow.version == version)
            .values(level=level, version=version + 1)
            .returning(CaseRow.id)
        )
        return len(saved.all())


def _count(engine: Engine) -> None:
    with writing(engine) as session:
        row = session.get(AttemptRow, BUCKET)
        if row is None:
            session.add(AttemptRow(BUCKET, rows.DAY, 1))
        else:
            row.count += 1


def _counted(engine: Engine) -> int | None:
    with reading(engine) as session:
        return session.scalar(select(AttemptRow.count))


def _cases(engine: Engine) -> int | None:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(CaseRow))
