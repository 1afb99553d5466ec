"""Taking away what no report holds any more: what broke off, and what was erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from intake.casework.files.arriving import take_away
from intake.casework.service import Service
from intake.store import files

LONGEST: Final = timedelta(hours=24)
"""So long a file may take to arrive before its report is kept."""


def sweep(service: Service, *, now: datetime) -> int:
    """Remove every file whose owner is gone or of which no row tells; how many.

    Files that arrive just now are left for another night: nothing of theirs is a day old.
    """
    before = now - LONGEST
    with service.reading() as session:
        known, orphans = files.known(session), files.orphans(session)
    blobs = service.blobs
    blobs.tidy(now=now)
    lost = (file for file in blobs.all() if file in orphans or file not in known)
    gone = [file for file in lost if (at := blobs.last_changed(file)) and at < before]
    take_away(service, gone)
    return len(gone)
