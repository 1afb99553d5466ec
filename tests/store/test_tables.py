from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from sqlalchemy import Engine, Table, select, text
from sqlalchemy.exc import OperationalError, StatementError

from intake.store.engine import connect, reading, writing
from intake.store.migrations import upgrade
from intake.store.schema import METADATA
from intake.store.service import OutboxRow
from intake.store.tables import CaseRow
from tests.store import rows

ALMATY = timezone(timedelta(hours=5))

# Keys that are not a random id alone, and why they tell no order of arrival.
OTHER_KEYS = {
    "attempt": ["bucket"],  # keyed
    "audit": ["seq"],  # the log is a chain, its order is the point
    "document": ["place"],  # random
    "facets": ["place"],  # random
    "mailbox": ["case_id"],  # random
    "ring": ["name", "generation"],  # a handful, made by the desk
    "ring_member": ["ring", "generation", "member_id"],
    "setting": ["name"],
}


NUMBERED = {"document", "facets"}


@pytest.mark.parametrize("table", sorted(METADATA.tables.keys() - NUMBERED))
def test_no_table_of_sqlite_has_row_numbers(sqlite_engine: Engine, table: str) -> None:
    with reading(sqlite_engine) as session, pytest.raises(OperationalError, match="rowid"):
        session.execute(text(f'SELECT rowid FROM "{table}"'))  # noqa: S608 - our own names


@pytest.mark.parametrize("table", sorted(NUMBERED))
def test_where_rows_have_numbers_they_are_random(sqlite_engine: Engine, table: str) -> None:
    with writing(sqlite_engine) as session:
        for row in rows.one_of_each():
            session.add(row)
            session.flush()
    with reading(sqlite_engine) as session:
        query = text(f"SELECT rowid, place FROM {table}")  # noqa: S608 - our own names
        found = session.execute(query).all()
    assert found
    assert all(number == place > 2**32 for number, place in found)


@pytest.mark.parametrize("table", METADATA.tables.values(), ids=str)
def test_a_row_is_known_by_a_random_id(table: Table) -> None:
    assert list(table.primary_key.columns.keys()) == OTHER_KEYS.get(table.name, ["id"])


def test_no_database_numbers_the_rows(engine: Engine) -> None:
    numbering = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'",
        "postgresql": "SELECT count(*) FROM pg_class WHERE relkind = 'S'",
    }
    with reading(engine) as session:
        assert session.scalar(text(numbering[engine.dialect.name])) == 0


def test_every_row_comes_back_as_it_was_stored(engine: Engine) -> None:
    stored = rows.one_of_each()
    with writing(engine) as session:
        for row in stored:
            session.add(row)
            session.flush()
    assert {row.__tablename__ for row in stored} == set(METADATA.tables)
    for row in stored:
        with reading(engine) as session:
            key = [getattr(row, column.name) for column in type(row).__table__.primary_key]
            assert session.get_one(type(row), key) == row


@pytest.mark.parametrize("zone", [UTC, ALMATY], ids=["UTC", "Almaty"])
def test_a_time_comes_back_aware_in_utc(engine: Engine, zone: timezone) -> None:
    told = rows.case()
    told.hour = rows.HOUR.astimezone(zone)
    with writing(engine) as session:
        session.add(told)
    with reading(engine) as session:
        read = session.scalars(select(CaseRow.hour)).one()
    assert (read, read.tzinfo) == (rows.HOUR, UTC)


def test_a_time_is_in_utc_whatever_the_zone_of_the_connection(postgresql_url: str) -> None:
    engine = connect(postgresql_url)
    upgrade(engine)
    with writing(engine) as session:
        session.add(rows.case())
        session.execute(text("SET LOCAL timezone = 'Asia/Almaty'"))
        read = session.scalars(select(CaseRow.hour)).one()
    assert (read, read.tzinfo) == (rows.HOUR, UTC)
    engine.dispose()


@pytest.mark.parametrize("zone", [UTC, ALMATY], ids=["UTC", "Almaty"])
def test_a_time_is_compared_as_an_instant(engine: Engine, zone: timezone) -> None:
    with writing(engine) as session:
        session.add(OutboxRow(uuid4(), "urgent", rows.HOUR, rows.BOX))
    with reading(engine) as session:
        for hours, expected in ((-1, 0), (0, 1), (1, 1)):
            until = (rows.HOUR + timedelta(hours=hours)).astimezone(zone)
            due = session.scalars(select(OutboxRow.id).where(OutboxRow.due <= until)).all()
            assert len(due) == expected


def test_a_time_without_a_zone_is_not_stored(engine: Engine) -> None:
    told = rows.case()
    told.hour = datetime(2026, 11, 18, 9)  # noqa: DTZ001 - that is the point
    with pytest.raises(StatementError, match="without a zone"), writing(engine) as session:
        session.add(told)
