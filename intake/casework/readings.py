"""Who read how much in a period: counts for each member, and no score."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median_low
from typing import Final
from uuid import UUID

from intake.casework.log_lines import Lines, open_lines
from intake.casework.oversight import SLACK, leave_line
from intake.casework.reader import Reader
from intake.store import members
from intake.store.service import AuditRow

AT_MOST: Final = 10_000
"""Lines that are opened for one page."""
MANY: Final = 10
"""So many cases stand out where they are twice as many as the one in the middle has."""
_OPENING: Final = "opened"
_READING: Final = "read_"
_EXPORTING: Final = "export"
"""How the acts of reading and of exporting begin, whatever it is that is read."""


@dataclass(frozen=True)
class Readings:
    """What one member read: different cases, openings of their pages, exports."""

    member: UUID
    handle: str
    cases: int
    openings: int
    exports: int
    stands_out: bool = False


@dataclass(frozen=True)
class Period:
    """The counts, most cases first; `counted_from` where the period was too long to count."""

    readings: tuple[Readings, ...]
    counted_from: datetime | None = None


@dataclass
class _Count:
    cases: set[UUID] = field(default_factory=set)
    openings: int = 0
    exports: int = 0


def readings(reader: Reader, *, since: datetime, until: datetime, now: datetime) -> Period:
    """Count the readings of a period, `until` not included; seeing them is reading the log."""
    leave_line(reader, now=now)
    with open_lines(reader) as lines:
        counts, reached = _counted(lines, since, until)
        handles = members.handles(lines.session)
    usual = median_low([len(count.cases) for count in counts.values()] or [0])
    found = [
        Readings(
            member,
            handles.get(member, "?"),
            len(count.cases),
            count.openings,
            count.exports,
            len(count.cases) >= max(MANY, 2 * usual),
        )
        for member, count in counts.items()
    ]
    return Period(tuple(sorted(found, key=lambda one: (-one.cases, one.handle))), reached)


def _counted(
    lines: Lines, since: datetime, until: datetime
) -> tuple[dict[UUID, _Count], datetime | None]:
    """The counts by member; and from when on they are, where lines are left."""
    counts: dict[UUID, _Count] = defaultdict(_Count)
    at: datetime | None = None
    rows = lines.rows(
        AuditRow.pseudonym.is_not(None),
        below=lines.first_from(until + SLACK),
        limit=AT_MOST,
    )
    for row in rows:
        line = lines.opened(row)
        if line is None:
            continue
        at = line.at
        if at < since - SLACK:
            return counts, None
        if line.by and line.case and since <= at < until:
            _count(counts[line.by], line.act, line.case)
    return counts, at if len(rows) == AT_MOST else None


def _count(count: _Count, act: str, case: UUID) -> None:
    is_export = act.startswith(_EXPORTING)
    if act == _OPENING or act.startswith(_READING) or is_export:
        count.cases.add(case)
        count.exports += is_export
        count.openings += not is_export
