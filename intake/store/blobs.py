"""Where sealed files lie, piece by piece: a folder of this machine or a bucket, by obstore.

It holds `Sealed` alone, under random names, and knows no key, no name and no owner.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import count as numbers
from typing import TYPE_CHECKING, Final, Self
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from intake.store.blob_errors import NoPieceError, told
from intake.store.blob_folder import Folder, folder_of
from intake.vault import PIECE_BOX, Sealed

if TYPE_CHECKING:
    from obstore import ReadableFile, WritableFile
    from obstore.store import RetryConfig

_IS_FILE: Final = re.compile(r"[0-9a-f]{32}").fullmatch  # a disk of its own has `lost+found`

PART: Final = 256 * 2**10
"""The most bytes of a piece that are handed out at once."""

_FOLDER_BUFFER: Final = 2**20
# A piece that fits goes to a bucket in one request, so that a kill leaves no part of it there.
_BUCKET_BUFFER: Final = PIECE_BOX + 1
_RETRIES: Final["RetryConfig"] = {"max_retries": 3, "retry_timeout": timedelta(seconds=30)}


@dataclass(frozen=True)
class Blobs:
    """The pieces of every sealed file; all that asks the store may raise `BlobError`.

    It is reached at the first use, by threads of obstore's own: fork before that.
    """

    url: str
    folder: Folder | None

    @classmethod
    def open(cls, url: str) -> Self:
        """The store at `url`: a folder, `file:///…`, or a bucket, `s3://bucket/prefix`.

        A bucket's key, region and endpoint come from the environment (`AWS_…`).
        """
        return cls(url, folder_of(url))

    def put(self, file: UUID, index: int, sealed: Iterable[Sealed]) -> None:
        """Keep a piece whole, or not at all; the one that is there is replaced."""
        with self.writing(file, index) as write:
            for part in sealed:
                write(part)

    @contextmanager
    def writing(self, file: UUID, index: int) -> Iterator[Callable[[Sealed], None]]:
        """What takes a piece part by part; it is kept at the end, unless an error comes."""
        writer = self._writer(file, index)
        try:
            yield lambda part: _write(writer, part)
        except BaseException as error:
            _give_up(writer, error)
            raise
        with told():
            writer.close()
            if self.folder:
                self.folder.settle(file, index)

    def get(self, file: UUID, index: int) -> Iterator[bytes]:
        """A piece, in parts of at most `PART` bytes; `NoPieceError` when it is not there."""
        name = _name(file, index)
        with told():
            try:
                reader = obstore.open_reader(self._store, name, buffer_size=self._buffer)
            except FileNotFoundError:
                raise NoPieceError from None
        return _parts(reader)

    def count(self, file: UUID) -> int:
        """How many pieces of a file are there, one after another from the first."""
        there = {name.rpartition("/")[2] for name in self._names(file)}
        return next(number for number in numbers() if str(number) not in there)

    def remove(self, file: UUID) -> None:
        """Delete all there is of a file; nothing happens where there is nothing."""
        with told():
            if self.folder:
                self.folder.remove(file)
            else:
                obstore.delete(self._store, self._names(file))

    def all(self) -> Iterator[UUID]:
        """The files of which anything is there, in the order of their random ids."""
        with told():
            found = obstore.list_with_delimiter(self._store)["common_prefixes"]
        return (UUID(hex=name) for name in sorted(found) if _IS_FILE(name))

    def last_changed(self, file: UUID) -> datetime | None:
        """When something last came of a file (UTC, in a folder to the hour), if anything."""
        if self.folder:
            return self.folder.last_changed(file)
        with told():
            found = obstore.list(self._store, prefix=file.hex)
            times = [entry["last_modified"] for entries in found for entry in entries]
        return max(times, default=None)

    def tidy(self, *, now: datetime) -> int:
        """Delete what writings left behind that were cut off an hour ago or more; how many."""
        if not self.folder:
            return 0
        with told():
            return self.folder.tidy(before=(now - timedelta(hours=1)).timestamp())

    @cached_property
    def _store(self) -> ObjectStore:
        if not self.folder:
            return S3Store.from_url(self.url, retry_config=_RETRIES)
        self.folder.prepare()
        return LocalStore(self.folder.path)

    @property
    def _buffer(self) -> int:
        return _FOLDER_BUFFER if self.folder else _BUCKET_BUFFER

    def _writer(self, file: UUID, index: int) -> "WritableFile":
        name = _name(file, index)
        with told():
            store = self._store
            if self.folder:
                self.folder.make_room(file)
            return obstore.open_writer(store, name, buffer_size=self._buffer, max_concurrency=1)

    def _names(self, file: UUID) -> list[str]:
        with told():
            found = obstore.list(self._store, prefix=file.hex)
            return [entry["path"] for entries in found for entry in entries]


def _name(file: UUID, index: int) -> str:
    return f"{file.hex}/{index}"


def _write(writer: "WritableFile", part: Sealed) -> None:
    with told():
        writer.write(part)


def _give_up(writer: "WritableFile", error: BaseException) -> None:
    """Keep nothing of what was written."""
    with suppress(BaseError, OSError):  # the first error is the one to tell
        writer.__exit__(type(error), error, error.__traceback__)


def _parts(reader: "ReadableFile") -> Iterator[bytes]:
    while True:
        with told():
            part = bytes(reader.read(PART))
        if not part:
            return
        yield part
