"""Files: sealed piece by piece while they arrive, opened part by part; FORMAT.md §4.6."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from uuid import UUID

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag
from typing_extensions import Buffer

from intake.vault.context import context
from intake.vault.keys import Key
from intake.vault.padding import REPORT_FLOOR, padme
from intake.vault.sealed import BOX, Sealed, UnsealError

PIECE: Final = 8 * 2**20
"""The bytes of a piece; only the last one of a file is shorter."""

PIECE_BOX: Final = PIECE + 1 + 24 + 32 + (PIECE // 16_384 + 1) * 16
"""The bytes of the box of a whole piece."""

_ZEROS: Final = bytes(65_536)

Pieces = Callable[[int], Iterable[Buffer]]
"""Gives the box of a file's piece by its index, in parts of any length."""


def piece_sizes(length: int) -> tuple[int, ...]:
    """The bytes in each piece of a file of `length` bytes, with the zeros that pad it."""
    whole, rest = divmod(padme(max(length, REPORT_FLOOR)), PIECE)
    return (PIECE,) * whole + ((rest,) if rest else ())


class PieceBoxing:
    """One piece on its way in: each part leaves sealed at once, and none is kept."""

    def __init__(self, key: Key, *, file: UUID, index: int) -> None:
        self._boxing = Cobblestone256Encryptor(key.raw, _place(file, index))
        self._start = BOX
        self._length = 0

    @property
    def room(self) -> int:
        """How many bytes the piece still takes."""
        return PIECE - self._length

    def add(self, part: Buffer) -> Sealed:
        """`part`, sealed; `ValueError` when the piece has no room for it."""
        view = memoryview(part)
        if view.nbytes > self.room:
            raise ValueError("A piece of a file is full.")
        self._length += view.nbytes
        start, self._start = self._start, b""
        return Sealed(start + self._boxing.update(view))

    def end(self, size: int) -> Iterator[Sealed]:
        """The rest of the box, with zeros until the piece holds `size` bytes.

        `ValueError` when it holds more already.
        """
        if not self._length <= size <= PIECE:
            raise ValueError("A piece of a file is longer than it may be.")
        while self._length < size:
            yield self.add(_ZEROS[: size - self._length])
        yield Sealed(self._start + self._boxing.finalize())


def box_parts(
    key: Key, parts: Iterable[Buffer], *, file: UUID, index: int, size: int
) -> Iterator[Sealed]:
    """A piece of `size` bytes, as `piece_sizes` has them, whose content comes in `parts`."""
    boxing = PieceBoxing(key, file=file, index=index)
    for part in parts:
        yield boxing.add(part)
    yield from boxing.end(size)


def open_parts(key: Key, parts: Iterable[Buffer], *, file: UUID, index: int) -> Iterator[bytes]:
    """What a piece holds, in parts; `UnsealError` as soon as it is not what was boxed.

    Each part is true when it comes. That none is missing is known at the end alone.
    """
    opening = Cobblestone256Decryptor(key.raw, _place(file, index))
    try:
        for part in _after_version(parts):
            if opened := opening.update(part):
                yield opened
        yield opening.finalize()
    except InvalidTag:
        raise UnsealError from None


def box_piece(
    key: Key, content: Buffer, *, file: UUID, index: int, size: int | None = None
) -> Sealed:
    """A piece at once, padded to `size` bytes where that is given."""
    size = memoryview(content).nbytes if size is None else size
    return Sealed(b"".join(box_parts(key, [content], file=file, index=index, size=size)))


def open_piece(key: Key, sealed: Buffer, *, file: UUID, index: int) -> bytes:
    """What a piece holds, with the zeros that pad it; else `UnsealError`."""
    return b"".join(open_parts(key, [sealed], file=file, index=index))


def open_file(key: Key, pieces: Pieces, *, file: UUID, length: int) -> Iterator[bytes]:
    """The `length` bytes of a file, in parts; `UnsealError` where a piece is not its own."""
    left = length
    for index, size in enumerate(piece_sizes(length)):
        if not left:
            return  # what follows is padding alone
        for part in _sized(open_parts(key, pieces(index), file=file, index=index), size):
            if left:
                yield part[:left]
            left -= min(left, len(part))


def _sized(parts: Iterable[bytes], size: int) -> Iterator[bytes]:
    for part in parts:
        size -= len(part)
        yield part
    if size:
        raise UnsealError


def _after_version(parts: Iterable[Buffer]) -> Iterator[memoryview]:
    """The parts of a box without its version byte; `UnsealError` for anything but a box."""
    views = (memoryview(part) for part in parts if memoryview(part).nbytes)
    first = next(views, None)
    if first is None or bytes(first[:1]) != BOX:
        raise UnsealError
    yield first[1:]
    yield from views


def _place(file: UUID, index: int) -> bytes:
    # A file's key is fresh and lies in sealed documents alone, so no case needs to be named.
    return context("file", file, index)
