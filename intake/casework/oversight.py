"""What oversight asks of the log: its pages, narrowed or whole, and whether all of it is sound.

A filter that looks inside lines goes through a bounded number of them for each page, and says
where the next page goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from intake.casework import log, verify
from intake.casework.log_lines import Line, Lines, Opened, open_lines
from intake.casework.reader import Reader
from intake.roles import Permission
from intake.store import members
from intake.store.service import AuditRow

ON_A_PAGE: Final = 50
AT_MOST: Final = 2_000
"""Lines that one page looks through for a filter."""
READ_LOG: Final = "read_log"
FOLDED: Final = timedelta(minutes=15)
"""Within this time, opening the log again leaves no further line."""
SLACK: Final = timedelta(hours=1)
"""How far lines may stand from the order of their times: requests end as they can."""
_LOOKED_BACK: Final = 200


@dataclass(frozen=True)
class Sought:
    """What the log is narrowed to; `before` is the sequence that a later page begins below.

    `since` and `until` are moments, the second one not included.
    """

    member: UUID | None = None
    act: str = ""
    since: datetime | None = None
    until: datetime | None = None
    ref: str = ""
    before: int | None = None

    @property
    def looks_inside(self) -> bool:
        return bool(self.member or self.act or self.since or self.until)


@dataclass(frozen=True)
class LogPage:
    """Lines, newest first; `before` begins the next page, None where nothing is left.

    `is_cut_short`: it looked through as many lines as one page may, `looked_through`.
    """

    lines: tuple[Line, ...]
    before: int | None
    looked_through: int
    is_cut_short: bool = False

    @property
    def is_sound(self) -> bool:
        return all(line.is_sound for line in self.lines)


@dataclass(frozen=True)
class _Found:
    rows: Sequence[AuditRow]
    before: int | None
    looked_through: int
    is_cut_short: bool = False


def people(reader: Reader) -> tuple[tuple[UUID, str], ...]:
    """Everybody who ever had an account, by handle."""
    reader.demand(Permission.READ_LOG)
    with reader.service.reading() as session:
        return tuple(sorted(members.handles(session).items(), key=lambda one: one[1]))


def page(reader: Reader, sought: Sought, *, now: datetime) -> LogPage:
    """One page of the log; opening its first page is a line itself (`leave_line`)."""
    if sought.before is None:
        leave_line(reader, now=now)
    with open_lines(reader) as lines:
        found = _narrowed(lines, sought) if sought.looks_inside else _plain(lines, sought)
        shown = lines.shown(found.rows)
        return LogPage(shown, found.before, found.looked_through, found.is_cut_short)


def leave_line(reader: Reader, *, now: datetime) -> None:
    """Say in the log that she reads it, unless it said so within the last quarter hour.

    Only the newest lines are asked: among a flood of others, one more is no flood.
    """
    with open_lines(reader) as lines:
        for row in lines.rows(limit=_LOOKED_BACK):
            line = lines.opened(row)
            if line is not None and now - line.at >= FOLDED:
                break
            if line is not None and (line.act, line.by) == (READ_LOG, reader.member):
                return
    with reader.service.writing() as session:
        log.append(session, reader.service, READ_LOG, by=reader.member, now=now)


def compare(reader: Reader, *, now: datetime) -> tuple[str, ...]:
    """Compare the whole log and every case; one sentence for each thing that is wrong."""
    reader.demand(Permission.READ_LOG)
    service, findings = reader.service, verify.verify(reader.service)
    detail = {"findings": len(findings)}
    with service.writing() as session:
        log.append(session, service, "log_compared", by=reader.member, detail=detail, now=now)
    return findings


def head(reader: Reader) -> verify.Head:
    """The newest line, for paper; looking at it leaves no line, or it would never be newest."""
    reader.demand(Permission.READ_LOG)
    return verify.head(reader.service)


def _plain(lines: Lines, sought: Sought) -> _Found:
    where = (lines.about(sought.ref),) if sought.ref else ()
    rows = lines.rows(*where, below=sought.before, limit=ON_A_PAGE + 1)
    is_more, rows = len(rows) > ON_A_PAGE, rows[:ON_A_PAGE]
    return _Found(rows, rows[-1].seq if is_more else None, len(rows))


def _narrowed(lines: Lines, sought: Sought) -> _Found:
    where = (lines.about(sought.ref),) if sought.ref else ()
    rows = lines.rows(*where, below=_begins_below(lines, sought), limit=AT_MOST)
    found: list[AuditRow] = []
    for count, row in enumerate(rows, 1):
        line = lines.opened(row)
        if line is not None and sought.since and line.at < sought.since - SLACK:
            return _Found(found, None, count)
        if _fits(line, sought):
            found.append(row)
        if len(found) == ON_A_PAGE:
            return _Found(found, row.seq, count)
    is_cut_short = len(rows) == AT_MOST
    return _Found(found, rows[-1].seq if is_cut_short else None, len(rows), is_cut_short)


def _begins_below(lines: Lines, sought: Sought) -> int | None:
    if sought.until is None or sought.before is not None:
        return sought.before
    return lines.first_from(sought.until + SLACK)


def _fits(line: Opened | None, sought: Sought) -> bool:
    """Whether it is a line that is looked for; what does not open is always shown."""
    if line is None:
        return True
    return (
        (sought.member is None or line.by == sought.member)
        and (not sought.act or line.act == sought.act)
        and (sought.since is None or line.at >= sought.since)
        and (sought.until is None or line.at < sought.until)
    )
