"""The queue: which cases wait, for whom, for how long, and why.

The database sorts and cuts by what is plain; what only sealed facts tell (region, custody,
whose turn it is) is decided by the sheets of the cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from heapq import nsmallest
from itertools import count
from math import ceil
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.facts_box import KeptFacts
from intake.casework.finding.counts import counts
from intake.casework.finding.look import Look
from intake.casework.finding.rows import Row, shown
from intake.casework.finding.sheet import Sheet, whole
from intake.casework.finding.sieve import ORDERS, Seen, seen
from intake.casework.finding.wish import Wish
from intake.casework.reader import Reader
from intake.casework.work.reckoning import reckoned_of_facts
from intake.roles import Permission
from intake.store import cases, members
from intake.store.finding import PlainCase, plain
from intake.store.tables import CaseRow
from intake.triage import Facts

PAGE_SIZE: Final = 25


@dataclass(frozen=True)
class QueuePage:
    """A page of rows; `counts` holds the views that are cheap to count.

    `is_cut` where more cases were to be looked through than one page does.
    """

    wish: Wish
    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[str, int]
    latest: datetime | None
    is_cut: bool = False


def queue(reader: Reader, wish: Wish, *, now: datetime) -> QueuePage:
    """The cases that `wish` asks for, as far as this reader may know of them."""
    reader.demand(Permission.READ_QUEUE)
    with reader.service.reading() as session:
        return Desk(reader, session, now).page(wish)


def counts_of(reader: Reader, asked: Sequence[Wish], *, now: datetime) -> list[int]:
    """How many cases each of these wishes finds."""
    reader.demand(Permission.READ_QUEUE)
    with reader.service.reading() as session:
        return Desk(reader, session, now).counts_of(asked)


def row_of(
    reader: Reader, session: Session, case: CaseRow, kept: KeptFacts, *, now: datetime
) -> Row:
    """`case` as a row of the queue."""
    desk = Desk(reader, session, now)
    sheet = Sheet(whole(reckoned_of_facts(kept, case, now=now)))
    return desk.row(seen(plain(case), sheet, desk.eye), case)


class Desk(Look):
    """A look that is shown: pages of rows."""

    @cached_property
    def handles(self) -> Mapping[UUID, str]:
        return members.handles(self.session)

    def page(self, wish: Wish, *, is_counted: bool = True) -> QueuePage:
        """The page asked for, or the last one there is; with the counts of the views."""
        total, first = self._first(wish) if wish.needs_sheets else (self.count(wish), None)
        pages = max(1, ceil(total / PAGE_SIZE))
        page = min(max(1, wish.page), pages)
        start = (page - 1) * PAGE_SIZE
        ids = self._ids(wish, start) if first is None else first[start : start + PAGE_SIZE]
        return QueuePage(
            wish,
            tuple(self._rows(ids, wish.sort)),
            total,
            page,
            pages,
            counts(self) if is_counted else {},
            cases.latest_hour(self.session),
            is_cut=first is not None and self.is_cut(self.selection(wish)),
        )

    def _first(self, wish: Wish) -> tuple[int, list[UUID]]:
        """How many cases fit, and those that come first, to the end of the page asked for."""
        order, sizes = ORDERS[wish.sort], count()
        # Of a hundred thousand that may fit, no more is kept than what orders them.
        keyed = ((order(one), one.case.id, one.case) for one in self.fitting(wish))
        until = max(1, wish.page) * PAGE_SIZE
        first = nsmallest(until, (key for key, _size in zip(keyed, sizes)))  # noqa: B905
        return next(sizes), [case.case_id for _order, _id, case in first]

    def row(self, one: Seen, case: CaseRow) -> Row:
        """A case as she may see it who holds keys of it."""
        return shown(
            self.reader, case, one, has_news=case.id in self.eye.news, handles=self.handles
        )

    def _ids(self, wish: Wish, start: int) -> Sequence[UUID]:
        chosen = self.selection(wish)
        return cases.ids(self.session, chosen, sort=wish.sort, limit=PAGE_SIZE, offset=start)

    def _rows(self, ids: Sequence[UUID], sort: str) -> list[Row]:
        """The rows of one page; within it the exact times decide, which only sheets tell."""
        by_id = {row.id: row for row in cases.rows(self.session, ids)}
        opened = self.opening.all(map(plain, by_id.values()))
        page = [self._seen(by_id[case.case_id], case, sheet) for case, sheet in opened]
        ordered = sorted(page, key=ORDERS[sort])
        return [self._row(one, by_id[one.case.case_id]) for one in ordered]

    def _seen(self, row: CaseRow, case: PlainCase, sheet: Sheet | None) -> Seen:
        return seen(case, sheet or _nothing_known(row, self.now), self.eye)

    def _row(self, one: Seen, case: CaseRow) -> Row:
        row = self.row(one, case)
        return row.kept() if self.eye.is_for_others(one.case, one.sheet) else row


def _nothing_known(case: CaseRow, now: datetime) -> Sheet:
    kept = KeptFacts(Facts(received_at=case.hour))
    return Sheet(whole(reckoned_of_facts(kept, case, now=now)))
