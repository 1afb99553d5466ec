"""Reports a second through the urgent route, beside the floor that the same run allows.

The floor is what cannot be left out: one stretching of a return code, the seals for four
rings, the boxes of a report, and one durable write; done by both cores without any server.
"""

import multiprocessing
import sqlite3
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from intake.vault import Key, Once, Seed, code_keys, return_code
from tests.bench.serving import field
from tests.running import PATIENCE, running

CORES = 2
SECONDS = 8.0
CLIENTS = 6
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
        return sum(clients.map(lambda _: _rate(_client(server.port)), range(CLIENTS)))


def _client(port: int) -> Callable[[], None]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def one() -> None:
        page, cookie = _ask(connection, "GET", "/en/urgent/")
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
        _, kept = _ask(connection, "POST", "/en/urgent/", body=body, cookie=cookie, expect=303)
        receipt, _ = _ask(connection, "GET", "/en/urgent/sent", cookie=kept)
        if b"code" not in receipt:
            raise RuntimeError("The receipt shows no code.")

    return one


def _ask(
    connection: HTTPConnection,
    method: str,
    path: str,
    *,
    body: str | None = None,
    cookie: str = "",
    expect: int = 200,
) -> tuple[bytes, str]:
    headers = {"Cookie": cookie} if cookie else {}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != expect:
        raise RuntimeError(f"{method} {path} answered {answer.status}")
    return content, (answer.headers["Set-Cookie"] or cookie).split(";")[0]
