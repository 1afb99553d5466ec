"""The bytes inside a PDF: unpacked within limits and packed anew, pictures without words."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from typing import Any, Final

from pikepdf import Array, Name, Object, Pdf, PdfError

from intake.cleaning.confined import coded
from intake.cleaning.limits import Limits, NotCleaned, Why

_UNPACKED: Final = 512 * 2**20  # bytes of one file
_PICTURES: Final[dict[str, Callable[[bytes, Limits], bytes]]] = {
    "/DCTDecode": coded.jpeg,
    "/DCT": coded.jpeg,
    "/JPXDecode": coded.jpeg_2000,
    "/JBIG2Decode": coded.as_it_is,
    "/CCITTFaxDecode": coded.as_it_is,
    "/CCF": coded.as_it_is,
}
"""How pictures are coded that stay as they are, and what is taken out of them."""


class Streams:
    """Writes streams into `pdf`, counts what is unpacked on the way; raises `NotCleaned`."""

    def __init__(self, pdf: Pdf, limits: Limits) -> None:
        self._pdf: Final = pdf
        self._limits: Final = limits
        self._room = _UNPACKED

    def write(self, made: Object, original: Object, copy: Callable[[Any], Any]) -> None:
        """Fill a stream with the bytes of another; what `copy` makes goes with it."""
        self._bounded(original)
        names, settings = _listed(original, "/Filter"), _listed(original, "/DecodeParms")
        if names and str(names[-1]) in _PICTURES:
            kept = _PICTURES[str(names[-1])]
            coded_ = kept(self._counted(self._before_last(original, names)), self._limits)
            last = copy(settings[-1]) if len(settings) == len(names) else None
            made.write(coded_, filter=Name(str(names[-1])), decode_parms=last)
        else:
            _pack(made, self._unpacked(original))

    def joined(self, originals: Iterable[Object]) -> Object:
        """One stream with the bytes of all these, in lines of their own."""
        made = self._pdf.make_stream(b"")
        _pack(made, b"\n".join([self._unpacked(original) for original in originals]))
        return made

    def _bounded(self, original: Object) -> None:
        width, height = original.get("/Width", 0), original.get("/Height", 0)
        if not (isinstance(width, int) and isinstance(height, int)):
            raise NotCleaned(Why.DAMAGED)
        if width * height > self._limits.pixels:
            raise NotCleaned(Why.TOO_MANY_PIXELS)

    def _before_last(self, original: Object, names: list[Any]) -> bytes:
        """The bytes as the last of the filters finds them."""
        raw = original.read_raw_bytes()
        if len(names) == 1:
            return raw
        # Nobody puts a predictor before a picture's own coding.
        part = self._pdf.make_stream(raw)
        part[Name.Filter] = Array([Name(str(name)) for name in names[:-1]])
        return self._unpacked(part)

    def _unpacked(self, original: Object) -> bytes:
        try:
            return self._counted(original.read_bytes())
        except (PdfError, RuntimeError) as error:
            # Its kind does not tell, so its words must.
            too_big = "limit exceeded" in str(error)
            raise NotCleaned(Why.TOO_BIG if too_big else Why.DAMAGED) from None

    def _counted(self, content: bytes) -> bytes:
        self._room -= len(content)
        if self._room < 0:
            raise NotCleaned(Why.TOO_BIG)
        return content


def _listed(stream: Object, key: str) -> list[Any]:
    value = stream.get(key)
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _pack(made: Object, content: bytes) -> None:
    made.write(zlib.compress(content), filter=Name.FlateDecode)
