"""Every limit of every open case, the latest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy.orm import Session

from intake.case.running import Started, due_of
from intake.casework.facts_box import KeptFacts, read_facts
from intake.casework.reader import Reader
from intake.casework.work.reckoning import reckoned_of_facts
from intake.roles import Permission
from intake.store import cases, members
from intake.store.cases import SealedFacts, Selection
from intake.store.tables import CaseRow
from intake.triage import Level, settled
from intake.vault import NotForYou, Ring, UnsealError


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

    def is_waiting(self, now: datetime) -> bool:
        """Whether it waits for somebody else, or for its day."""
        return self.turn in {"reporter", "hold"} or (self.turn == "day" and now < self.due)

    def is_late(self, now: datetime) -> bool:
        return self.due < now and not self.is_waiting(now)


def deadlines(reader: Reader, *, now: datetime, mine: bool = False) -> tuple[Deadline, ...]:
    """The limits of all open cases that the reader may open, or of those she holds."""
    reader.demand(Permission.READ_QUEUE)
    with reader.service.reading() as session:
        look = _Look(reader, session, now)
        found = list(look.limits("mine" if mine else "open"))
    return tuple(sorted(found, key=lambda one: (one.is_waiting(now), one.due, one.ref)))


@dataclass(frozen=True)
class _Look:
    """What one look at all limits works with."""

    reader: Reader
    session: Session
    now: datetime

    @cached_property
    def handles(self) -> Mapping[UUID, str]:
        return members.handles(self.session)

    @cached_property
    def own(self) -> frozenset[UUID]:
        return cases.with_wrap_for(self.session, self.reader.member)

    def limits(self, view: str) -> Iterator[Deadline]:
        """The limits of the cases in this view, in no order."""
        found = list(cases.sealed_facts(self.session, Selection(view, self.reader.member)))
        rows = cases.rows(self.session, [sealed.case_id for sealed in found])
        for sealed, row in zip(found, rows, strict=True):
            kept = self._kept(sealed)
            if kept is not None and self._may_know(row, kept):
                yield from self._of(row, reckoned_of_facts(kept, row, now=self.now))

    def _kept(self, sealed: SealedFacts) -> KeptFacts | None:
        """None when somebody changed them: one damaged case must not hide the others."""
        try:
            ring = self.reader.ring_at(self.session, Ring.FACTS, sealed.generation)
            return read_facts(sealed, ring)
        except (NotForYou, UnsealError):
            return None

    def _may_know(self, row: CaseRow, kept: KeptFacts) -> bool:
        named = kept.restricted_to
        return not named or self.reader.member.hex in named or row.id in self.own

    def _of(self, row: CaseRow, kept: KeptFacts) -> Iterator[Deadline]:
        level = settled(Level.of(row.level), kept.facts, self.now).level.code
        for one in kept.clocks:
            if due := due_of(one, level, self.now):
                yield self._shown(row, one, level, due)

    def _shown(self, row: CaseRow, one: Started, level: str, due: datetime) -> Deadline:
        return Deadline(
            ref=row.ref,
            number=row.number,
            stage=row.stage,
            level=level,
            holder=self.handles.get(row.holder) if row.holder else None,
            is_mine=row.holder == self.reader.member,
            clock=one.code,
            due=due,
            turn=one.turn,
        )
