"""The words in a PDF that Typst made, read back by the maps that its fonts carry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

import pikepdf

_CODE = r"<([0-9A-Fa-f]+)>"
_PAIR = re.compile(rf"^{_CODE}\s*{_CODE}$", re.MULTILINE)
_RANGE = re.compile(rf"^{_CODE}\s*{_CODE}\s*{_CODE}$", re.MULTILINE)


def words_in(pdf: bytes) -> str:
    """What stands on all pages, with a line for each piece that is set at once."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return "\n".join(piece for page in document.pages for piece in _pieces(page))


def _pieces(page: pikepdf.Page) -> Iterator[str]:
    fonts = {name: _letters(font) for name, font in page.resources["/Font"].items()}
    letters: Mapping[int, str] = {}
    for act in pikepdf.parse_content_stream(page):
        match str(act.operator), list(act.operands):
            case "Tf", [font, _size]:
                letters = fonts[str(font)]
            case "Tj", [glyphs]:
                yield _said(bytes(glyphs), letters)
            case "TJ", [several]:
                those = [bytes(one) for one in several if isinstance(one, pikepdf.String)]
                yield _said(b"".join(those), letters)
            case _:
                pass


def _said(glyphs: bytes, letters: Mapping[int, str]) -> str:
    codes = (int.from_bytes(glyphs[at : at + 2]) for at in range(0, len(glyphs), 2))
    return "".join(letters.get(code, "") for code in codes)


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """The letters of each glyph, by its number."""
    text = font.ToUnicode.read_bytes().decode("ascii")
    found = {int(code, 16): _utf16(to) for code, to in _PAIR.findall(text)}
    for first, last, to in _RANGE.findall(text):
        start = int(to, 16)
        for step in range(int(last, 16) - int(first, 16) + 1):
            found[int(first, 16) + step] = chr(start + step)
    return found


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")
