"""Killed at any moment, whatever was acknowledged is there once and whole; nothing is half."""

import os
import secrets
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from intake.casework import (
    Reader,
    Service,
    come_back,
    conversation,
    enter,
    open_case,
    read_draft,
    read_report,
    resume,
    verify,
)
from intake.form.events import NARRATIVE
from intake.form.people import CONTACT_VALUE
from intake.store.engine import connect
from intake.store.migrations import upgrade
from intake.store.tables import CaseKeysRow, CaseRow, DocumentRow, DraftRow, MailboxRow
from tests.conftest import Length
from tests.people import COORDINATOR, PASSPHRASES, Installation, copy_rows, service_in, sign_in
from tests.postgresql import CannotStart, Server, server
from tests.proof.load import Load, Told
from tests.running import Running

KILLS = {"short": 2, "long": 200}
LONGEST = 2.0
DOCUMENTS = Counter(
    {
        ("identity", "report"): 1,
        ("account", "report"): 1,
        ("intimate", "report"): 1,
        ("facts", "report"): 1,
        ("mail", "message"): 1,
    }
)


@dataclass
class Database:
    """Where the rows are; `kill` ends its server, if it has one, and starts it again."""

    url: str | None
    kill: Callable[[], None] | None = None


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, installation: Installation) -> Iterator[Database]:
    """An empty SQLite, or a PostgreSQL of its own that keeps its promises."""
    if request.param == "sqlite":
        yield Database(None)
        return
    try:
        with server(durable=True) as own, own.database() as url:
            source = service_in(installation.folder)
            target = connect(url)
            upgrade(target)
            copy_rows(source.engine, target)
            source.engine.dispose()
            target.dispose()
            yield Database(url, lambda: kill_and_start(own))
    except CannotStart as error:
        if os.environ.get("INTAKE_CI") == "1":
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


def kill_and_start(own: Server) -> None:
    own.stop()
    own.start_again()


def test_what_was_acknowledged_survives_every_kill(
    installation: Installation, database: Database, tmp_path: Path, length: Length
) -> None:
    folder = tmp_path / "instance"
    shutil.copytree(installation.folder, folder)
    environ = {"INTAKE_DATABASE_URL": database.url} if database.url else {}
    site = Running(folder, ("serve", "worker"), environ)
    load = Load(site.port)
    try:
        site.start()
        with load.under_way():
            for number in range(KILLS[length]):
                kill_at_a_random_moment(site, load, database.kill if number % 3 == 1 else None)
            load.wait_for_more()
    finally:
        site.kill()
    assert load.failures == []

    service = service_in(folder, database.url)
    assert_nothing_is_half(service)
    assert_all_are_there_once(service, load.acknowledged)
    assert_drafts_are_there(service, load.saved)
    assert verify.verify(service) == ()
    service.engine.dispose()


def kill_at_a_random_moment(
    site: Running, load: Load, kill_database: Callable[[], None] | None
) -> None:
    load.wait_for_more()
    time.sleep(secrets.randbelow(1000) / 1000 * LONGEST)
    if kill_database:
        kill_database()
    site.kill()
    site.start()


def assert_nothing_is_half(service: Service) -> None:
    """Each case has all of its documents, both wraps and its mailbox, and no row is alone."""
    with service.reading() as session:
        cases = set(session.scalars(select(CaseRow.id)))
        assert set(session.scalars(select(MailboxRow.case_id))) == cases
        documents = session.execute(
            select(DocumentRow.case_id, DocumentRow.compartment, DocumentRow.kind)
        )
        of_case: dict[object, Counter[tuple[str, str]]] = {id_: Counter() for id_ in cases}
        for id_, compartment, kind in documents:
            of_case[id_][(compartment, kind)] += 1
        assert [found for found in of_case.values() if found != DOCUMENTS] == []
        assert set(session.scalars(select(CaseKeysRow.case_id))) == cases
        wraps = session.execute(
            select(CaseKeysRow.case_id, func.count()).group_by(CaseKeysRow.case_id)
        )
        assert [tuple(row) for row in wraps if row[1] != 2] == []


def assert_all_are_there_once(service: Service, told: list[Told]) -> None:
    """Each opens with its code, and at the desk each stands in one case."""
    now = datetime.now(UTC)
    for one in told:
        assert conversation(service, enter(service, one.code, now=now), now=now).entries
    words = PASSPHRASES[COORDINATOR]
    cookie = sign_in(service, COORDINATOR, words, known=None, now=now).cookie
    reader = resume(service, cookie, now=now)
    with service.reading() as session:
        references = list(session.scalars(select(CaseRow.ref)))
    found = Counter(narrative(reader, ref, now) for ref in references)
    assert set(found.values()) == {1}
    assert {one.words for one in told} <= found.keys()


def assert_drafts_are_there(service: Service, saved: list[Told]) -> None:
    """Each opens with its code and holds every word; of what was sent no draft is left."""
    now = datetime.now(UTC)
    for one in saved:
        draft = read_draft(service, come_back(service, one.code, now=now).draft or "", now=now)
        assert draft.draft.answers[NARRATIVE] == one.words
        assert draft.draft.answers[CONTACT_VALUE] == one.words
    with service.reading() as session:
        assert session.scalar(select(func.count()).select_from(DraftRow)) == len(saved)


def narrative(reader: Reader, ref: str, now: datetime) -> str:
    open_case(reader, ref, now=now)
    read = read_report(reader, ref, now=now)
    assert read.differences == ()
    (account,) = [section for section in read.sections if section.compartment == "account"]
    return str((account.answers or {})["narrative"])
