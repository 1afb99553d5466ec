"""The confined process, seen from outside: started, fed, listened to, and ended."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Timer
from typing import IO, Final, cast

from intake.cleaning.limits import Limits, NotCleaned, Why

_START: Final = Path(__file__).with_name("confined") / "start.py"
_LIBRARIES: Final = ("PIL", "pillow_heif", "pikepdf")
_LINE: Final = 64  # bytes that the line before a copy may have


@dataclass(frozen=True)
class Answer:
    """What the process said, with the line that tells what it is, and how it ended."""

    line: str
    content: bytes
    ended: int
    is_late: bool


def answer_to(content: Iterable[bytes], code: str, limits: Limits) -> Answer:
    """What a confined process makes of the pieces of a file of the kind `code`.

    Raises `NotCleaned` where the file or the answer is too big, and what asking for a piece
    raises; the process is gone afterwards in any case.
    """
    with _started(code, limits) as process:
        _hand_over(content, cast("IO[bytes]", process.stdin), limits)
        with _cut_off(process, after=limits.seconds) as is_late:
            said = _all_of(cast("IO[bytes]", process.stdout), limits)
            ended = process.wait()
    line, _, copy = said.partition(b"\n")
    return Answer(line[:_LINE].decode("ascii", "replace"), copy, ended, is_late.is_set())


@contextmanager
def _started(code: str, limits: Limits) -> Iterator[subprocess.Popen[bytes]]:
    words = [code, *map(str, astuple(limits)), *_folders()]
    with subprocess.Popen(  # noqa: S603 - our own file
        # Nothing of the environment, of the folder or of site hooks decides what runs.
        [sys.executable, "-I", "-S", "-B", str(_START), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()
            with suppress(BrokenPipeError):  # of what was given and never read
                cast("IO[bytes]", process.stdin).close()


def _folders() -> list[str]:
    """Where the libraries of the copies are; looking does not import them."""
    found = (find_spec(name) for name in _LIBRARIES)
    places = (spec.origin for spec in found if spec is not None and spec.origin is not None)
    return sorted({str(Path(place).parents[1]) for place in places})


def _hand_over(content: Iterable[bytes], to: IO[bytes], limits: Limits) -> None:
    given = 0
    with suppress(BrokenPipeError):  # it ended early, and its answer or its end says why
        for piece in content:
            given += len(piece)
            if given > limits.content:
                raise NotCleaned(Why.TOO_BIG)
            to.write(piece)
        to.close()


def _all_of(said: IO[bytes], limits: Limits) -> bytes:
    content = said.read(_LINE + limits.copy + 1)
    if len(content) > _LINE + limits.copy:
        raise NotCleaned(Why.TOO_BIG)
    return content


@contextmanager
def _cut_off(process: subprocess.Popen[bytes], *, after: float) -> Iterator[Event]:
    """End the process `after` seconds; the event tells whether that was done."""
    is_late = Event()

    def end() -> None:
        is_late.set()
        process.kill()

    timer = Timer(after, end)
    timer.daemon = True
    timer.start()
    try:
        yield is_late
    finally:
        timer.cancel()
