"""Writing `rings.pub`: one writer at a time, in one step, on the disk when it returns."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from intake import instance
from intake.casework.service import Service
from intake.vault import Pins

_LOCK: Final = "rings.lock"


@contextmanager
def changing_pins(service: Service) -> Iterator[None]:
    """Only the caller changes pins meanwhile; taken before a write transaction, never inside.

    Whoever writes pins reads them first in here: an older copy that was written back would
    have reports sealed to a key that nobody holds. A process that dies lets go of it.
    """
    path = service.settings.instance / _LOCK
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def pin(service: Service, pins: Pins) -> None:
    """Write the keys that reports are sealed to; in one step, so that none is half there."""
    path = instance.pins_path(service.settings.instance)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    instance.keep(draft, pins.to_text().encode())
    draft.replace(path)
    # What is boxed next must not outlive the pin that names it.
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
