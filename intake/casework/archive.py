"""The file of a backup: a boxed stream of lines, its key sealed to the recovery key.

After a first line in plain come the recovery key's public half, the sealed key, and pieces of
the stream: each a byte (1 for the last piece), its length (4 bytes, big-endian) and a box. The
box is bound to its place and to being the last, so that none is left out, moved or cut off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from intake.vault import Key, PublicKey, Sealed, Seed, UnsealError, context

MAGIC: Final = b"INTAKE BACKUP 1\n"
PIECE_BYTES: Final = 1 << 20
_LONGEST: Final = PIECE_BYTES << 1
_LENGTH_BYTES: Final = 4
_MORE, _LAST = b"\0", b"\1"


class NoArchive(Exception):  # noqa: N818 - reads as what is the matter
    """The file is no backup of ours, is incomplete, or was changed."""


@dataclass(frozen=True)
class Archive:
    """A backup's file after its head; `recovery` tells which sheets open it."""

    recovery: PublicKey
    sealed_key: Sealed = field(repr=False)
    file: BinaryIO = field(repr=False)


def open_archive(file: BinaryIO) -> Archive:
    """Read the head of `file`; `NoArchive` when there is none."""
    if file.read(len(MAGIC)) != MAGIC:
        raise NoArchive
    try:
        return Archive(PublicKey(_read(file)), Sealed(_read(file)), file)
    except ValueError:
        raise NoArchive from None


def lines(archive: Archive, seed: Seed) -> Iterator[bytes]:
    """Every line without its end; `NoArchive` where something is not as it was written."""
    rest = b""
    for piece in _pieces(archive, _key(archive, seed)):
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
    if rest or archive.file.read(1):
        raise NoArchive


def write(file: BinaryIO, content: Iterable[bytes], *, recovery: PublicKey) -> None:
    """Write lines (without their ends) so that only the recovery sheets open them."""
    key = Key.random()
    file.write(MAGIC)
    _write(file, recovery.raw)
    _write(file, recovery.seal(key.raw, context=_for_key(recovery)))
    index, waiting = 0, bytearray()
    for line in content:
        waiting += line + b"\n"
        while len(waiting) >= PIECE_BYTES:
            _write_piece(file, key, bytes(waiting[:PIECE_BYTES]), index, _MORE)
            del waiting[:PIECE_BYTES]
            index += 1
    _write_piece(file, key, bytes(waiting), index, _LAST)


def _pieces(archive: Archive, key: Key) -> Iterator[bytes]:
    index, kind = 0, _MORE
    while kind == _MORE:
        kind = archive.file.read(1)
        boxed = Sealed(_read(archive.file))
        try:
            yield key.unbox(boxed, context=_for_piece(index, kind))
        except UnsealError:
            raise NoArchive from None
        index += 1


def _key(archive: Archive, seed: Seed) -> Key:
    try:
        place = _for_key(archive.recovery)
        return Key(seed.identity.unseal(archive.sealed_key, context=place))
    except (UnsealError, ValueError):
        raise NoArchive from None


def _write_piece(file: BinaryIO, key: Key, piece: bytes, index: int, kind: bytes) -> None:
    file.write(kind)
    _write(file, key.box(piece, context=_for_piece(index, kind)))


def _write(file: BinaryIO, content: bytes) -> None:
    file.write(len(content).to_bytes(_LENGTH_BYTES, "big") + content)


def _read(file: BinaryIO) -> bytes:
    length = int.from_bytes(file.read(_LENGTH_BYTES), "big")
    if length > _LONGEST or len(content := file.read(length)) != length:
        raise NoArchive
    return content


def _for_key(recovery: PublicKey) -> bytes:
    return context("backup-key", recovery.raw)


def _for_piece(index: int, kind: bytes) -> bytes:
    return context("backup-piece", index, kind)
