"""The triage queue: which cases wait, for whom, for how long, and why.

The database sorts and cuts by what is plain; what only sealed facts tell (region, custody,
whose turn it is) is decided by reading the facts of the open cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import ceil
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.errors import UnknownCase
from intake.casework.facts_box import KeptFacts, read_facts
from intake.casework.reader import Reader
from intake.casework.rows import Row, shown
from intake.roles import Permission
from intake.store import cases, members
from intake.store.cases import SealedFacts, Selection
from intake.store.tables import CaseRow
from intake.triage import Facts, Level, next_clock
from intake.vault import NotForYou, Ring, RingKey, UnsealError

VIEWS = ("triage", "mine", "late", "custody", "waiting", "automated", "closed", "all")
BY_FACTS = frozenset({"late", "custody", "waiting"})
COUNTED = ("triage", "mine", "automated")
SORTS = ("urgency", "due", "newest")
PAGE_SIZE = 30
# Views that sealed facts decide are counted only while so few cases are open.
COUNTED_BY_READING = 300


@dataclass(frozen=True)
class Wish:
    """What of the queue to show; codes only, as the address carries them."""

    view: str = "triage"
    level: str | None = None
    region: str | None = None
    stage: str | None = None
    sort: str = "urgency"
    page: int = 1

    @property
    def needs_facts(self) -> bool:
        return self.view in BY_FACTS or self.region is not None


@dataclass(frozen=True)
class QueuePage:
    """A page of rows; `counts` holds the views that are cheap to count."""

    wish: Wish
    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[str, int]
    latest: datetime | None


def queue(reader: Reader, wish: Wish, *, now: datetime) -> QueuePage:
    """The cases that `wish` asks for, as far as this reader may know of them."""
    reader.demand(Permission.READ_QUEUE)
    with reader.service.reading() as session:
        return _Desk(reader, session, now).page(wish)


def row_of(
    reader: Reader, session: Session, case: CaseRow, facts: Facts, *, now: datetime
) -> Row:
    """`case` as a row of the queue."""
    return _Desk(reader, session, now).row(case, facts)


@dataclass(frozen=True)
class _Desk:
    """What one look at the queue works with."""

    reader: Reader
    session: Session
    now: datetime

    @cached_property
    def ring(self) -> RingKey:
        try:
            return self.reader.ring(self.session, Ring.FACTS)
        except NotForYou:
            raise UnknownCase from None

    def ring_of(self, sealed: SealedFacts) -> RingKey:
        """The secret that opens these facts: the newest, or the one they are still under."""
        if sealed.generation == self.ring.generation:
            return self.ring
        return self.reader.ring_at(self.session, Ring.FACTS, sealed.generation)

    @cached_property
    def news(self) -> frozenset[UUID]:
        return cases.with_news(self.session)

    @cached_property
    def handles(self) -> Mapping[UUID, str]:
        return members.handles(self.session)

    def page(self, wish: Wish) -> QueuePage:
        """The page asked for, or the last one there is."""
        chosen = self._selection(wish)
        matching = self._matching(wish, chosen) if wish.needs_facts else None
        total = cases.count(self.session, chosen) if matching is None else len(matching)
        pages = max(1, ceil(total / PAGE_SIZE))
        page = min(max(1, wish.page), pages)
        start = (page - 1) * PAGE_SIZE
        if matching is None:
            ids = cases.ids(self.session, chosen, sort=wish.sort, limit=PAGE_SIZE, offset=start)
        else:
            ids = matching[start : start + PAGE_SIZE]
        return QueuePage(
            wish,
            tuple(self._rows(ids, wish.sort)),
            total,
            page,
            pages,
            self._counts(),
            cases.latest_hour(self.session),
        )

    def row(self, case: CaseRow, facts: Facts) -> Row:
        return shown(
            self.reader,
            case,
            facts,
            has_news=case.id in self.news,
            handles=self.handles,
            now=self.now,
        )

    def _selection(self, wish: Wish) -> Selection:
        return Selection(wish.view, self.reader.member, wish.level, wish.stage)

    def _matching(self, wish: Wish, chosen: Selection) -> Sequence[UUID]:
        found = cases.sealed_facts(self.session, chosen)
        belonging = {sealed.case_id for sealed in found if self._belongs(sealed, wish)}
        ordered = cases.ids(self.session, chosen, sort=wish.sort)
        return [id_ for id_ in ordered if id_ in belonging]

    def _belongs(self, sealed: SealedFacts, wish: Wish) -> bool:
        kept = self._kept(sealed)
        if kept is None:
            return False
        facts = kept.facts
        if self._is_for_others(sealed.case_id, kept) and (
            wish.region or wish.view == "custody"
        ):
            return False
        if wish.region and facts.region != wish.region:
            return False
        if wish.view == "custody":
            return facts.in_custody
        return wish.view not in BY_FACTS or self._turn(sealed, facts) == wish.view

    def _is_for_others(self, case: UUID, kept: KeptFacts) -> bool:
        """Whether the case is kept for named colleagues, and no wrap of it is hers."""
        if not kept.restricted_to or self.reader.member.hex in kept.restricted_to:
            return False
        return case not in self.own

    @cached_property
    def own(self) -> frozenset[UUID]:
        return cases.with_wrap_for(self.session, self.reader.member)

    def _kept(self, sealed: SealedFacts) -> KeptFacts | None:
        """None when somebody changed them: one damaged case must not hide the others."""
        try:
            return read_facts(sealed, self.ring_of(sealed))
        except (NotForYou, UnsealError):
            return None

    def _turn(self, sealed: SealedFacts, facts: Facts) -> str:
        """Whether a case is late, waits for its reporter, or neither."""
        due = next_clock(facts, sealed.stage, Level.of(sealed.level), self.now)
        if due is None:
            return ""
        if due.waiting and sealed.case_id not in self.news:
            return "waiting"
        return "late" if due.at < self.now else ""

    def _counts(self) -> dict[str, int]:
        """How many cases each view holds, as far as that is cheap to know."""
        plain = {
            view: cases.count(self.session, self._selection(Wish(view))) for view in COUNTED
        }
        everything = self._selection(Wish("late"))
        if cases.count(self.session, everything, at_most=COUNTED_BY_READING + 1) > (
            COUNTED_BY_READING
        ):
            return plain
        found = tuple(cases.sealed_facts(self.session, everything))
        return plain | {
            view: sum(self._belongs(sealed, Wish(view)) for sealed in found)
            for view in sorted(BY_FACTS)
        }

    def _rows(self, ids: Sequence[UUID], sort: str) -> list[Row]:
        known = {
            sealed.case_id: self._kept(sealed) for sealed in cases.facts_of(self.session, ids)
        }
        rows = [self._row(case, known.get(case.id)) for case in cases.rows(self.session, ids)]
        return sorted(rows, key=_KEYS[sort])

    def _row(self, case: CaseRow, kept: KeptFacts | None) -> Row:
        row = self.row(case, kept.facts if kept else Facts(received_at=case.hour))
        return row.kept() if kept and self._is_for_others(case.id, kept) else row


def _time_left(row: Row) -> tuple[bool, datetime]:
    return (row.is_waiting, row.due.at if row.due else row.received_at)


# Within a page the exact times decide, which only the facts tell.
_KEYS: Mapping[str, Callable[[Row], Any]] = {
    "urgency": lambda row: (row.level, not row.is_late, -row.points, _time_left(row)),
    "due": _time_left,
    "newest": lambda row: -row.received_at.timestamp(),
}
