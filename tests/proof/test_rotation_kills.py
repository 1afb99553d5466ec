"""Killed at any moment while everything is boxed again: nothing is lost, nothing is left."""

import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from intake.casework import (
    Reader,
    Service,
    open_case,
    overview,
    read_report,
    resume,
    rotation,
    verify,
)
from intake.store.tables import CaseRow
from intake.vault import Ring
from tests.bench.filling import add_cases
from tests.casework.rotating import Kept, removed
from tests.people import COORDINATOR, NOW, SECOND, Installation, cloned, send, service_in
from tests.postgresql import Server
from tests.proof.conftest import Length

CASES = {"short": 120, "long": 10_000}
KILLS = {"short": 2, "long": 50}
LONGEST = {"short": 0.4, "long": 0.8}
"""Seconds that a process works before it is killed; every third within the first 50 ms."""
AT_ONCE = {"short": 5, "long": 20}
WORKER = """
import sys
from pathlib import Path
from tests.people import NOW, service_in
from intake.casework import resume, rotation

service = service_in(Path(sys.argv[1]), sys.argv[2] or None)
readers = [resume(service, cookie, now=NOW) for cookie in sys.argv[4:]]
print("ready", flush=True)
while not all(
    rotation.go_on(reader, now=NOW, at_most=int(sys.argv[3])).is_over for reader in readers
):
    pass
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The address of the database, None for SQLite in the instance folder."""
    if request.param == "sqlite":
        yield None
        return
    server: Server = request.getfixturevalue("postgresql")
    with cloned(server, request.getfixturevalue("postgresql_template")) as url:
        yield url


def test_boxing_everything_again_survives_every_kill(
    installation: Installation, database: str | None, tmp_path: Path, length: Length
) -> None:
    folder = tmp_path / "instance"
    shutil.copytree(installation.folder, folder)
    service = service_in(folder, database)
    reader = resume(service, installation.cookies[COORDINATOR], now=NOW)
    fill(reader, CASES[length])
    kept = removed(reader)
    arrived = []

    worker = (folder, database, AT_ONCE[length], installation)
    for number in range(KILLS[length]):
        longest = 0.05 if number % 3 == 0 else LONGEST[length]
        while not is_killed(*worker, after=secrets.randbelow(1000) / 1000 * longest):
            make_due(service)
        arrived.append(send(service).ref)
    assert finishes(*worker)

    assert all(status.is_at_rest for status in rotation.status(service))
    assert verify.verify(service) == ()
    for handle in (COORDINATOR, SECOND):
        again = resume(service, installation.cookies[handle], now=NOW)
        assert_every_case_opens(again, CASES[length] + len(arrived))
        assert_are_read(again, arrived)
    assert_opens_nothing_new(kept, service)
    service.engine.dispose()


def fill(reader: Reader, cases: int) -> None:
    service = reader.service
    with service.reading() as session:
        rings = {ring: reader.ring(session, ring) for ring in Ring}
    add_cases(service, rings, cases, still_open=cases // 3, now=NOW, whole=True)


def make_due(service: Service) -> None:
    """All was done before the kill: begin again with another generation."""
    with service.writing() as session:
        rotation.mark_due(session, Ring)


def is_killed(
    folder: Path, database: str | None, at_once: int, people: Installation, *, after: float
) -> bool:
    """Whether a process was killed at work, `after` seconds; False where it was done before."""
    process = started(folder, database, at_once, people)
    time.sleep(after)
    if process.poll() is not None:
        assert process.returncode == 0
        return False
    process.send_signal(signal.SIGKILL)
    process.wait()
    return True


def finishes(folder: Path, database: str | None, at_once: int, people: Installation) -> bool:
    """Whether the last process comes to its end by itself."""
    return started(folder, database, at_once, people).wait() == 0


def started(
    folder: Path, database: str | None, at_once: int, people: Installation
) -> subprocess.Popen[bytes]:
    """A process at work in the sessions of both coordinators."""
    cookies = [people.cookies[handle] for handle in (COORDINATOR, SECOND)]
    words = [sys.executable, "-c", WORKER, str(folder), database or "", str(at_once), *cookies]
    process = subprocess.Popen(words, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    process.stdout.close()
    return process


def assert_every_case_opens(reader: Reader, cases: int) -> None:
    with reader.service.reading() as session:
        refs = session.scalars(select(CaseRow.ref)).all()
    assert len(refs) == cases
    assert [ref for ref in refs if overview(reader, ref, now=NOW).differences] == []


def assert_are_read(reader: Reader, refs: list[str]) -> None:
    for ref in refs:
        open_case(reader, ref, now=NOW)
        sections = read_report(reader, ref, now=NOW).sections
        assert [s.compartment for s in sections if s.answers is None] in ([], ["intimate"])


def assert_opens_nothing_new(kept: Kept, service: Service) -> None:
    """Old lines of the log alone, which tell nothing of a report."""
    assert {name for name, _ in kept.opened(service)} == {"audit"}
