"""Cases that were saved before anybody reckoned limits: each is saved anew, once, with a line.

Until then the queue knows their limits by their facts alone, and nobody is warned of them. What
shows that it is still to be done is the sheet that they lack, so that it can be cut off.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from intake.casework.case_file import opened
from intake.casework.errors import UnknownCase
from intake.casework.reader import Reader
from intake.casework.work import facets
from intake.roles import Permission

AT_ONCE: Final = 20
"""Cases saved anew beside one page: each is a transaction of its own."""


def go_on(reader: Reader, *, now: datetime, at_most: int) -> int:
    """Make sheets that are missing, and save the older cases among them; how many it were."""
    made = facets.make_missing(reader, now=now, at_most=at_most)
    if not reader.may(Permission.OPEN_CASE):
        return made.number
    return made.number + sum(_saved(reader, ref, now) for ref in made.older[:AT_ONCE])


def _saved(reader: Reader, ref: str, now: datetime) -> bool:
    try:
        with opened(reader, ref, "reckoned", now=now) as file:
            file.is_changed = True
    except UnknownCase:  # kept for others, who will go on with it
        return False
    return True
