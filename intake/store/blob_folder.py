"""What a folder of sealed files needs besides obstore.

It is its owner's alone, keeps pieces through a power cut, shows no more than the hour of each,
and loses what a kill left behind. No system lets a program set when an inode last changed
(`ctime`) or was born: that stays exact for whoever copies the disk.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import url2pathname
from uuid import UUID

_HOUR: Final = 3600
# A reading that lies ahead is left alone by Linux (`relatime`), so that none is noted.
_LAST_READING: Final = 2**31 - 1


@dataclass(frozen=True)
class Folder:
    """The folder in which each file has one of its own."""

    path: Path

    def prepare(self) -> None:
        """Make it, readable by its owner alone."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)

    def make_room(self, file: UUID) -> None:
        """Make the folder of a file, unless it is there."""
        if not self._of(file).is_dir():
            self._of(file).mkdir(mode=0o700, exist_ok=True)
            _settle(self.path)

    def settle(self, file: UUID, index: int) -> None:
        """Let a piece outlive a power cut, and show the hour in which it came alone."""
        piece = self._of(file) / str(index)
        piece.chmod(0o600)
        _settle(piece)
        _settle(self._of(file))

    def last_changed(self, file: UUID) -> datetime | None:
        """The hour in which something last came of a file; None where there is none."""
        if not self._of(file).is_dir():
            return None
        times = [path.stat().st_mtime for path in (self._of(file), *self._of(file).iterdir())]
        return datetime.fromtimestamp(max(times), UTC)

    def remove(self, file: UUID) -> None:
        """Delete the folder of a file with all that is in it; nothing where there is none."""
        if self._of(file).is_dir():
            shutil.rmtree(self._of(file))
            _settle(self.path)

    def tidy(self, *, before: float) -> int:
        """Delete pieces whose writing was cut off `before` (seconds since 1970); how many."""
        left = [
            part
            for part in self.path.glob("*/*#*")  # obstore's names for what is not whole yet
            if part.stat().st_mtime < before
        ]
        for part in left:
            part.unlink(missing_ok=True)
        for folder in {part.parent for part in left}:
            _settle(folder)
        return len(left)

    def _of(self, file: UUID) -> Path:
        return self.path / file.hex


def folder_of(url: str) -> Folder | None:
    """The folder that a `file://` address names; None for a bucket."""
    parts = urlsplit(url)
    return Folder(Path(url2pathname(parts.path))) if parts.scheme == "file" else None


def _settle(path: Path) -> None:
    """Let a file or folder say the hour of its last change alone, and wait for the disk."""
    with _opened(path) as descriptor:
        hour = os.fstat(descriptor).st_mtime // _HOUR * _HOUR
        os.utime(descriptor, (_LAST_READING, hour))
        os.fsync(descriptor)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
