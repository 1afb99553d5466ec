"""How much each coordinator holds, by what stands plain: numbers, and no case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.case import OPEN_STAGES
from intake.casework.reader import Reader
from intake.casework.team.colleagues import coordinators
from intake.roles import Permission
from intake.store.tables import CaseRow
from intake.triage import Level


@dataclass(frozen=True)
class Load:
    """The open cases that one coordinator holds, by level; `on_hold` are among them."""

    member: UUID
    handle: str
    is_me: bool
    by_level: Mapping[str, int]
    on_hold: int

    @property
    def open(self) -> int:
        return sum(self.by_level.values())


def workload(reader: Reader) -> tuple[Load, ...]:
    """Everybody who is in and can hold cases, who holds the most first."""
    reader.demand(Permission.HAND_OVER)
    everybody = coordinators(reader)
    with reader.service.reading() as session:
        by_level, on_hold = _counted(session)
    loads = [
        Load(
            one.id,
            one.handle,
            one.id == reader.member,
            {level.code: by_level[one.id].get(level.code, 0) for level in Level},
            on_hold[one.id],
        )
        for one in everybody
    ]
    return tuple(sorted(loads, key=lambda load: (-load.open, load.handle)))


def _counted(
    session: Session,
) -> tuple[defaultdict[UUID, dict[str, int]], defaultdict[UUID, int]]:
    """Open cases by holder and level, and those on hold by holder; an index answers."""
    query = (
        select(CaseRow.holder, CaseRow.level, CaseRow.stage, func.count())
        .where(CaseRow.holder.is_not(None), CaseRow.stage.in_(OPEN_STAGES))
        .group_by(CaseRow.holder, CaseRow.level, CaseRow.stage)
    )
    by_level: defaultdict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    on_hold: defaultdict[UUID, int] = defaultdict(int)
    for holder, level, stage, count in session.execute(query):
        if holder is not None:
            by_level[holder][level] += count
            on_hold[holder] += count if stage == "on_hold" else 0
    return by_level, on_hold
