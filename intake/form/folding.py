"""Spelling names of places alike, whether typed in Russian, Kazakh or Latin letters."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# ruff: noqa: RUF001 - letters that look alike are what this is about
_LETTERS: Final = str.maketrans(
    dict(zip("абвгдезиклмнопрстуфыәғқңөұүһіiў", "abvgdeziklmnoprstufiagknouuhiiu", strict=True))
    | {"ё": "e", "ж": "j", "й": "i", "х": "h", "ц": "s", "ч": "c", "ш": "s", "щ": "s"}
    | {"э": "e", "ю": "iu", "я": "ia", "ъ": "", "ь": "", "'": "", "’": "", "ʻ": ""}
    | {"y": "i", "q": "k", "ı": "i"}
)
# Two Latin letters that stand for one Cyrillic letter, longest first.
_PAIRS: Final = (
    ("shch", "s"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("sh", "s"), ("ch", "c"), ("ts", "s"),
)  # fmt: skip
_DOUBLED: Final = re.compile(r"(.)\1+")
_GAPS: Final = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """`text` in one plain Latin spelling, words parted by single spaces.

    >>> folded("Талдықорған") == folded("Taldyqorghhan") == folded("Талдыкорган")
    True
    """
    plain = _DOUBLED.sub(r"\1", "".join(map(_bare, unicodedata.normalize("NFC", text).lower())))
    for pair, letter in _PAIRS:
        plain = plain.replace(pair, letter)
    return _GAPS.sub(" ", _DOUBLED.sub(r"\1", plain.translate(_LETTERS))).strip()


def _bare(letter: str) -> str:
    """`letter` without accent, unless it is a Cyrillic letter of its own (`й`, `ё`)."""
    if letter in "йёў":
        return letter
    return unicodedata.normalize("NFD", letter)[0]
