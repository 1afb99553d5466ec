"""Putting a case off until a day: it leaves the views of daily work until then.

News of the reporter show it there at once, and so does a limit that is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from intake.casework.case_file import opened
from intake.casework.cases import demand_opened
from intake.casework.errors import CaseworkError, Conflict
from intake.casework.reader import Reader
from intake.roles import Permission

LONGEST: Final[Mapping[str, timedelta]] = {
    "u1": timedelta(days=1),
    "u2": timedelta(days=3),
    "u3": timedelta(days=7),
    "u4": timedelta(days=30),
}
"""No case is out of sight for longer than it may stay unreviewed (domain.md 6.2)."""


@dataclass
class TooLong(CaseworkError):  # noqa: N818 - reads as what is the matter
    """A case of this level may be put off for `longest` at most."""

    longest: timedelta


def snooze(
    reader: Reader, ref: str, until: datetime, *, version: int | None = None, now: datetime
) -> None:
    """Put the case off; a message of the reporter ends it, and late it is shown all the same.

    Raises `TooLong`, `Conflict`, `ValueError` for a time that is over.
    """
    reader.demand(Permission.OPEN_CASE)
    if until <= now:
        raise ValueError("A case is put off until a time that is to come.")
    with opened(reader, ref, "snoozed", now=now) as file:
        demand_opened(file)
        if file.kept.snoozed_until == until:
            file.act = None
            return
        if version is not None and file.row.version != version:
            raise Conflict
        if until - now > LONGEST[file.row.level]:
            raise TooLong(LONGEST[file.row.level])
        file.keep(replace(file.kept, snoozed_until=until))


def wake(reader: Reader, ref: str, *, now: datetime) -> None:
    """Show the case again at once; nothing where it is not put off."""
    reader.demand(Permission.OPEN_CASE)
    with opened(reader, ref, "woken", now=now) as file:
        if file.kept.snoozed_until is None:
            file.act = None
            return
        file.keep(replace(file.kept, snoozed_until=None))
