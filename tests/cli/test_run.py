import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.cli.served import Served, served
from tests.ports import free_port


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Served]:
    port = free_port()
    with served(
        *(sys.executable, "-m", "intake.cli", "run"),
        port=port,
        INTAKE_INSTANCE=str(tmp_path / "instance"),
        INTAKE_PORT=str(port),
    ) as server:
        yield server


def parts(server: Served) -> dict[str, int]:
    """The processes that `intake run` started, by the command of each."""
    children = psutil.Process(server.process.pid).children()
    return {child.cmdline()[-1]: child.pid for child in children}


def test_one_command_makes_the_installation_and_serves_it(
    running: Served, tmp_path: Path
) -> None:
    assert running.get("/ru/").status == 200
    assert running.get("/sign-in").status == 200
    assert (tmp_path / "instance" / "first-sign-in.txt").exists()
    assert parts(running).keys() == {"serve", "worker"}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_stops_all_its_parts(running: Served, how: signal.Signals) -> None:
    pids = parts(running).values()
    # The terminal's Ctrl-C reaches a whole group: the parts must be asked by us alone.
    assert all(os.getpgid(pid) == pid for pid in pids)
    running.stop(how)
    assert running.process.returncode == 0
    assert not any(map(psutil.pid_exists, pids))


@pytest.mark.parametrize("part", ["serve", "worker"])
def test_when_one_part_dies_the_other_stops_too(running: Served, part: str) -> None:
    pids = parts(running)
    os.kill(pids[part], signal.SIGKILL)
    running.process.communicate(timeout=60)
    assert running.process.returncode == 1
    assert not any(map(psutil.pid_exists, pids.values()))
