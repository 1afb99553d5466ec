"""A large file through the form: bytes a second, and how much the workers grow meanwhile."""

import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from json import loads
from pathlib import Path

from tests.bench.serving import field as hidden
from tests.bench.serving import memory
from tests.files import picture
from tests.proof.caller import Caller
from tests.running import PATIENCE, Running, running

LENGTH = 2 * 2**30
WARMING = 48 * 2**20
"""Enough to make every worker load what it needs, so that growth is growth."""
PIECE = 8 * 2**20
PART = 2**20
BOUNDARY = "fc1e0a94d1f64b7ab2f5"
NAME = "film.png"
OFTEN = 0.25  # seconds between looks at the memory


@dataclass
class Figures:
    """What one way of sending costs; rate in bytes a second, growth in bytes of all workers."""

    rate: float
    growth: int


@dataclass
class Sender:
    """A browser on the page of a file."""

    server: Running
    caller: Caller = field(default_factory=lambda: Caller(0))
    address: str = ""
    body: bytes = b""

    def begin(self) -> None:
        """To a fresh page of a file."""
        self.caller = Caller(self.server.port)
        start = self.caller.get("/en/report/")
        self.caller.follow(self.caller.send(start, {}, to="/en/report/"))
        files = self.caller.open("/en/report/files")
        (link,) = [a for a in files.page.all("a") if a.text == "Add a file"]
        page = self.caller.open(link.get("href") or "")
        self.address, self.body = page.path, page.body

    def in_one_go(self, length: int) -> None:
        """One multipart form, as without JavaScript."""
        head = self._form()
        tail = f"\r\n--{BOUNDARY}--\r\n".encode()
        connection = self._connection()
        connection.putrequest("POST", self.address)
        connection.putheader("Cookie", self._cookies())
        connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        connection.putheader("Content-Length", str(len(head) + length + len(tail)))
        connection.endheaders()
        connection.send(head)
        for part in content(length):
            connection.send(part)
        connection.send(tail)
        answer = connection.getresponse()
        answer.read()
        expect(answer.status, 303)

    def in_pieces(self, length: int) -> None:
        """Piece after piece on one connection, as the script of the page does."""
        connection, parts = self._connection(), content(length)
        told = self._ask(connection, length, b"", {})
        while not told["whole"]:
            left = min(PIECE, length - int(told["have"]) * PIECE)
            piece = b"".join(next(parts) for _ in range(-(-left // PART)))
            told = self._ask(connection, length, piece, {"Upload-Piece": str(told["have"])})

    def _ask(
        self, connection: HTTPConnection, length: int, body: bytes, more: dict[str, str]
    ) -> dict[str, int]:
        headers = {
            "Cookie": self._cookies(),
            "Upload-Token": hidden(self.body, "token"),
            "Upload-Name": NAME,
            "Upload-Length": str(length),
            **more,
        }
        address = f"{self.address}/file{'/piece' if more else ''}"
        connection.request("POST", address, body, headers)
        answer = connection.getresponse()
        told: dict[str, int] = loads(answer.read())
        expect(answer.status, 200)
        return told

    def _form(self) -> bytes:
        names = ("token", "page", "seen")
        fields = "".join(
            f"--{BOUNDARY}\r\n"
            f'Content-Disposition: form-data; name="{name}"\r\n\r\n'
            f"{hidden(self.body, name)}\r\n"
            for name in names
        )
        file = f'Content-Disposition: form-data; name="file"; filename="{NAME}"\r\n'
        return f"{fields}--{BOUNDARY}\r\n{file}Content-Type: image/png\r\n\r\n".encode()

    def _cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.caller.cookies.items())

    def _connection(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.server.port, timeout=10 * PATIENCE)


WAYS = {
    "in one go, without JavaScript": Sender.in_one_go,
    "in pieces, with JavaScript": Sender.in_pieces,
}


def figures(instance: Path) -> Iterator[tuple[str, Figures]]:
    """Each way of sending, on a server of its own, and what it costs."""
    for name, way in WAYS.items():
        with running(instance) as server:
            yield name, _measured(server, way)
        shutil.rmtree(instance / "files")


def _measured(server: Running, way: Callable[[Sender, int], None]) -> Figures:
    for _ in range(8):
        warm = Sender(server)
        warm.begin()
        way(warm, WARMING)
    sender = Sender(server)
    sender.begin()
    pid = server.processes["serve"].pid
    with watched(pid) as most:
        before = most[0]
        began = time.perf_counter()
        way(sender, LENGTH)
        spent = time.perf_counter() - began
    return Figures(LENGTH / spent, most[0] - before)


@contextmanager
def watched(pid: int) -> Iterator[list[int]]:
    """The most that all workers together held since then, in bytes, kept up to date."""
    most, is_over = [sum(memory(pid))], threading.Event()

    def look() -> None:
        while not is_over.wait(OFTEN):
            most[0] = max(most[0], sum(memory(pid)))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield most
    finally:
        is_over.set()
        looking.join()


def content(length: int) -> Iterator[bytes]:
    """A picture of that length, in parts of a mebibyte; what follows its start is noise."""
    noise, head = secrets.token_bytes(PART), picture()
    yield (head + noise)[: min(PART, length)]
    for start in range(PART, length, PART):
        yield noise[: length - start]


def expect(status: int, wanted: int) -> None:
    if status != wanted:
        raise RuntimeError(f"{status} instead of {wanted}")
