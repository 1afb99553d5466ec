"""Every limit of every open case, and of closed ones the date of erasing; the latest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NamedTuple

from intake.casework.finding.clocks import Due
from intake.casework.finding.look import Look
from intake.casework.finding.sheet import Sheet
from intake.casework.finding.sieve import LEVELS
from intake.casework.grid import erasing_by
from intake.casework.reader import Reader
from intake.roles import Permission
from intake.store import cases, finding, members
from intake.store.cases import Selection
from intake.store.finding import PlainCase
from intake.triage import Level

ROWS: Final = 50


@dataclass(frozen=True)
class Deadline:
    """A limit that runs for a case: `clock` is its code, `turn` as `Started` has it."""

    ref: str
    number: str | None
    stage: str
    level: str
    holder: str | None
    is_mine: bool
    clock: str
    due: datetime
    turn: str
    is_waiting: bool
    """Whether it waits for somebody else, or for its day."""
    is_late: bool


@dataclass(frozen=True)
class Deadlines:
    """One page of limits; `total` of them fit, of which so many are `late`."""

    rows: tuple[Deadline, ...]
    total: int
    late: int
    page: int
    pages: int


def deadlines(
    reader: Reader, *, now: datetime, mine: bool = False, clock: str = "", page: int = 1
) -> Deadlines:
    """The limits of all cases that the reader may open, or of those she holds.

    With `clock`, only limits of this code. The last page stands for what comes after it.
    """
    reader.demand(Permission.READ_QUEUE)
    with reader.service.reading() as session:
        look = _Limits(reader, session, now)
        found = [one for one in look.limits(mine=mine) if clock in {"", one.due.clock}]
        found.sort(key=lambda one: (one.due.waiting, one.due.at, one.case.id))
        pages = max(1, -(-len(found) // ROWS))
        page = min(max(1, page), pages)
        some = found[(page - 1) * ROWS : page * ROWS]
        late = sum(map(look.is_late, found))
        return Deadlines(tuple(look.shown(some)), len(found), late, page, pages)


class _Limit(NamedTuple):
    """A limit of a case that stands on this level."""

    case: PlainCase
    level: int
    due: Due


class _Limits(Look):
    """A look that goes over limits instead of cases."""

    def limits(self, *, mine: bool) -> Iterator[_Limit]:
        """The limits of the cases of which she may know, in no order."""
        for chosen in self._chosen(mine=mine):
            for case, sheet in self.opening.all(finding.cases(self.session, chosen)):
                if sheet is not None and not self.eye.is_for_others(case, sheet):
                    yield from self._of(case, sheet)

    def _chosen(self, *, mine: bool) -> Iterator[Selection]:
        me = self.reader.member
        yield Selection("mine" if mine else "open", me)
        holders, until = (me,) if mine else (), erasing_by(self.now)
        yield Selection("erasing", me, holders=holders, until=until)

    def _of(self, case: PlainCase, sheet: Sheet) -> Iterator[_Limit]:
        now, has_news = self.eye.seconds, self.eye.has_news(case)
        standing = sheet.standing(now, LEVELS[case.level], has_news=has_news)
        for due in standing.dues:
            yield _Limit(case, standing.level, due)

    def is_late(self, one: _Limit) -> bool:
        return not one.due.waiting and one.due.at < self.eye.seconds

    def shown(self, some: Sequence[_Limit]) -> Iterator[Deadline]:
        """These limits with what stands plain about their cases."""
        rows = cases.rows(self.session, [one.case.case_id for one in some])
        handles = members.handles(self.session)
        for one, row in zip(some, rows, strict=True):
            yield Deadline(
                ref=row.ref,
                number=row.number,
                stage=row.stage,
                level=Level(one.level).code,
                holder=handles.get(row.holder) if row.holder else None,
                is_mine=row.holder == self.reader.member,
                clock=one.due.clock,
                due=datetime.fromtimestamp(one.due.at, UTC),
                turn=one.due.turn,
                is_waiting=one.due.waiting,
                is_late=self.is_late(one),
            )
