"""Our own commands as real processes on loopback, and a mail server that receives for them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from tests.ports import free_port

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0
"""Seconds that a busy machine may take for anything."""
SENDER = "desk@example.org"
INSTANCES: dict[int, Path] = {}
"""The folders of what was started, by port."""


class Running:
    """An installation whose commands run as process groups of their own.

    Everything they write to their outputs is kept in `log`; it may be stopped or killed, and
    started again on the same port.
    """

    def __init__(
        self, instance: Path, parts: tuple[str, ...], environ: Mapping[str, str]
    ) -> None:
        self.instance = instance
        self.parts = parts
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        INSTANCES[self.port] = instance
        self.log = instance.parent / f"{instance.name}.log"
        self.environ = _environ(instance, self.port, environ)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Start every part that does not run, and wait for the pages."""
        for part in self.parts:
            if part not in self.processes:
                self.processes[part] = self._start(part)
        self._wait()

    def command(self, *words: str) -> str:
        """Run another command of the same installation to its end; what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "intake.cli", *words],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        with self.log.open("a") as log:
            log.write(done.stdout + done.stderr)
        if done.returncode:
            raise RuntimeError(f"intake {words[0]} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def kill(self) -> None:
        """End all processes at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask all processes to stop, and wait until they are gone."""
        self._end(signal.SIGTERM)

    def _start(self, part: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "intake.cli", part],
                cwd=ROOT,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for part, process in self.processes.items():
                if process.poll() is not None:
                    raise RuntimeError(f"intake {part} ended: {self.log.read_text()[-2000:]}")
            if "serve" not in self.parts or _answers(self.port):
                return
            time.sleep(0.05)
        raise RuntimeError("The server did not start.")

    def _end(self, how: signal.Signals) -> None:
        for process in self.processes.values():
            os.killpg(process.pid, how) if how is signal.SIGKILL else process.send_signal(how)
        for process in self.processes.values():
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(PATIENCE)
        self.processes.clear()


@contextmanager
def running(
    instance: Path, *parts: str, environ: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """`intake serve`, or the `parts` that are named, on a free port; stopped afterwards."""
    server = Running(instance, parts or ("serve",), environ or {})
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _environ(instance: Path, port: int, more: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INTAKE_")}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "INTAKE_INSTANCE": str(instance),
        "INTAKE_PORT": str(port),
        "INTAKE_DESK_URL": f"http://127.0.0.1:{port}/desk/",
        **more,
    }


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@dataclass
class Post:
    """A mail server that keeps every letter, as it came and as it reads."""

    port: int = 0
    raw: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: ANN401, N802 - aiosmtpd's own
        self.raw.append(bytes(envelope.content))
        return "250 Taken"

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(letter, policy=default) for letter in self.raw]

    @property
    def environ(self) -> dict[str, str]:
        """The settings that make an installation send here."""
        return {
            "INTAKE_MAIL_HOST": "127.0.0.1",
            "INTAKE_MAIL_PORT": str(self.port),
            "INTAKE_MAIL_SECURITY": "none",
            "INTAKE_MAIL_FROM": SENDER,
        }

    def wait_for(self, count: int) -> None:
        """Until so many letters have come, or patience is over."""
        until = time.monotonic() + PATIENCE
        while len(self.raw) < count and time.monotonic() < until:
            time.sleep(0.1)


@contextmanager
def post() -> Iterator[Post]:
    """A mail server on a free port."""
    receiver = Post(port=free_port())
    controller = Controller(receiver, hostname="127.0.0.1", port=receiver.port)
    controller.start()
    try:
        yield receiver
    finally:
        controller.stop()
