"""Plain text as UTF-8, without marks that change what is read."""

import codecs
import re
from typing import Final

from intake.cleaning.confined.outcome import Copy
from intake.cleaning.limits import Limits

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SEEN_ONLY_BY_MACHINES: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
for _name in ("utf-8", "utf-16-le", "utf-16-be", "cp1251"):
    codecs.lookup(_name)  # found on first use, and nothing can be found later


def copied(content: bytes, _limits: Limits) -> Copy:
    """The text in UTF-8; what is none and has no mark is read as Windows wrote Cyrillic."""
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    return Copy("txt", _SEEN_ONLY_BY_MACHINES.sub("", text).encode("utf-8", "replace"))


def _decoded(content: bytes) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1251", "replace")
