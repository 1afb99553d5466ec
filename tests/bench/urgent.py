"""Reports a second through the urgent route, beside the floor that the same run allows.

The floor is what cannot be left out: one stretching of a return code, the seals for four
rings, the boxes of a report, and one durable write; done by both cores without any server.
"""

import multiprocessing
import socket
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

from intake.vault import Key, Once, Seed, code_keys, return_code
from tests.bench.serving import field
from tests.running import PATIENCE, running

CORES = 2
SECONDS = 8.0
CLIENTS = 6
WARMING = 10
SEALS, BOXES, BOX_BYTES, SEAL_BYTES = 4, 7, 4096, 200
WORDS = "They took my brother from our house at night and nobody tells us anything. " * 4


def floor() -> float:
    """Reports a second that the work itself allows on both cores."""
    with tempfile.TemporaryDirectory() as folder, multiprocessing.Pool(CORES) as pool:
        return sum(pool.map(_floor_of_one, [f"{folder}/{core}.db" for core in range(CORES)]))


def _floor_of_one(path: str) -> float:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE report (id INTEGER PRIMARY KEY, box BLOB)")
    public, salt = Seed.random().public, bytes(16)

    def one() -> None:
        key = code_keys(return_code(Once.random()), salt).key
        parts = [public.seal(bytes(SEAL_BYTES), context=b"floor") for _ in range(SEALS)]
        parts += [Key.random().box(bytes(BOX_BYTES), context=b"floor") for _ in range(BOXES)]
        parts.append(key.box(bytes(64), context=b"floor"))
        database.execute("INSERT INTO report (box) VALUES (?)", (b"".join(parts),))

    return _rate(one)


def _rate(one: Callable[[], None]) -> float:
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        one()
        done += 1
    return done / (time.perf_counter() - start)


def reports(instance: Path) -> float:
    """Reports a second through a real server: GET, POST and the receipt each."""
    with running(instance) as server, ThreadPoolExecutor(CLIENTS) as clients:
        ready = list(clients.map(lambda _: _warm(_client(server.port)), range(CLIENTS)))
        return sum(clients.map(_rate, ready))


def _warm(one: Callable[[], None]) -> Callable[[], None]:
    """The same, once every worker has read its templates and vocabularies."""
    for _ in range(WARMING):
        one()
    return one


def _client(port: int) -> Callable[[], None]:
    def one() -> None:
        with Server(port) as server:  # each report comes from somebody else
            _tell(server)

    return one


def _tell(server: "Server") -> None:
    """One report, from the empty page to its receipt."""
    page, cookie = server.ask("GET", "/en/urgent/")
    body = urlencode(
        {
            "token": field(page, "token"),
            "once": field(page, "once"),
            "victim_status": "police_custody",
            "narrative": WORDS,
            "contact_method": "mailbox",
            "consent_contact": "y",
        }
    )
    _, kept = server.ask("POST", "/en/urgent/", body=body, cookie=cookie, expect=303)
    receipt, _ = server.ask("GET", "/en/urgent/sent", cookie=kept)
    if b"code" not in receipt:
        raise RuntimeError("The receipt shows no code.")


class Server:
    """The least that speaks HTTP: what a client costs is not what is measured."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.location = "/"
        self.connection = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.answers = self.connection.makefile("rwb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.answers.close()
        self.connection.close()

    def ask(
        self, method: str, path: str, *, body: str = "", cookie: str = "", expect: int = 200
    ) -> tuple[bytes, str]:
        """The body of the answer, and the cookie to send next time."""
        self.answers.write(
            f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\nCookie: {cookie}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        self.answers.flush()
        status = self.answers.readline().split()[1]
        if int(status) != expect:
            raise RuntimeError(f"{method} {path} answered {int(status)}")
        headers = dict(self._headers())
        self.location = headers.get(b"location", self.location.encode()).decode()
        content = self.answers.read(int(headers[b"content-length"]))
        return content, headers.get(b"set-cookie", cookie.encode()).split(b";")[0].decode()

    def _headers(self) -> Iterator[tuple[bytes, bytes]]:
        while line := self.answers.readline().strip():
            name, _, value = line.partition(b": ")
            yield name.lower(), value
