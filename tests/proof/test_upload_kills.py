"""Killed at any moment while a file comes: it goes on, nothing lies in clear, nothing stays."""

import hashlib
import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from json import loads
from pathlib import Path
from urllib.parse import quote

import pytest

from intake.casework import Service, open_case, resume
from intake.casework.files import reading
from intake.casework.files.sweeping import sweep
from intake.cli.gunicorn import MEMORY
from intake.store.tables import BlobRow, CaseRow, DraftRow
from intake.vault import PIECE
from tests.files import picture
from tests.people import COORDINATOR, PASSPHRASES, Installation, service_in, sign_in
from tests.proof.caller import Caller
from tests.proof.traces import Trace, Wanted, in_files
from tests.running import PATIENCE, Running

ROUNDS = {"short": 1, "long": 20}
KILLS = 5
"""So often at most while one file comes: then it may come to its end."""
PIECES = 4
LONGEST = 0.3
"""Seconds after which a kill comes at the latest: about as long as a few pieces take."""
NAME = "Жұлдызгүл-тапсырды.png"
PLANTED = "Көктүйінбек-сөзі"
STORY = "They took me from the market and beat me in a garage."


def film(pieces: int) -> bytes:
    """A file in which the planted words stand in every 64 KiB."""
    block = f"{PLANTED}{secrets.token_hex(8)}".encode()
    parts = (block + os.urandom(65_536 - len(block)) for _ in range(pieces * PIECE // 65_536))
    return picture() + b"".join(parts)


@dataclass
class Sender:
    """What the script of the page does, however often the server goes away."""

    site: Running
    caller: Caller
    address: str
    token: str
    content: bytes = field(repr=False)
    answered: int = 0
    is_given_up: bool = False

    def run(self) -> None:
        """Send until all of it is there, or somebody gives it up."""
        until = time.monotonic() + 10 * PATIENCE
        while time.monotonic() < until:
            if self.is_given_up:
                return
            try:
                if self._step():
                    return
            except (OSError, HTTPException):
                time.sleep(0.05)
        raise TimeoutError

    def _step(self) -> bool:
        told = self._ask("", b"", {})
        if told["whole"]:
            return True
        start = int(told["have"]) * PIECE
        piece = self.content[start : start + PIECE]
        self._ask("/piece", piece, {"Upload-Piece": str(told["have"])})
        self.answered += 1
        return False

    def _ask(self, to: str, body: bytes, headers: dict[str, str]) -> dict[str, int]:
        connection = HTTPConnection("127.0.0.1", self.site.port, timeout=PATIENCE)
        try:
            cookies = "; ".join(f"{n}={v}" for n, v in self.caller.cookies.items())
            connection.request(
                "POST",
                self.address + to,
                body,
                {
                    "Cookie": cookies,
                    "Upload-Token": self.token,
                    "Upload-Name": quote(NAME),
                    "Upload-Length": str(len(self.content)),
                    **headers,
                },
            )
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        assert answer.status in {200, 409, 503}, (answer.status, content[:300])
        if answer.status == 503:
            raise OSError
        told: dict[str, int] = loads(content)
        return told


@pytest.fixture
def site(installation: Installation, tmp_path: Path) -> Iterator[Running]:
    folder, beside = tmp_path / "instance", tmp_path / "temporary"
    shutil.copytree(installation.folder, folder)
    beside.mkdir()
    site = Running(folder, ("serve",), {"TMPDIR": str(beside)})
    try:
        site.start()
        yield site
    finally:
        site.kill()


def test_a_file_survives_every_kill_and_leaves_no_trace(
    site: Running, tmp_path: Path, campaign: int
) -> None:
    began, content = time.time(), film(PIECES)
    caller = Caller(site.port)
    sender = at_a_file(site, caller, content)
    assert 1 <= kept_on(site, sender, KILLS) <= KILLS, campaign
    assert traces(tmp_path, since=began - 1) == []

    service = service_in(site.instance)
    send(caller)
    assert_is_whole(service, content)
    assert sweep(service, now=datetime.now(UTC) + timedelta(days=3)) <= KILLS
    assert_nothing_is_left_over(service)
    service.engine.dispose()
    assert traces(tmp_path, since=began - 1) == []


def test_a_file_that_is_given_up_is_swept_away(site: Running, tmp_path: Path) -> None:
    began = time.time()
    sender = at_a_file(site, Caller(site.port), film(2))
    sending = threading.Thread(target=sender.run, daemon=True)
    sending.start()
    while not sender.answered:
        time.sleep(0.01)
    site.kill()
    sender.is_given_up = True
    sending.join()
    service = service_in(site.instance)
    with service.writing() as session:
        session.query(DraftRow).delete()
    sweep(service, now=datetime.now(UTC) + timedelta(days=3))
    assert list(service.blobs.all()) == []
    service.engine.dispose()
    assert traces(tmp_path, since=began - 1) == []


def at_a_file(site: Running, caller: Caller, content: bytes) -> Sender:
    """Somebody who begins a report and goes to the page of a file."""
    start = caller.get("/en/report/")
    caller.follow(caller.send(start, {}, to="/en/report/"))
    files = caller.open("/en/report/files")
    (link,) = [a for a in files.page.all("a") if a.text == "Add a file"]
    page = caller.open(link.get("href") or "").page
    (box,) = [e for e in page.elements if e.get("data-upload")]
    (token,) = page.fields(page.form())["token"]
    return Sender(site, caller, box.get("data-upload") or "", token, content)


def kept_on(site: Running, sender: Sender, most: int) -> int:
    """Kill the server again and again while the file comes; how often it was killed."""
    failed: list[BaseException] = []
    sending = threading.Thread(target=_watched, args=(sender, failed))
    sending.start()
    kills = 0
    while kills < most and sending.is_alive():
        time.sleep(secrets.randbelow(1000) / 1000 * LONGEST)
        site.kill()
        kills += 1
        site.start()
    sending.join()
    assert failed == []
    return kills


def _watched(sender: Sender, failed: list[BaseException]) -> None:
    try:
        sender.run()
    except BaseException as error:  # noqa: BLE001 - handed to the test
        failed.append(error)


def send(caller: Caller) -> None:
    """Send the report with a story."""
    story = caller.open("/en/report/story")
    caller.send(story, {"narrative": STORY}, to=story.path)
    check = caller.open("/en/report/check")
    assert caller.send(check, {}, to="/en/report/check").status == 303


def assert_is_whole(service: Service, content: bytes) -> None:
    """The desk takes out what was sent."""
    now = datetime.now(UTC)
    cookie = sign_in(service, COORDINATOR, PASSPHRASES[COORDINATOR], known=None, now=now).cookie
    reader = resume(service, cookie, now=now)
    with service.reading() as session:
        ref = session.query(CaseRow).one().ref
    open_case(reader, ref, now=now)
    (paper,) = reading.papers(reader, ref, now=now)
    assert paper.manifest.name == NAME
    assert paper.manifest.sha256 == hashlib.sha256(content).hexdigest()
    _paper, parts = reading.original(reader, ref, paper.manifest.id, now=now)
    assert b"".join(parts) == content


def assert_nothing_is_left_over(service: Service) -> None:
    """One file is there, with all of its pieces, and its row; no part of a piece."""
    (file,) = service.blobs.all()
    with service.reading() as session:
        rows = {row.id: row.pieces for row in session.query(BlobRow)}
    assert rows[file] == service.blobs.count(file)
    folder = service.settings.instance / "files"
    assert list(folder.rglob("*#*")) == []


def traces(folder: Path, *, since: float) -> list[Trace]:
    """Where the name or the content lies in clear: the instance, its log, temporary files.

    Only what was written after `since`: this very file may lie in the same memory.
    """
    return in_files(Wanted((NAME, PLANTED)), [folder, MEMORY], since=since)
