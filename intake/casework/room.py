"""Room on the disk: the last of it is for reports, so nothing else may begin there."""

import shutil
from collections.abc import Callable
from pathlib import Path

from intake.casework.errors import StorageFull
from intake.settings import Settings


def free_bytes(folder: Path) -> int:
    """Bytes that are free on the disk of `folder`."""
    return shutil.disk_usage(folder).free


def leave_the_reserve(settings: Settings, *, free: Callable[[Path], int] = free_bytes) -> None:
    """Raise `StorageFull` where only what is kept for reports is left.

    Looks at the disk of the instance folder, where SQLite has its file; a PostgreSQL on
    another disk is not looked at.
    """
    if free(settings.instance) < settings.disk_reserve_bytes:
        raise StorageFull
