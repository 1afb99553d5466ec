import re
import sqlite3
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import (
    Connection,
    Date,
    Engine,
    LargeBinary,
    Uuid,
    column,
    func,
    inspect,
    select,
    table,
    text,
)

from intake.store.engine import connect, reading, writing
from intake.store.migrations import (
    BrokenReference,
    UnknownSchema,
    altering,
    is_current,
    upgrade,
)
from intake.store.migrations.versions import r0001_first, r0002_drafts
from intake.store.people import MemberRow
from intake.store.schema import METADATA
from intake.store.tables import DraftRow
from tests.store import rows

RELEASED = sorted((Path(__file__).parent / "schemas").glob("*.sqlite.sql"))
# What SQLite was told, or what PostgreSQL made of it; neither depends on the order of tables.
SCHEMA = {
    "sqlite": "SELECT name || ': ' || coalesce(sql, '') FROM sqlite_master",
    "postgresql": """
        SELECT format('%s.%s %s %s', table_name, column_name, data_type, is_nullable)
            FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL
            SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT relname FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
    """,
}


def _schema(engine: Engine) -> list[str]:
    with reading(engine) as session:
        lines = session.scalars(text(SCHEMA[engine.dialect.name]))
        return sorted(_folded(line) for line in lines if "alembic_version" not in line)


def _folded(line: str) -> str:
    """Without what depends on how a table came to be: quotes, and the order of its parts."""
    head, _bracket, body = line.replace('"', "").partition("(")
    body, _bracket, tail = body.rpartition(")")
    parts = re.split(r",(?![^(]*\))", body)
    return " | ".join([head, *sorted(" ".join(part.split()) for part in parts), tail.strip()])


def _declared(engine: Engine) -> list[str]:
    """The schema as the table classes declare it, made in place of the migrated one."""
    METADATA.drop_all(engine)
    METADATA.create_all(engine)
    return _schema(engine)


def test_an_empty_database_is_not_current_until_it_is_upgraded(database_url: str) -> None:
    engine = connect(database_url)
    before = is_current(engine)
    upgrade(engine)
    assert (before, is_current(engine)) == (False, True)
    engine.dispose()


def test_alembic_finds_nothing_to_migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_migrations_make_exactly_what_the_classes_declare(engine: Engine) -> None:
    migrated = _schema(engine)
    assert len(migrated) > len(METADATA.tables)
    assert migrated == _declared(engine)


def test_an_upgrade_keeps_every_row(engine: Engine) -> None:
    with writing(engine) as session:
        session.add(rows.member())
    upgrade(engine)
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(MemberRow)) == 1


@pytest.mark.parametrize("dump", RELEASED, ids=lambda path: path.name)
def test_every_released_schema_is_upgraded_with_its_rows(dump: Path, tmp_path: Path) -> None:
    upgraded, fresh = (connect(f"sqlite:///{tmp_path / name}") for name in ("old.db", "new.db"))
    with sqlite3.connect(tmp_path / "old.db") as connection:
        connection.executescript(dump.read_text())
    connection.close()
    with reading(upgraded) as session:
        before = set(inspect(session.connection()).get_table_names())
    upgrade(upgraded)
    upgrade(fresh)
    assert _schema(upgraded) == _schema(fresh)
    with reading(upgraded) as session:
        for each in before & METADATA.tables.keys():
            assert session.scalar(select(func.count()).select_from(METADATA.tables[each])), each
        assert session.scalar(text("SELECT count(*) FROM pragma_foreign_key_check")) == 0
    upgraded.dispose()
    fresh.dispose()


def test_every_schema_is_written_down() -> None:
    assert [path.name for path in RELEASED] == [
        "0001.sqlite.sql",
        "0002.sqlite.sql",
        "0003.sqlite.sql",
        "0004.sqlite.sql",
        "0005.sqlite.sql",
        "0006.sqlite.sql",
    ]


FIRST_DRAFTS = table(
    "draft", column("id", Uuid), column("box", LargeBinary), column("day", Date)
)


def as_revision(connection: Connection) -> AbstractContextManager[object]:
    return Operations.context(MigrationContext.configure(connection))


def test_a_draft_of_the_first_schema_is_at_its_first_revision_and_not_saved(
    database_url: str,
) -> None:
    engine, draft = connect(database_url), rows.draft()
    with altering(engine) as connection, as_revision(connection):
        r0001_first.upgrade()
        connection.execute(
            FIRST_DRAFTS.insert().values(id=draft.id, box=draft.box, day=draft.day)
        )
        r0002_drafts.upgrade()
    with reading(engine) as session:
        kept = session.scalars(select(DraftRow)).one()
    assert (kept.id, kept.box, kept.day) == (draft.id, draft.box, draft.day)
    assert (kept.revision, kept.key_box, kept.look_up) == (1, None, None)
    engine.dispose()


def test_changing_a_table_keeps_what_points_at_it_and_gives_it_no_row_numbers(
    sqlite_engine: Engine,
) -> None:
    with writing(sqlite_engine) as session:
        for row in rows.one_of_each():
            session.add(row)
            session.flush()
    _change(sqlite_engine)
    with reading(sqlite_engine) as session:
        made = session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'member'"))
        assert "WITHOUT ROWID" in (made or "")
        assert session.scalar(text("SELECT count(*) FROM credential")) == 1
        assert session.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_change_that_leaves_a_row_pointing_at_nothing_is_undone(
    sqlite_engine: Engine,
) -> None:
    with writing(sqlite_engine) as session:
        for row in rows.one_of_each():
            session.add(row)
            session.flush()
    with pytest.raises(BrokenReference), altering(sqlite_engine) as connection:
        connection.execute(text("DELETE FROM member"))
    with reading(sqlite_engine) as session:
        assert session.scalar(select(func.count()).select_from(MemberRow)) == 1


def test_a_database_of_a_newer_program_is_left_alone(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = _schema(engine)
    with pytest.raises(UnknownSchema):
        upgrade(engine)
    assert _schema(engine) == before


START = """
import sys
from intake.store.engine import connect
from intake.store.migrations import upgrade
print("ready", flush=True)
sys.stdin.readline()
upgrade(connect(sys.argv[1]))
"""


def test_processes_that_start_at_once_upgrade_once(
    database_url: str, pytestconfig: pytest.Config
) -> None:
    started = [_process(database_url, pytestconfig.rootpath) for _ in range(3)]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    told = [process.communicate("go\n") for process in started]
    assert [
        (process.returncode, err) for process, (_, err) in zip(started, told, strict=True)
    ] == [(0, "")] * 3
    engine = connect(database_url)
    assert is_current(engine)
    engine.dispose()


def _process(url: str, root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START, url],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _change(engine: Engine) -> None:
    """Change a table as a later revision would."""
    with altering(engine) as connection:
        changes = Operations(MigrationContext.configure(connection))
        with changes.batch_alter_table("member") as member:
            member.alter_column("state", nullable=True)
