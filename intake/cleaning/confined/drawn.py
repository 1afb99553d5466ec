"""How much a page draws in all, for a small form drawn by forms again and again has no end."""

import re
from typing import Final

from pikepdf import Dictionary, Object, Stream

from intake.cleaning.limits import NotCleaned, Why

_MOST: Final = 2**30  # bytes of drawing on one page, with each form as often as it is drawn
_DRAW: Final = re.compile(rb"(/[^\s/<>\[\](){}%]+)\s+Do\b")
_CODED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


class Drawn:
    """Weighs forms, each once; raises `NotCleaned` for what draws too much or draws itself."""

    def __init__(self) -> None:
        self._weights: dict[tuple[int, int], int | None] = {}

    def bound(self, contents: Object, resources: Object) -> None:
        """Refuse a page whose contents draw more than a reader can bear."""
        self._weight(contents, resources)

    def _weight(self, stream: Object, resources: Object) -> int:
        content = stream.read_bytes()
        forms: Object = resources.get("/XObject", Dictionary())
        weight = len(content)
        for found in _DRAW.finditer(content):
            name = _CODED.sub(lambda code: bytes.fromhex(code[1].decode()), found[1])
            weight += self._of_form(
                forms.get(name.decode("utf-8", "surrogateescape")), resources
            )
            if weight > _MOST:
                raise NotCleaned(Why.TOO_BIG)
        return weight

    def _of_form(self, form: Object | None, around: Object) -> int:
        if not isinstance(form, Stream) or form.get("/Subtype") != "/Form":
            return 0
        if form.objgen not in self._weights:
            self._weights[form.objgen] = None  # is being weighed
            weight = self._weight(form, form.get("/Resources", around))
            self._weights[form.objgen] = weight
        known = self._weights[form.objgen]
        if known is None:  # it draws itself
            raise NotCleaned(Why.DAMAGED)
        return known
