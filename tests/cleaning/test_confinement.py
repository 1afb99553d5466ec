"""From inside the confined process nothing is reached but memory, threads and its pipes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

import intake
from intake.cleaning import KINDS, cleaned
from tests.cleaning import inside, pictures

_INSIDE = Path(inside.__file__)
_INTAKE = Path(intake.__file__).parent
REFUSED = [
    "read_a_file",
    "read_its_own_environment",
    "write_a_file",
    "make_a_folder",
    "remove_a_folder",
    "list_a_folder",
    "start_a_process",
    "start_a_program",
    "become_a_program",
    "open_a_connection",
    "open_a_local_connection",
    "open_a_pipe",
    "hold_a_file_in_memory",
    "use_the_ring_of_the_kernel",
    "look_at_its_parent",
    "end_its_parent",
    "raise_its_limits",
    "open_the_lock",
    "run_what_it_wrote",
    "make_what_it_wrote_run",
    "change_who_it_is",
    "take_a_new_home",
]


def tried(name: str, output: int = subprocess.DEVNULL) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-S", "-B", str(_INSIDE), str(_INTAKE), name],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        env={},
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("name", REFUSED)
def test_inside_it_is_refused_to(name: str) -> None:
    assert tried(name).stderr == "refused"


@pytest.mark.parametrize("name", ["compute", "count_threads"])
def test_inside_it_is_possible_to(name: str) -> None:
    assert tried(name).stderr == "done"


def test_memory_ends_where_the_limit_is() -> None:
    assert tried("take_memory").stderr == "limit"


def test_time_ends_where_the_limit_is() -> None:
    assert tried("spin").returncode == -signal.SIGXCPU


def test_a_file_that_it_was_given_as_output_stays_empty(tmp_path: Path) -> None:
    with (tmp_path / "output").open("wb") as output:
        assert tried("write_where_it_says", output.fileno()).stderr == "refused"
    assert (tmp_path / "output").read_bytes() == b""


def test_the_process_gets_no_setting_no_file_and_no_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INTAKE_MAIL_PASSWORD", "planted")
    kept = (tmp_path / "secret").open("wb")
    os.set_inheritable(kept.fileno(), True)  # noqa: FBT003 - the function's own way
    content = pictures.stored(pictures.plain(), "PNG")
    seen: dict[str, Any] = {}

    def pieces() -> Iterator[bytes]:
        process = _running_child()
        process.suspend()  # before it locks itself: then only root could look
        seen["environ"], seen["words"] = process.environ(), process.cmdline()
        seen["files"] = [file.path for file in process.open_files()]
        process.resume()
        yield content

    with kept:
        cleaned(pieces(), KINDS["png"])
    assert seen["environ"] == {}
    assert str(tmp_path / "secret") not in seen["files"]
    assert seen["words"][5] == "png"


def _running_child() -> psutil.Process:
    """The one child, from when its own program runs in it: words come with the program."""
    (process,) = psutil.Process().children()
    until = time.monotonic() + 60
    while not process.cmdline():
        assert time.monotonic() < until, "the program did not start"
        time.sleep(0.001)
    return process


def test_no_process_is_left() -> None:
    cleaned([pictures.stored(pictures.plain(), "PNG")], KINDS["png"])
    assert psutil.Process().children() == []


def test_libraries_that_read_files_of_strangers_are_not_loaded_by_those_who_ask() -> None:
    asks = (
        "import sys; from intake.cleaning import KINDS, cleaned; "
        "cleaned([b'told'], KINDS['txt']); "
        "sys.exit(any(name in sys.modules for name in ('PIL', 'pikepdf', 'pillow_heif')))"
    )
    root = str(_INTAKE.parent)
    done = subprocess.run([sys.executable, "-c", asks], cwd=root, timeout=60, check=False)
    assert done.returncode == 0
