"""Pictures inside papers, left as they are coded, but without words, places and small copies.

JPEG is ITU-T T.81 annex B, JPEG 2000 is ITU-T T.800 annexes A and I.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intake.cleaning.limits import Limits, NotCleaned, Why

_MARKER: Final = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
_END, _SCAN, _ADOBE = 0xD9, 0xDA, 0xEE
_NOTES: Final = frozenset({*range(0xE0, 0xF0), 0xFE}) - {_ADOBE}  # APPn and comments
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_DRAWN_BOXES: Final = (b"jP  ", b"ftyp", b"jp2h", b"jp2c")
_HEADER: Final = 8  # bytes of a box: length and kind
_SIZE: Final = b"\xff\x4f\xff\x51"  # of a code stream


def as_it_is(content: bytes, _limits: Limits) -> bytes:
    """Codings for fax and scans have no room for words."""
    return content


def jpeg(content: bytes, limits: Limits) -> bytes:
    """A JPEG without notes; only Adobe's, which says how colours are coded, stays."""
    if not content.startswith(b"\xff\xd8"):
        raise NotCleaned(Why.DAMAGED)
    kept = [b"\xff\xd8"]
    for marker, part in _segments(content):
        if marker in _FRAMES:
            height, width = int.from_bytes(part[5:7]), int.from_bytes(part[7:9])
            _bounded(width * height, limits)
        if marker not in _NOTES:
            kept.append(part)
    return b"".join(kept) + b"\xff\xd9"


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with its segment; that of a scan goes on to the next marker."""
    found = _MARKER.search(content, 2)
    while found is not None and found[1][0] != _END:
        begin, marker = found.end() - 2, found[1][0]
        end = begin + 2 + int.from_bytes(content[begin + 2 : begin + 4])
        found = _MARKER.search(content, end)
        if marker == _SCAN:
            end = found.start() if found is not None else len(content)
        yield marker, content[begin:end]


def jpeg_2000(content: bytes, limits: Limits) -> bytes:
    """A JPEG 2000 with those boxes only of which the picture is made."""
    at = content.find(_SIZE)
    width, height = (int.from_bytes(content[at + p : at + p + 4]) for p in (8, 12))
    _bounded(width * height, limits)
    if content.startswith(_SIZE):
        return content
    return b"".join(box for kind, box in _boxes(content) if kind in _DRAWN_BOXES)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + _HEADER <= len(content):
        length = int.from_bytes(content[at : at + 4])
        if length == 1:
            length = int.from_bytes(content[at + 8 : at + 16])
        end = at + length if length >= _HEADER else len(content)  # 0: up to the end
        yield content[at + 4 : at + 8], content[at:end]
        at = end


def _bounded(pixels: int, limits: Limits) -> None:
    if pixels > limits.pixels:
        raise NotCleaned(Why.TOO_MANY_PIXELS)
