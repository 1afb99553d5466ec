"""`intake demo` makes its accounts once and shows them again."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from intake.casework import Service
from intake.settings import load
from tests.people import NOW, sign_in

ROOT = Path(__file__).parents[2]


def intake(folder: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    told = {name: value for name, value in os.environ.items() if not name.startswith("INTAKE_")}
    return subprocess.run(
        [sys.executable, "-m", "intake.cli", *words],
        cwd=ROOT,
        env=told | {"INTAKE_INSTANCE": str(folder)} | environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "instance"


def test_the_accounts_are_printed_and_printed_again(folder: Path) -> None:
    first = intake(folder, "demo", "--no-serve")
    assert first.returncode == 0
    accounts = (folder / "accounts.txt").read_text()
    assert stat.S_IMODE((folder / "accounts.txt").stat().st_mode) == 0o600
    assert accounts in first.stdout
    assert accounts in intake(folder, "demo", "--no-serve").stdout
    rows = dict(line.split() for line in accounts.splitlines() if line.count("-") == 5)
    service = Service.open(load({"INTAKE_DEMO": "true"}, folder))
    assert not sign_in(service, "auditor", rows["auditor"], known=None, now=NOW).must_set_up
    service.engine.dispose()


def test_a_demo_listens_on_this_machine_alone(folder: Path) -> None:
    result = intake(folder, "demo", "--no-serve", INTAKE_HOST="0.0.0.0")  # noqa: S104
    assert result.returncode == 1
    assert "demo" in result.stderr


def test_a_demo_without_the_briefing_says_that_it_cannot_be_added(folder: Path) -> None:
    intake(folder, "demo", "--no-serve")
    result = intake(folder, "demo", "--briefing", "--no-serve")
    assert result.returncode == 1
    assert "made without the reports of the briefing" in result.stderr
    assert "INTAKE_INSTANCE" in result.stderr


def test_the_briefing_is_made_once_found_whole_and_shown_by_either_command(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "briefing"
    first = intake(folder, "demo", "--briefing", "--no-serve")
    assert first.returncode == 0
    accounts = (folder / "accounts.txt").read_text()
    assert "24 received by 19 January, 142 by 30 March" in accounts
    for again in (("demo", "--no-serve"), ("demo", "--briefing", "--no-serve")):
        assert accounts in intake(folder, *again).stdout
    assert intake(folder, "audit", "verify", INTAKE_DEMO="true").returncode == 0


def test_the_help_names_the_briefing(tmp_path: Path) -> None:
    told = " ".join(intake(tmp_path, "demo", "--help").stdout.split())
    assert "--briefing" in told
    assert "142 closed reports of 2022" in told


def test_what_is_no_demo_is_refused(tmp_path: Path) -> None:
    assert intake(tmp_path / "real", "init").returncode == 0
    result = intake(tmp_path / "real", "demo", "--no-serve")
    assert result.returncode == 1
    assert "no demo" in result.stderr
    assert not (tmp_path / "real" / "accounts.txt").exists()


def test_a_real_database_is_refused_before_it_is_brought_up_to_date(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'real.db'}"
    assert intake(tmp_path / "real", "init", INTAKE_DATABASE_URL=url).returncode == 0
    with closing(sqlite3.connect(tmp_path / "real.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 'an older one'")
        database.commit()
    result = intake(tmp_path / "demo", "demo", "--no-serve", INTAKE_DATABASE_URL=url)
    assert result.returncode == 1
    assert "no demo" in result.stderr
