import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.cli.served import Served, served
from tests.ports import free_port

SMALL_SERVER = Path(__file__).with_name("small_server.py")
SILENT = 300
"""More than all threads would be done with in a minute if each were waited for."""
SECRET = "Aigul-in-cell-14"


def small(port: int, folder: Path) -> AbstractContextManager[Served]:
    return served(sys.executable, SMALL_SERVER, str(port), folder, port=port)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all tests that leave it running."""
    port = free_port()
    with small(port, tmp_path_factory.mktemp("server")) as one:
        yield one


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """One that the test may stop, to read what it wrote down."""
    port = free_port()
    with small(port, tmp_path) as one:
        yield one


def state(server: Served, **headers: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(server.get("/state", **headers).body)
    return told


def stop(server: Served) -> list[dict[str, Any]]:
    lines = server.stop()
    for word in (SECRET, "127.0.0.1", str(server.port)):
        assert word not in server.log
    return lines


def test_a_request_that_has_begun_is_finished(own: Served, tmp_path: Path) -> None:
    with ThreadPoolExecutor() as other:
        slow = other.submit(lambda: own.get("/slow"))
        while not (tmp_path / "begun").exists():
            time.sleep(0.02)
        lines = stop(own)
        assert slow.result().body == b"finished"
    assert own.process.returncode == 0
    assert {"serving", "process_started", "stopping"} <= {line["event"] for line in lines}


def test_nothing_is_written_down_about_a_visitor(own: Served) -> None:
    headers = {"User-Agent": SECRET, "Referer": SECRET}
    assert own.get(f"/nowhere?{SECRET}", **headers).status == 404
    assert "request_failed" not in {line["event"] for line in stop(own)}


def test_an_error_is_written_down_without_its_words(own: Served) -> None:
    assert own.get(f"/fails?secret={SECRET}").status == 500
    (line,) = [line for line in stop(own) if line["event"] == "request_failed"]
    assert line["error"] == "ValueError"


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET /" + SECRET.encode() * 200 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nX: " + SECRET.encode() * 999 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nX " + SECRET.encode() + b"\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9 " + SECRET.encode() + b"\r\n\r\n", b"400"),
        (
            b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"400",
        ),
    ],
)
def test_what_is_no_request_is_answered_without_repeating_it(
    server: Served, request_line: bytes, status: bytes
) -> None:
    answer = server.raw(request_line)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert b"Go back and try once more." in answer
    assert SECRET.encode() not in answer


def test_what_is_no_request_is_written_down_without_its_words(own: Served) -> None:
    own.raw(b"GET /" + SECRET.encode() * 200 + b" HTTP/1.1\r\n\r\n")
    own.raw(b"GET / HTTP/1.1\r\nX " + SECRET.encode() + b"\r\n\r\n")
    refused = [line for line in stop(own) if line["event"] == "request_refused"]
    assert [line["status"] for line in refused] == [414, 400]


def test_the_server_does_not_say_what_it_is(server: Served) -> None:
    for answer in (
        server.raw(b"GET /state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        server.raw(b"nonsense\r\n\r\n"),
    ):
        assert b"HTTP/1.1" in answer
        assert b"gunicorn" not in answer.lower()
        assert b"server:" not in answer.lower()


def test_a_header_cannot_move_the_root(server: Served) -> None:
    headers = {"SCRIPT_NAME": "/elsewhere", "Script-Name": "/elsewhere"}
    assert state(server, **headers)["root"] == ""


@pytest.mark.skipif(sys.platform != "linux", reason="core dumps are prevented as Linux does it")
def test_a_worker_s_memory_reaches_no_disk_and_its_files_nobody_else(server: Served) -> None:
    told = state(server)
    assert (told["core"], told["dumpable"], told["umask"]) == ([0, 0], 0, 0o077)


def test_connections_that_say_nothing_take_no_thread(server: Served) -> None:
    """Browsers open some ahead of need, and attackers as many as they like."""
    with ExitStack() as silent:
        for _ in range(SILENT):
            silent.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        assert server.get("/state").status == 200


def test_a_worker_that_dies_is_replaced(server: Served) -> None:
    pid = state(server)["pid"]
    os.kill(pid, signal.SIGKILL)
    assert state(server)["pid"] != pid
