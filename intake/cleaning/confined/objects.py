"""What pages draw with, copied from one PDF into another without what may act or tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from intake.cleaning.confined.streams import Streams
from intake.cleaning.limits import Limits

_NAMED: Final = {
    *("/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/Shading", "/XObject"),
    *("/CharProcs", "/Colorants"),
}
"""Under these, the keys of a dictionary are names that somebody chose."""
_ACTING: Final = {
    *("/A", "/AA", "/JS", "/OpenAction", "/Annots", "/AF", "/EF"),
    *("/OPI", "/Ref", "/Alternates"),  # which reach outside the file
}
_TELLING: Final = {"/Metadata", "/PieceInfo", "/LastModified", "/Measure", "/PtData"}
_HIDING: Final = {"/OC", "/Properties"}
_POINTING: Final = {"/Parent", "/StructParent", "/StructParents", "/Thumb", "/B", "/P", "/Pg"}
_LEFT_OUT: Final = _ACTING | _TELLING | _HIDING | _POINTING
_OF_STREAMS: Final = {
    *("/Length", "/Filter", "/DecodeParms", "/DL"),
    *("/F", "/FFilter", "/FDecodeParms"),  # a file of the machine instead
}


class Copier:
    """Copies objects into `pdf`, each of them once."""

    def __init__(self, pdf: Pdf, limits: Limits) -> None:
        self.pdf: Final = pdf
        self._streams: Final = Streams(pdf, limits)
        self._made: dict[tuple[int, int], Object] = {}

    def of(self, original: Any) -> Any:  # noqa: ANN401 - numbers come as Python's own
        """A copy; the same one wherever the same object is asked for again."""
        if not isinstance(original, Object):
            return original
        if isinstance(original, Name):
            return Name(str(original))
        if isinstance(original, String):
            return String(bytes(original))
        if isinstance(original, (Array, Dictionary, Stream)):
            return self._made.get(original.objgen) or self._first(original)
        raise TypeError

    def named(self, original: Object) -> Any:  # noqa: ANN401 - as `of`
        """A dictionary whose keys are free names: all of them are kept."""
        if not isinstance(original, Dictionary):
            return self.of(original)
        return Dictionary({key: self.of(value) for key, value in original.items()})

    def drawing(self, parts: Iterable[Object]) -> Object:
        """The streams that draw a page, as one."""
        return self._streams.joined(part for part in parts if isinstance(part, Stream))

    def _first(self, original: Object) -> Object:
        made = self._empty(original)
        if original.is_indirect:
            made = self.pdf.make_indirect(made)
            self._made[original.objgen] = made  # before it is filled: it may hold itself
        if isinstance(original, Array):
            for item in original:
                made.append(self.of(item))
        else:
            self._fill(made, original)
        return made

    def _empty(self, original: Object) -> Object:
        if isinstance(original, Stream):
            return self.pdf.make_stream(b"")
        return Array() if isinstance(original, Array) else Dictionary()

    def _fill(self, made: Object, original: Object) -> None:
        out = _LEFT_OUT
        if isinstance(original, Stream):
            out = _LEFT_OUT | _OF_STREAMS
            self._streams.write(made, original, self.of)
        for key, value in original.items():
            if key not in out:
                made[key] = self.named(value) if key in _NAMED else self.of(value)
