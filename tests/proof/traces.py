"""Looking for words wherever bytes lie, in every shape in which they may have been written."""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import quote

GZIP: Final = re.compile(rb"\x1f\x8b\x08")
ZLIB: Final = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
MOST_UNPACKED: Final = 1 << 20
LEAST_UNPACKED: Final = 16
PIECE: Final = 1 << 26
EMPTY: Final = bytes(4096)


@dataclass(frozen=True)
class Trace:
    """A word, and how it was written where it was found."""

    place: str
    word: str
    shape: str


@dataclass(frozen=True)
class Wanted:
    """Words that must be nowhere; each has at least eight characters.

    `besides` is looked for in fewer shapes, since there is much of it.
    """

    words: tuple[str, ...]
    besides: tuple[str, ...] = ()

    @cached_property
    def exact(self) -> dict[bytes, tuple[str, str]]:
        """What to look for as it stands, and which word in which shape it is."""
        return {
            pattern: (word, shape)
            for words, shapes in ((self.words, _exact_shapes), (self.besides, _few_shapes))
            for word in words
            for shape, pattern in shapes(word)
        }

    @cached_property
    def folded(self) -> dict[bytes, tuple[str, str]]:
        """What to look for whatever its case."""
        return {
            pattern.lower(): (word, shape)
            for word in self.words
            for shape, pattern in _folded_shapes(word)
        }

    def traces(self, place: str, content: bytes) -> Iterator[Trace]:
        """Where they are in `content`, packed parts included."""
        yield from self._plain(place, content)
        for at, unpacked in _unpacked(content):
            yield from self._plain(f"{place}, packed at {at}", unpacked)

    def _plain(self, place: str, content: bytes) -> Iterator[Trace]:
        lower = content.lower()
        for patterns, searched in ((self.exact, content), (self.folded, lower)):
            for pattern, (word, shape) in patterns.items():
                if pattern in searched:
                    yield Trace(place, word, shape)


def in_files(wanted: Wanted, folders: Iterable[Path], *, since: float = 0) -> list[Trace]:
    """Traces in every file under `folders` that was written after `since`, name and content."""
    found: list[Trace] = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            found += wanted.traces(f"name of {path}", str(path).encode())
            if path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since:
                found += wanted.traces(str(path), path.read_bytes().replace(EMPTY, b""))
    return found


def _exact_shapes(word: str) -> Iterator[tuple[str, bytes]]:
    raw = word.encode()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        for offset in range(3):
            yield f"base64 of {encoding}", _base64(word.encode(encoding), offset)
            yield (
                f"base64 for addresses of {encoding}",
                _base64(word.encode(encoding), offset).translate(bytes.maketrans(b"+/", b"-_")),
            )
    yield "backwards", raw[::-1]


def _few_shapes(word: str) -> Iterator[tuple[str, bytes]]:
    yield "utf-8", word.encode()
    yield "utf-16-le", word.encode("utf-16-le")
    yield "hex", word.encode().hex().encode()
    for offset in range(3):
        yield "base64", _base64(word.encode(), offset)


def _base64(raw: bytes, offset: int) -> bytes:
    """What `raw` always looks like when `offset` bytes, of three, stand before it."""
    coded = base64.b64encode(bytes(offset) + raw + bytes(2))
    first = -(-offset * 8 // 6)
    return coded[first : (offset + len(raw)) * 8 // 6]


def _folded_shapes(word: str) -> Iterator[tuple[str, bytes]]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield encoding, word.encode(encoding)
        yield f"hex of {encoding}", word.encode(encoding).hex().encode()
    yield "percent", quote(word, safe="").encode()
    yield "quoted-printable", quote(word, safe="").replace("%", "=").encode()
    yield "escaped", word.encode("unicode_escape")
    yield "references", word.encode("ascii", "xmlcharrefreplace")


def _unpacked(content: bytes) -> Iterator[tuple[int, bytes]]:
    for magic, bits in ((GZIP, 31), (ZLIB, 15)):
        for found in magic.finditer(content):
            unpacked = _inflated(content[found.start() : found.start() + PIECE], bits)
            if len(unpacked) >= LEAST_UNPACKED:
                yield found.start(), unpacked


def _inflated(packed: bytes, bits: int) -> bytes:
    try:
        return zlib.decompressobj(bits).decompress(packed, MOST_UNPACKED)
    except zlib.error:
        return b""
