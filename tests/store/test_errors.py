import sqlite3
import traceback
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from intake.store.columns import Base
from intake.store.engine import connect, is_busy, is_full, reading, writing
from intake.store.people import SessionRow
from intake.store.tables import CaseRow
from intake.vault import Sealed
from tests.store import rows

PLANTED = "planted-9e41c7"


def _store(engine: Engine, *stored: Base) -> None:
    with writing(engine) as session:
        session.add_all(stored)


def test_a_full_sqlite_is_told_apart_and_nothing_is_half_stored(sqlite_engine: Engine) -> None:
    @event.listens_for(sqlite_engine, "checkout")
    def limit(connection: sqlite3.Connection, *_rest: object) -> None:
        connection.execute("PRAGMA max_page_count = 100").close()

    with pytest.raises(OperationalError) as caught:
        _store(sqlite_engine, rows.case(box=Sealed(bytes(10**6))))
    assert (is_full(caught.value), is_busy(caught.value)) == (True, False)
    _store(sqlite_engine, rows.case("kept"))
    with reading(sqlite_engine) as session:
        assert [row.ref for row in session.query(CaseRow)] == ["kept"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("53100", (True, False)),  # disk_full
        ("40001", (False, True)),
        ("40P01", (False, True)),
        ("55P03", (False, True)),
        ("57014", (False, True)),
        ("57P01", (False, True)),
        ("22012", (False, False)),  # division_by_zero
    ],
)
def test_postgresql_tells_full_and_busy_by_its_codes(
    postgresql_url: str, state: str, expected: tuple[bool, bool]
) -> None:
    engine = connect(postgresql_url)
    with pytest.raises(DBAPIError) as caught, writing(engine) as session:
        session.execute(text(f"DO $$ BEGIN RAISE EXCEPTION SQLSTATE '{state}'; END $$"))
    assert (is_full(caught.value), is_busy(caught.value)) == expected
    engine.dispose()


def test_a_second_writer_waits_and_then_is_told_that_it_is_busy(engine: Engine) -> None:
    impatient = connect(engine.url.render_as_string(hide_password=False))

    @event.listens_for(impatient, "connect")
    def hurry(connection: sqlite3.Connection, _record: object) -> None:
        sqlite = engine.dialect.name == "sqlite"
        connection.execute("PRAGMA busy_timeout = 1" if sqlite else "SET lock_timeout = 1")
        connection.commit()

    with (
        writing(engine),
        pytest.raises(OperationalError) as caught,
        writing(impatient),
    ):
        pytest.fail("two writers at once")
    assert (is_full(caught.value), is_busy(caught.value)) == (False, True)
    _store(impatient, rows.case())
    impatient.dispose()


def test_a_database_that_is_away_is_busy(tmp_path: Path) -> None:
    engine = connect(f"postgresql://postgres@/intake?host={tmp_path}")
    with pytest.raises(OperationalError) as caught:
        _store(engine, rows.case())
    assert is_busy(caught.value)


def test_no_free_connection_is_busy() -> None:
    assert is_busy(PoolTimeoutError())


def test_a_missing_table_is_neither_full_nor_busy(database_url: str) -> None:
    engine = connect(database_url)
    with pytest.raises(DBAPIError) as caught:
        _store(engine, rows.case())
    assert (is_full(caught.value), is_busy(caught.value)) == (False, False)
    engine.dispose()


def test_a_row_must_not_point_at_nothing(engine: Engine) -> None:
    with pytest.raises(IntegrityError):
        _store(engine, rows.wrap(rows.case().id, ring="case"))


def test_a_wrap_has_one_reader(engine: Engine) -> None:
    somebody, told = rows.member(), rows.case()
    _store(engine, somebody, told)
    for wrap in (rows.wrap(told.id), rows.wrap(told.id, ring="case", member_id=somebody.id)):
        with pytest.raises(IntegrityError):
            _store(engine, wrap)


def _told(engine: Engine, *stored: Base) -> str:
    """Everything that a log could hold of the error that storing these rows raises."""
    with pytest.raises(IntegrityError) as caught:
        _store(engine, *stored)
    return "".join(traceback.format_exception(caught.value))


def test_an_error_about_two_equal_values_names_neither(engine: Engine) -> None:
    told = _told(engine, rows.case(PLANTED), rows.case(PLANTED))
    assert PLANTED not in told
    assert "IntegrityError" in told


def test_an_error_about_a_missing_row_names_no_id(engine: Engine) -> None:
    session = SessionRow(uuid4(), b"hash", uuid4(), rows.BOX, rows.DAY)
    told = _told(engine, session)
    assert not any(form in told for form in (str(session.member_id), session.member_id.hex))


def test_an_error_about_a_rule_names_nothing_of_the_row(engine: Engine) -> None:
    told = rows.case()
    _store(engine, told)
    wrap = rows.wrap(told.id)
    wrap.box = Sealed(PLANTED.encode())
    text_of_error = _told(engine, wrap)
    assert not any(
        form in text_of_error
        for form in (PLANTED, PLANTED.encode().hex(), str(told.id), told.id.hex)
    )


def test_an_error_about_an_unreadable_value_does_not_quote_it(postgresql_url: str) -> None:
    engine = connect(postgresql_url)
    with pytest.raises(DBAPIError) as caught, reading(engine) as session:
        session.execute(text("SELECT CAST(CAST(:told AS text) AS integer)"), {"told": PLANTED})
    assert PLANTED not in "".join(traceback.format_exception(caught.value))
    assert "22P02" in str(caught.value)
    engine.dispose()
