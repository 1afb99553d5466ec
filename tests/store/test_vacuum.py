import os
from collections.abc import Iterable
from pathlib import Path

import psycopg
from sqlalchemy import Engine, delete, select, text

from intake.store.engine import connect, reading, writing
from intake.store.migrations import upgrade
from intake.store.tables import CaseRow
from intake.store.vacuum import vacuum
from intake.vault import Sealed
from tests.postgresql import Server
from tests.store import rows

PLANTED = b"planted-51d0ae"
KEPT = b"kept-8c2b77"


def _plant(engine: Engine) -> None:
    """Many rows, of which every other is deleted again."""
    with writing(engine) as session:
        for number in range(200):
            what = PLANTED if number % 2 else KEPT
            session.add(rows.case(box=Sealed(what + os.urandom(3000) + what)))
    with writing(engine) as session:
        gone = [
            row.id
            for row in session.scalars(select(CaseRow))
            if row.state_box.startswith(PLANTED)
        ]
        session.execute(delete(CaseRow).where(CaseRow.id.in_(gone)))


def _found(what: bytes, files: Iterable[Path]) -> bool:
    return any(what in file.read_bytes() for file in files if file.is_file())


def test_nothing_deleted_is_left_in_the_files_of_sqlite(
    sqlite_engine: Engine, instance: Path
) -> None:
    _plant(sqlite_engine)
    assert _found(PLANTED, instance.iterdir())  # in the log
    assert vacuum(sqlite_engine)
    assert _found(KEPT, instance.iterdir())
    assert not _found(PLANTED, instance.iterdir())
    assert (instance / "intake.db-wal").stat().st_size == 0


def test_a_reader_hinders_and_is_not_hurt(sqlite_engine: Engine) -> None:
    _plant(sqlite_engine)
    impatient = connect(sqlite_engine.url.render_as_string())
    with reading(sqlite_engine) as session:
        before = len(session.scalars(select(CaseRow.id)).all())
        with writing(impatient) as other:
            other.execute(text("PRAGMA busy_timeout = 1"))
        assert not vacuum(impatient)
        assert len(session.scalars(select(CaseRow.id)).all()) == before
    assert vacuum(impatient)
    impatient.dispose()


def test_nothing_deleted_is_left_in_the_tables_of_postgresql(
    postgresql: Server, postgresql_url: str
) -> None:
    engine = connect(postgresql_url)
    upgrade(engine)
    _plant(engine)
    assert _found(PLANTED, _tables(postgresql, postgresql_url))
    assert vacuum(engine)
    assert _found(KEPT, _tables(postgresql, postgresql_url))
    assert not _found(PLANTED, _tables(postgresql, postgresql_url))
    engine.dispose()


def test_rows_do_not_lie_in_order_of_arrival_in_postgresql(postgresql_url: str) -> None:
    engine = connect(postgresql_url)
    upgrade(engine)
    _plant(engine)
    assert vacuum(engine)
    with reading(engine) as session:
        lying = session.scalars(select(CaseRow.id).order_by(text("ctid"))).all()
    assert lying == sorted(lying)
    engine.dispose()


def test_rows_do_not_lie_in_order_of_arrival_in_sqlite(
    sqlite_engine: Engine, instance: Path
) -> None:
    _plant(sqlite_engine)
    assert vacuum(sqlite_engine)
    file = (instance / "intake.db").read_bytes()
    with reading(sqlite_engine) as session:
        query = select(CaseRow.state_box).order_by(CaseRow.id)
        places = [file.index(box[-100:]) for box in session.scalars(query)]
        free_pages = session.scalar(text("PRAGMA freelist_count"))
    assert places == sorted(places)
    assert free_pages == 0


def test_a_vacuumed_database_takes_rows_as_before(engine: Engine) -> None:
    with reading(engine) as session:
        session.scalars(select(CaseRow.id)).all()
    assert vacuum(engine)
    with writing(engine) as session:
        session.add(rows.case("after"))
    with reading(engine) as session:
        assert session.scalars(select(CaseRow.ref)).all() == ["after"]


def _tables(server: Server, url: str) -> list[Path]:
    """The files of one database, with everything in them that is in memory still."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        found = connection.execute(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        )
        (number,) = found.fetchone() or (0,)
    return list((server.data / "base" / str(number)).iterdir())
