"""Killed at any moment, whatever was acknowledged is there once and whole; nothing is half."""

import os
import secrets
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from intake.casework import (
    Reader,
    Service,
    conversation,
    enter,
    open_case,
    read_report,
    receipt,
    resume,
    sign_in,
    verify,
)
from intake.store.engine import connect
from intake.store.migrations import upgrade
from intake.store.tables import CaseKeysRow, CaseRow, DocumentRow, MailboxRow
from tests.people import COORDINATOR, PASSPHRASES, Installation, copy_rows, service_in
from tests.postgresql import CannotStart, Server, server
from tests.proof.caller import Answer, Caller, Lost, fields
from tests.proof.conftest import Length
from tests.running import PATIENCE, Running

KILLS = {"short": 4, "long": 200}
CLIENTS = 4
LONGEST = 2.0
WAIT = 0.05
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
class Told:
    """One report: what it says, and the code that its receipt showed."""

    words: str
    code: str = field(repr=False)


class Load:
    """Clients that send one report after another and write down what was acknowledged.

    Whoever gets no answer sends the same form again until one comes, as people do.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.acknowledged: list[Told] = []
        self.failures: list[BaseException] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._send_reports) for _ in range(CLIENTS)]

    @contextmanager
    def under_way(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in self._threads:
                thread.join()

    def wait_for_more(self) -> None:
        """Until another report was acknowledged."""
        known, until = len(self.acknowledged), time.monotonic() + PATIENCE
        while len(self.acknowledged) == known:
            assert not self.failures, self.failures
            assert time.monotonic() < until, "no report is acknowledged any more"
            time.sleep(WAIT)

    def _send_reports(self) -> None:
        try:
            while not self._stop.is_set():
                self._send_one()
        except BaseException as error:  # noqa: BLE001 - told by the test, not by its thread
            self.failures.append(error)

    def _send_one(self) -> None:
        caller, words = Caller(self.port), secrets.token_hex(8)
        page = self._until_answered(lambda: caller.get("/en/urgent/"))
        form = {name: values[0] for name, values in fields(page, "/urgent/").items()}
        form |= {"narrative": words, "victim_status": "police_custody"}
        promised = receipt(form["once"], received_at=datetime.now(UTC)).code
        sent = self._until_answered(lambda: caller.post("/en/urgent/", form))
        assert sent.status == 303
        shown = self._until_answered(lambda: caller.get(sent.location))
        codes = [e.text for e in shown.page.all("p") if e.get("class") == "code"]
        assert codes == [promised]
        self.acknowledged.append(Told(words, promised))

    def _until_answered(self, ask: Callable[[], Answer]) -> Answer:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = ask()
            except Lost:
                assert time.monotonic() < until, "the server does not come back"
            else:
                if answer.status != 503:
                    return answer
            time.sleep(WAIT)


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


def narrative(reader: Reader, ref: str, now: datetime) -> str:
    open_case(reader, ref, now=now)
    read = read_report(reader, ref, now=now)
    assert read.differences == ()
    (account,) = [section for section in read.sections if section.compartment == "account"]
    return str((account.answers or {})["narrative"])
