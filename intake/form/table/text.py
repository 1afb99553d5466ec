"""The text of a table out of the bytes of a file, whichever program wrote it."""

import codecs
import re
import unicodedata
from typing import Final

from intake.form.table.faults import (
    EMPTY,
    MOST_BYTES,
    NOT_A_TABLE,
    NOT_READ,
    TOO_LARGE,
    TableError,
)

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What tables and papers begin with that are no text: workbooks new and old, PDF, RTF.
_OTHERS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
_ONE_IN: Final = 50  # bytes: in UTF-16 more than these are zero, by signs and spaces alone
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


def text_of(content: bytes) -> str:
    """What a file says; raises `TableError` for what is no text, or too much of it."""
    if not content.strip():
        raise TableError(EMPTY)
    if len(content) > MOST_BYTES:
        raise TableError(TOO_LARGE)
    if content.startswith(_OTHERS):
        raise TableError(NOT_A_TABLE)
    try:
        decoded = content.decode(_encoding(content))
    except UnicodeDecodeError:
        raise TableError(NOT_READ) from None
    return tidy(decoded)


def tidy(text: str) -> str:
    """`text` with one kind of line end and without control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROLS.sub("", lines))


def _encoding(content: bytes) -> str:
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    if marked:
        return marked
    low, high = content[::2].count(0), content[1::2].count(0)
    if max(low, high) * _ONE_IN > len(content):  # every sign below U+0100 has one in UTF-16
        return "utf-16-le" if high > low else "utf-16-be"
    return "utf-8" if _is_utf8(content) else "cp1251"


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
