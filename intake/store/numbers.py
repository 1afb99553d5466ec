"""What the numbers of the team are counted from: plain columns of all cases, and sheets.

When a report came is told by `answer_by` and the level where that is asked of many: the index
of the queue holds both, and no row of a case needs to be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session
from typing_extensions import override

from intake.case import Stage
from intake.store import finding
from intake.store.cases import IS_OPEN, Selection
from intake.store.finding import PlainCase
from intake.store.tables import CaseRow
from intake.triage import Level


class OfHour(NamedTuple):
    """So many reports that came in this hour, UTC; `automated` of them look automated."""

    hour: datetime
    number: int
    automated: int


class OpenCases(NamedTuple):
    """So many open cases of one level with one holder, `on_hold` of them; as queues count."""

    holder: UUID | None
    level: str
    number: int
    on_hold: int


@dataclass(frozen=True)
class _Closed(Selection):
    """Closed cases of one level that came from the hour `since` on; no automated ones."""

    level: Level = field(kw_only=True)
    since: datetime = field(kw_only=True)

    @override
    def condition(self) -> ColumnElement[bool]:
        automated = CaseRow.automated.is_(False)
        came = _came(self.level, self.since)
        return and_(super().condition(), automated, came)


def by_hour(session: Session, since: datetime) -> Iterator[OfHour]:
    """How many reports came in each hour from `since` on, erased ones too."""
    query = select(CaseRow.hour, func.count()).where(CaseRow.hour >= since)
    automated = _automated(session, since)
    for hour, number in session.execute(query.group_by(CaseRow.hour)):
        yield OfHour(hour, number, automated.get(hour, 0))


def closed(session: Session, member: UUID, since: datetime) -> Iterator[PlainCase]:
    """The closed cases that came from `since` on; of none that look automated."""
    for level in Level:
        yield from finding.cases(session, _Closed("closed", member, level=level, since=since))


def open_cases(session: Session) -> Iterator[OpenCases]:
    """How many open cases each member holds of each level, and how many nobody does."""
    waits = func.count().filter(CaseRow.stage == Stage.ON_HOLD)
    query = (
        select(CaseRow.holder, CaseRow.level, func.count(), waits)
        .where(IS_OPEN)
        .group_by(CaseRow.holder, CaseRow.level)
    )
    return map(OpenCases._make, session.execute(query))


def has_any(session: Session) -> bool:
    """Whether a report ever came."""
    return session.scalar(select(CaseRow.id).limit(1)) is not None


def _automated(session: Session, since: datetime) -> dict[datetime, int]:
    """How many of the reports of an hour look automated."""
    found: dict[datetime, int] = {}
    for level in Level:
        query = (
            select(CaseRow.answer_by, func.count())
            .where(CaseRow.stage.in_(Stage), CaseRow.automated.is_(True), _came(level, since))
            .group_by(CaseRow.answer_by)
        )
        for answer_by, number in session.execute(query):
            hour = answer_by - timedelta(hours=level.hours)
            found[hour] = found.get(hour, 0) + number
    return found


def _came(level: Level, since: datetime) -> ColumnElement[bool]:
    """Whether a case of this level came from the hour `since` on."""
    due = since + timedelta(hours=level.hours)
    return and_(CaseRow.level == level.code, CaseRow.answer_by >= due)
