"""The pieces of one file in the store: put there one by one, and read back together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from intake.casework.errors import CaseworkError, StorageBusy
from intake.casework.files.arriving import FileRefused, demand_room, told
from intake.casework.service import Service
from intake.cleaning.kinds import carries_code
from intake.form.manifest import Manifest
from intake.store.blob_errors import BlobError, NoPieceError
from intake.vault import PIECE, Key, PieceBoxing, UnsealError, open_file, piece_sizes

AT_ONCE: Final = PIECE
"""The bytes of a piece; only the last one of a file is shorter."""


class DamagedFile(CaseworkError):  # noqa: N818
    """What is stored of the file is not what was sent."""


class CutShort(CaseworkError):  # noqa: N818 - reads as what is the matter
    """Less came than a piece has, or more."""


def piece_length(length: int, index: int) -> int:
    """How many bytes of a file of `length` bytes are in this piece; 0 beyond its end."""
    return max(0, min(PIECE, length - index * PIECE))


def store(service: Service, file: Manifest, index: int, parts: Iterable[bytes]) -> None:
    """Seal a piece while it comes, and keep it whole or not at all.

    Raises `CutShort`, `StorageBusy`, and `FileRefused` for what carries programs or where
    there is no room.
    """
    if index:  # of the first one `Room.begin` has judged
        demand_room(service)
    boxing = PieceBoxing(Key(file.key), file=file.id, index=index)
    with told(), service.blobs.writing(file.id, index) as write:
        for part in _judged(file, index, parts):
            write(boxing.add(part))
        for rest in boxing.end(piece_sizes(file.length)[index]):
            write(rest)


def pad(service: Service, file: Manifest) -> int:
    """Store the pieces that only hide how long the file is; how many all are."""
    sizes = piece_sizes(file.length)
    for index in range(file.pieces, len(sizes)):
        store(service, file, index, ())
    return len(sizes)


def content(service: Service, file: Manifest) -> Iterator[bytes]:
    """What the stored pieces were before they were sealed; `DamagedFile`, `StorageBusy`.

    Whether it is what was sent is known at the end, by the SHA-256 of a file that is whole.
    """
    pieces, digest = partial(service.blobs.get, file.id), hashlib.sha256()
    try:
        for part in open_file(Key(file.key), pieces, file=file.id, length=file.length):
            digest.update(part)
            yield part
    except (UnsealError, NoPieceError):
        raise DamagedFile from None
    except BlobError:
        raise StorageBusy from None
    if file.is_whole and digest.hexdigest() != file.sha256:
        raise DamagedFile


def sha256_of(service: Service, file: Manifest) -> str:
    """The SHA-256 of the whole file, hexadecimal.

    Raises `StorageBusy`, and `FileRefused` where the pieces are not what was stored.
    """
    digest = hashlib.sha256()
    try:
        for part in content(service, file):
            digest.update(part)
    except DamagedFile:
        raise FileRefused("empty") from None
    return digest.hexdigest()


def _judged(file: Manifest, index: int, parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts as they are, if they are all of the piece and no more."""
    left = piece_length(file.length, index)
    for part in parts:
        left -= len(part)
        if left < 0:
            raise CutShort
        if carries_code(file.kind, part):
            raise FileRefused("kind")
        yield part
    if left:
        raise CutShort
