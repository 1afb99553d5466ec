"""A file on its way in: judged by how it begins, and sealed while it arrives.

Of what came its beginning alone is held in clear, and nothing is ever written in clear.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final
from uuid import UUID, uuid4

from typing_extensions import Buffer

from intake.casework.errors import CaseworkError, StorageBusy, StorageFull
from intake.casework.room import leave_the_reserve
from intake.casework.service import Service
from intake.cleaning.kinds import carries_code, kind_of
from intake.form.manifest import Manifest
from intake.store import files
from intake.store.blob_errors import BlobError, FilesFullError
from intake.vault import PIECE, Key, PieceBoxing, Sealed, piece_sizes

JUDGED_BY: Final = 64 * 1024  # bytes of the beginning
LONGEST_NAME: Final = 200
_AT_ONCE: Final = 500  # ids in a statement, far below what any database takes


@dataclass
class FileRefused(CaseworkError):  # noqa: N818 - reads as what is the matter
    """Why a file is not taken, as a code: `empty`, `kind`, `large`, `full` or `busy`."""

    why: str


@contextmanager
def told() -> Iterator[None]:
    """What the store of files answers while something is put there, as our own errors."""
    try:
        yield
    except FilesFullError:
        raise FileRefused("full") from None
    except BlobError:
        raise StorageBusy from None


def take_away(service: Service, ids: Iterable[UUID]) -> None:
    """Remove these files for good, but for those that belong to a case by now."""
    left = iter(ids)
    while some := frozenset(islice(left, _AT_ONCE)):
        with service.writing() as session:
            gone = files.remove(session, some)
        try:
            for id_ in gone:
                service.blobs.remove(id_)
        except BlobError:  # the nightly sweep comes by
            raise StorageBusy from None


def demand_room(service: Service) -> None:
    """Refuse more of any file where there is no room left for files.

    Raises `FileRefused` where only what is kept for words is left of the disk, or of the room
    that reports share which nobody has read; and `StorageBusy`.
    """
    try:
        leave_the_reserve(service.settings)
    except StorageFull:
        raise FileRefused("full") from None
    with service.reading() as session:
        if files.unread_bytes(session) >= service.settings.unread_files_bytes:
            raise FileRefused("full")


@dataclass(frozen=True)
class Room:
    """How many bytes a file may have, and what is done before anything of it is stored.

    `begin` gets the file's id and may refuse it.
    """

    bytes: int
    begin: Callable[[UUID], None] = field(repr=False)


@dataclass
class Arriving:
    """One file: what came of it so far."""

    service: Service
    name: str = field(repr=False)
    room: Room = field(repr=False)
    id: UUID = field(default_factory=uuid4)
    length: int = 0
    kind: str = ""
    _stored: int = 0
    _size: int = 0
    _key: Key = field(default_factory=Key.random, repr=False)
    _head: bytearray = field(default_factory=bytearray, repr=False)
    _sealed: list[Sealed] = field(default_factory=list, repr=False)
    _refused: FileRefused | None = None

    def __post_init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._piece = self._next_piece()

    def write(self, data: Buffer) -> int:
        """Take what came; once the file is refused, the rest is let go."""
        came = memoryview(data)
        if self._refused is None:
            self._refused = _refusal(lambda: self._take(came))
            if self._refused is not None:
                with suppress(StorageBusy):  # the nightly sweep comes by
                    self.forget()
        return came.nbytes

    def whole(self) -> Manifest:
        """What is kept of the file once all of it came; `FileRefused`."""
        if self._refused is None:
            self._refused = _refusal(self._end)
        if self._refused is not None:
            raise self._refused
        name, sha256 = self.name[:LONGEST_NAME], self._sha256.hexdigest()
        return Manifest(
            self.id, self._key.raw, name, self.kind, self.length, self._stored, sha256
        )

    def _end(self) -> None:
        if not self.length:
            raise FileRefused("empty")
        if not self.kind:
            self._judge()
        for size in piece_sizes(self.length)[self._stored :]:
            self._put(size)

    def forget(self) -> None:
        """Take away what was stored of it."""
        self._sealed.clear()
        if self.kind:
            take_away(self.service, [self.id])

    def _take(self, came: memoryview) -> None:
        self.length += came.nbytes
        if self.length > self.room.bytes:
            raise FileRefused("large")
        self._sha256.update(came)
        self._look_at(came)
        while came:
            part, came = came[: self._piece.room], came[self._piece.room :]
            self._sealed.append(self._piece.add(part))
            if not self._piece.room:
                self._put(PIECE)

    def _look_at(self, came: memoryview) -> None:
        """Refuse what is no kind that is taken, or carries programs."""
        if not self.kind:
            self._head += came[: JUDGED_BY - len(self._head)]
            if len(self._head) == JUDGED_BY:
                self._judge()
        if carries_code(self.kind, came):
            raise FileRefused("kind")

    def _judge(self) -> None:
        kind = kind_of(bytes(self._head), self.name)
        if kind is None:
            raise FileRefused("kind")
        self.kind = kind.code
        self._head.clear()
        self.room.begin(self.id)

    def _put(self, size: int) -> None:
        """Store the piece that is full, or padded to `size`."""
        if self._stored:  # of the first one `begin` has judged
            demand_room(self.service)
        box = chain(self._sealed, self._piece.end(size))
        with told():
            self.service.blobs.put(self.id, self._stored, box)
        self._sealed.clear()
        self._stored += 1
        self._size += size
        with self.service.writing() as session:
            files.measured(session, self.id, pieces=self._stored, size=self._size)
        self._piece = self._next_piece()

    def _next_piece(self) -> PieceBoxing:
        return PieceBoxing(self._key, file=self.id, index=self._stored)


def _refusal(act: Callable[[], None]) -> FileRefused | None:
    """Why a file is not taken any more, if so; the words beside it are read all the same."""
    try:
        act()
    except FileRefused as refused:
        return refused
    except StorageBusy:
        return FileRefused("busy")
    return None
