"""A file on its way in: judged by how it begins, and sealed while it arrives.

Of what came its beginning alone is held in clear, and nothing is ever written in clear.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Final
from uuid import UUID, uuid4

from typing_extensions import Buffer

from intake.casework.errors import CaseworkError, StorageBusy
from intake.casework.service import Service
from intake.cleaning.kinds import carries_code, kind_of
from intake.form.manifest import Manifest
from intake.store import files
from intake.store.blob_errors import BlobError, FilesFullError
from intake.vault import PIECE, Key, PieceBoxing, Sealed, piece_sizes

JUDGED_BY: Final = 64 * 1024  # bytes of the beginning
LONGEST_NAME: Final = 200


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


def take_away(service: Service, ids: Collection[UUID]) -> None:
    """Remove these files for good."""
    with service.writing() as session:
        files.remove(session, ids)
    try:
        for id_ in ids:
            service.blobs.remove(id_)
    except BlobError:  # the nightly sweep comes by
        raise StorageBusy from None


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
            try:
                self._take(came)
            except FileRefused as refused:
                self._refused = refused
                self.forget()
        return came.nbytes

    def whole(self) -> Manifest:
        """What is kept of the file once all of it came; `FileRefused`, `StorageBusy`."""
        if self._refused is None and not self.length:
            self._refused = FileRefused("empty")
        if self._refused is not None:
            raise self._refused
        if not self.kind:
            self._judge()
        sizes = piece_sizes(self.length)
        for size in sizes[self._stored :]:
            self._put(size)
        with self.service.writing() as session:
            files.measured(session, self.id, pieces=self._stored, size=sum(sizes))
        name, sha256 = self.name[:LONGEST_NAME], self._sha256.hexdigest()
        return Manifest(
            self.id, self._key.raw, name, self.kind, self.length, self._stored, sha256
        )

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
        box = chain(self._sealed, self._piece.end(size))
        with told():
            self.service.blobs.put(self.id, self._stored, box)
        self._sealed.clear()
        self._stored += 1
        self._piece = self._next_piece()

    def _next_piece(self) -> PieceBoxing:
        return PieceBoxing(self._key, file=self.id, index=self._stored)
