"""A server of ours in a process of its own, asked over a real connection."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]


class Page(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


class Served:
    """A command that serves on `port`, and in the end what it wrote to its log."""

    def __init__(
        self, command: list[str | Path], port: int, cwd: Path, environ: Mapping[str, str]
    ) -> None:
        self.port = port
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(cwd), **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait(self) -> None:
        """Until it answers: its port is open before its workers listen to a signal."""
        while True:
            try:
                self.get("/healthz")
            except ConnectionRefusedError:
                assert self.process.poll() is None, self.process.communicate()
                time.sleep(0.05)
            else:
                return

    def get(self, path: str, **headers: str) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with closing(connection):
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return Page(answer.status, dict(answer.getheaders()), answer.read())

    def raw(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def stop(self, how: signal.Signals = signal.SIGTERM) -> list[dict[str, Any]]:
        """Ask it to stop; the lines of its log."""
        self.process.send_signal(how)
        _, self.log = self.process.communicate(timeout=60)
        return [json.loads(line) for line in self.log.splitlines()]


@contextmanager
def served(
    *command: str | Path, port: int, cwd: Path = ROOT, **environ: str
) -> Iterator[Served]:
    """The server, answering; stopped at the end if it still runs."""
    server = Served([*command], port, cwd, environ)
    try:
        server.wait()
        yield server
    finally:
        server.process.terminate()
        server.process.communicate(timeout=60)
