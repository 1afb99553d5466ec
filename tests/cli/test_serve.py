import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from click import ClickException

from intake.cli import locks
from intake.settings import load
from tests.cli.served import ROOT, Served, served
from tests.ports import free_port


def intake(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "intake.cli", *arguments],
        cwd=ROOT,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("serve") / "instance")
    assert intake("init", INTAKE_INSTANCE=folder).returncode == 0
    return folder


def serving(installation: str, port: int, *options: str) -> AbstractContextManager[Served]:
    command = (sys.executable, "-m", "intake.cli", "serve", "--port", str(port), *options)
    return served(*command, port=port, INTAKE_INSTANCE=installation)


@pytest.fixture(scope="module", params=["public", "desk", "both"])
def surface(request: pytest.FixtureRequest, installation: str) -> Iterator[tuple[str, Served]]:
    port = free_port()
    with serving(installation, port, "--surface", request.param) as server:
        yield request.param, server


@pytest.mark.parametrize(
    ("path", "surfaces"),
    [
        ("/healthz", {"public", "desk", "both"}),
        ("/ru/", {"public", "both"}),
        ("/kk/urgent/", {"public", "both"}),
        ("/sign-in", {"desk", "both"}),
    ],
)
def test_each_side_has_its_own_pages(
    surface: tuple[str, Served], path: str, surfaces: set[str]
) -> None:
    side, server = surface
    assert server.get(path).status == (200 if side in surfaces else 404)


def test_nobody_restores_what_is_served(surface: tuple[str, Served], installation: str) -> None:
    settings = load({}, Path(installation))
    with pytest.raises(ClickException, match="Stop intake serve"), locks.replacing(settings):
        pass
    assert surface[1].get("/healthz").status == 200


def test_it_answers_to_its_own_names_only(surface: tuple[str, Served]) -> None:
    _side, server = surface
    assert server.get("/healthz", Host="elsewhere.example").status == 421


def test_it_stops_and_says_so(installation: str) -> None:
    with serving(installation, free_port()) as server:
        lines = server.stop()
        assert server.process.returncode == 0
    assert [line["event"] for line in lines][-1] == "stopping"


def test_a_port_that_is_taken_is_told_in_one_sentence(
    surface: tuple[str, Served], installation: str
) -> None:
    _side, server = surface
    told = intake("serve", "--port", str(server.port), INTAKE_INSTANCE=installation)
    assert told.returncode == 1
    assert "INTAKE_PORT chooses another port." in told.stderr


def test_an_installation_that_was_never_made_is_not_served(tmp_path: Path) -> None:
    told = intake("serve", INTAKE_INSTANCE=str(tmp_path / "nothing"))
    assert told.returncode == 1
    assert "Run: intake init" in told.stderr


def test_a_setting_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path) -> None:
    told = intake("serve", INTAKE_INSTANCE=str(tmp_path), INTAKE_PORT="many")
    assert told.returncode == 1
    assert told.stderr == "Error: The setting port must be a whole number.\n"


def test_only_commands_that_exist_are_shown() -> None:
    shown = intake("--help").stdout
    assert "serve" in shown
    assert "explode" not in shown
    assert "No such command 'explode'" in intake("explode").stderr
