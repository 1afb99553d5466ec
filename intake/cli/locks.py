"""What must not run at the same time on one installation."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

from intake.settings import Settings

_WORKING: Final = "worker.lock"
_IN_USE: Final = "use.lock"


@contextmanager
def working(settings: Settings) -> Iterator[None]:
    """One worker alone: two would tell people everything twice."""
    with _held(settings, _WORKING, fcntl.LOCK_EX, "A worker is at work already."):
        yield


@contextmanager
def using(settings: Settings) -> Iterator[None]:
    """The installation is served or worked for, so that nobody may replace it."""
    with _held(settings, _IN_USE, fcntl.LOCK_SH, "A restore is at work. Try again after it."):
        yield


@contextmanager
def replacing(settings: Settings) -> Iterator[None]:
    """Nobody serves or works with keys in memory that are about to be replaced."""
    words = "Stop intake serve and intake worker first: they work with the keys of before."
    with _held(settings, _IN_USE, fcntl.LOCK_EX, words):
        yield


@contextmanager
def _held(settings: Settings, name: str, kind: int, otherwise: str) -> Iterator[None]:
    descriptor = os.open(settings.instance / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor, kind, otherwise)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, kind: int, otherwise: str) -> None:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        raise click.ClickException(otherwise) from None
