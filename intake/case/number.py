"""The number that a case gets when it is accepted: `2026-0143`."""

import re
from collections.abc import Iterable
from typing import Final

_NUMBER: Final = re.compile(r"([0-9]{4})-([0-9]{4,})")


def number(year: int, count: int) -> str:
    """The number of the case that is the `count`-th of its year.

    >>> number(2026, 143)
    '2026-0143'
    """
    return f"{year}-{count:04d}"


def next_number(year: int, given: Iterable[str]) -> str:
    """The number after all that were given in this year; numbers are never given twice."""
    counts = (
        int(m[2]) for text in given if (m := _NUMBER.fullmatch(text)) and m[1] == str(year)
    )
    return number(year, max(counts, default=0) + 1)
