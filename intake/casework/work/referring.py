"""Who could lead a kind of help in a case, those first who fit what the person wished."""

from __future__ import annotations

from datetime import datetime

from intake.casework.case_file import opened
from intake.casework.directory.choosing import Choosing, choosing
from intake.casework.directory.load import open_cases
from intake.casework.reader import Reader
from intake.casework.work.leading import leaders


def referring(reader: Reader, ref: str, track: str, *, now: datetime) -> Choosing:
    """Members and people outside whose work this help is; any kind, while none is chosen.

    It is shown on a page that has left its line in the log already, and leaves none.
    """
    loads = open_cases(reader, now=now)
    with opened(reader, ref, "read_steps", now=now) as file:
        file.act = None
        offered = [one.id for one in leaders(file) if one.fits(track)]
        return choosing(file, offered, loads)
