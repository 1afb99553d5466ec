"""Passphrases for members: words drawn from the EFF's long list, read forgivingly."""

import re
import secrets
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

_SEPARATORS: Final = re.compile(r"[\s\-\u2010-\u2015\u2212]+")


def passphrase(words: int = 6) -> str:
    """Fresh words joined by hyphens, 12.9 bits each: six are 77 bits."""
    return "-".join(secrets.choice(word_list()) for _ in range(words))


def normalise_passphrase(text: str) -> str:
    """One spelling for all ways to type it: NFKC, folded case, single hyphens."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _SEPARATORS.sub("-", unicodedata.normalize("NFKC", folded)).strip("-")


@cache
def word_list() -> tuple[str, ...]:
    """The EFF's long list (7,776 words) as `xkcdpass` ships it."""
    listed = files("xkcdpass").joinpath("static", "eff-long").read_text("ascii")
    return tuple(listed.split())
