"""Killed at any moment while drafts are written and sent: each stands once, here or there."""

import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select

from intake.casework import (
    Service,
    begin_draft,
    conversation,
    enter,
    new_once,
    read_draft,
    receipt,
    verify,
)
from intake.casework.submit import sent_before
from intake.form.events import NARRATIVE
from intake.store.tables import AdditionRow, CaseRow, DraftRow
from tests.people import NOW, Installation, cloned, service_in
from tests.postgresql import Server
from tests.proof.conftest import Length

KILLS = {"short": 2, "long": 150}
FORMS = 20
LONGEST = 0.8
WRITER = """
import sys
from pathlib import Path
from tests.people import NOW, service_in
from intake.casework import begin_draft, change_draft, save_draft, send_draft
from intake.form.events import NARRATIVE

service = service_in(Path(sys.argv[1]), sys.argv[2] or None)
for number, once in enumerate(sys.argv[3].split()):
    visit = begin_draft(service, once=once, now=NOW)
    for words in ("a", f"all of {once}"):
        change_draft(
            service, visit, lambda d: d.answering(d.answers.having(NARRATIVE, words)), now=NOW
        )
    print("typed", once, flush=True)
    if number % 2:
        visit = save_draft(service, visit, now=NOW).visit
    for _ in range(2):
        send_draft(service, visit, language="ru", now=NOW)
        print("sent", once, flush=True)
"""


@dataclass
class Told:
    """What was acknowledged before the kill."""

    typed: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The address of the database, None for SQLite in the instance folder."""
    if request.param == "sqlite":
        yield None
        return
    server: Server = request.getfixturevalue("postgresql")
    with cloned(server, request.getfixturevalue("postgresql_template")) as url:
        yield url


def test_a_draft_is_never_lost_and_never_in_two_places(
    installation: Installation, database: str | None, tmp_path: Path, length: Length
) -> None:
    folder = tmp_path / "instance"
    shutil.copytree(installation.folder, folder)
    told = Told()
    for number in range(KILLS[length]):
        # From there on, however busy the machine is: else some would never come to sending.
        write_and_be_killed(folder, database, told, after=("typed", "sent")[number % 2])
    service = service_in(folder, database)

    assert told.sent
    for once in told.typed:
        assert_stands_once(service, once, is_sent=once in told.sent)
    with service.reading() as session:
        assert session.scalar(select(func.count()).select_from(AdditionRow)) == 0
        cases = session.scalar(select(func.count()).select_from(CaseRow)) or 0
        drafts = session.scalar(select(func.count()).select_from(DraftRow)) or 0
    assert len(told.sent) <= cases <= len(told.typed)
    # At each kill one more may have been stored that nobody was told of.
    assert cases + drafts <= len(told.typed) + KILLS[length]
    assert verify.verify(service) == ()
    service.engine.dispose()


def write_and_be_killed(folder: Path, url: str | None, told: Told, *, after: str) -> None:
    """Write and send forms one after another until killed, some time after such a line."""
    forms = " ".join(new_once() for _ in range(FORMS))
    command = [sys.executable, "-c", WRITER, str(folder), url or "", forms]
    writing = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert writing.stdout is not None
    lines = [writing.stdout.readline()]
    while lines[-1] and not lines[-1].startswith(after):
        lines.append(writing.stdout.readline())
    time.sleep(secrets.randbelow(1000) / 1000 * LONGEST)
    writing.send_signal(signal.SIGKILL)
    lines += writing.communicate()[0].splitlines()
    for line in filter(None, lines):
        what, once = line.split()
        (told.sent if what == "sent" else told.typed).add(once)


def assert_stands_once(service: Service, once: str, *, is_sent: bool) -> None:
    """All words are in the draft, or a case with its conversation is there; never both."""
    visit = begin_draft(service, once=once, now=NOW)
    words = read_draft(service, visit, now=NOW).draft.answers[NARRATIVE]
    sent = sent_before(service, once, now=NOW)
    assert (words is None) is (sent is not None)
    if sent is None:
        assert (words, is_sent) == (f"all of {once}", False)
        return
    assert sent == receipt(once, received_at=NOW)
    assert conversation(service, enter(service, sent.code, now=NOW), now=NOW).entries
