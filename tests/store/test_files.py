from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from intake.store import files
from intake.store.engine import reading, writing
from intake.store.tables import BlobRow, DraftRow
from tests.store import rows


def kept(engine: Engine, owner: UUID, size: int = 4096) -> UUID:
    """A file of an owner."""
    blob = BlobRow(uuid4(), owner, 1, size)
    with writing(engine) as session:
        session.add(blob)
    return blob.id


def draft(engine: Engine) -> UUID:
    row = DraftRow(uuid4(), rows.BOX, rows.DAY)
    with writing(engine) as session:
        session.add(row)
    return row.id


def case(engine: Engine, stage: str) -> UUID:
    row = rows.case()
    row.stage = stage
    with writing(engine) as session:
        session.add(row)
    return row.id


def test_what_nobody_opened_yet_is_counted_together(engine: Engine) -> None:
    kept(engine, draft(engine), 3 * 2**30)
    kept(engine, case(engine, "received"), 4096)
    kept(engine, case(engine, "screening"), 70)
    with reading(engine) as session:
        assert files.unread_bytes(session) == 3 * 2**30 + 4096


def test_without_files_there_are_no_bytes(engine: Engine) -> None:
    with reading(engine) as session:
        assert files.unread_bytes(session) == 0


@pytest.mark.parametrize("stage", ["received", "active", "closed"])
def test_the_files_of_a_case_are_owned_and_counted(engine: Engine, stage: str) -> None:
    mine = kept(engine, case(engine, stage))
    with reading(engine) as session:
        assert files.orphans(session) == frozenset()
        assert files.of_cases(session) == {mine: 1}


def test_a_file_is_an_orphan_once_its_owner_is_gone(engine: Engine) -> None:
    kept(engine, draft(engine))
    lost = {kept(engine, uuid4()), kept(engine, case(engine, "erased"))}
    with reading(engine) as session:
        assert files.orphans(session) == lost
        assert lost < files.known(session)


def test_what_is_removed_is_known_no_more(engine: Engine) -> None:
    owner = draft(engine)
    gone, left = kept(engine, owner), kept(engine, owner)
    with writing(engine) as session:
        files.remove(session, [gone])
    with reading(engine) as session:
        assert files.known(session) == {left}
