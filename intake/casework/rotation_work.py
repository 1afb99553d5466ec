"""Boxing again, in batches, what is still under an earlier generation of a ring."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import log, state
from intake.casework.generations import held_key
from intake.casework.reader import Reader
from intake.casework.state import Reboxed
from intake.store import reboxing
from intake.store.generations import WRAPPED
from intake.store.reboxing import Facets, FactsRevision, TeamDocument, Wrap
from intake.store.tables import CaseRow
from intake.vault import (
    CaseKeys,
    Identity,
    Key,
    Ring,
    RingKey,
    Sealed,
    Slot,
    UnsealError,
    box_facets,
    box_facts,
    box_team,
    open_facets,
    open_facts,
    open_team,
)

AT_ONCE: Final = 100
"""Cases in one transaction: reports that arrive meanwhile wait for a part of a second."""

Secrets: TypeAlias = Mapping[tuple[str, int], RingKey]


def rebox(reader: Reader, *, now: datetime, at_most: int) -> int:
    """Box up to `at_most` wraps of each ring and the facts of as many cases again, and so on.

    Says how many it was; 0 when nothing is left that her keys open.
    """
    done = 0
    for start in range(0, at_most, AT_ONCE):
        with reader.service.writing() as session:
            batch = _Batch(reader, session, min(AT_ONCE, at_most - start), now)
            count = batch.wraps() + batch.facts() + batch.facets() + batch.shared()
        if not count:
            break
        done += count
    return done


@dataclass(frozen=True)
class _Batch:
    """One transaction's part of the work."""

    reader: Reader
    session: Session = field(repr=False)
    limit: int
    now: datetime

    @cached_property
    def pinned(self) -> Mapping[Ring, RingKey]:
        """The secrets in force that this reader holds."""
        found = {ring: held_key(self.reader, self.session, ring) for ring in Ring}
        return {ring: key for ring, key in found.items() if key is not None}

    @cached_property
    def secrets(self) -> Secrets:
        """Every secret that those lead back to."""
        return {
            (ring, key.generation): key
            for ring in self.pinned
            for key in self.reader.generations(self.session, ring)
        }

    @cached_property
    def identity(self) -> Identity:
        return self.reader.secret.seed.identity

    def wraps(self) -> int:
        """Box wraps again under the rings she holds; how many."""
        return sum(self._wraps_for(self.pinned[it]) for it in WRAPPED if it in self.pinned)

    def facts(self) -> int:
        """Box facts again, each case with its state and its line; how many cases."""
        if (key := self.pinned.get(Ring.FACTS)) is None:
            return 0
        cases = reboxing.cases_below(self.session, key.generation, limit=self.limit)
        return self._facts_of(cases, key) if cases else 0

    def facets(self) -> int:
        """Box facets again, without state or line: they tell what the facts tell; how many."""
        if (key := self.pinned.get(Ring.FACTS)) is None:
            return 0
        below = reboxing.facets_rows_below(self.session, key.generation, limit=self.limit)
        opened = {it.place: self._facets_again(it, key) for it in below}
        boxes = {place: box for place, box in opened.items() if box is not None}
        reboxing.put_facets_rows(self.session, key.generation, boxes)
        reboxing.take_out_facets(self.session, opened.keys() - boxes.keys())
        return len(opened)

    def shared(self) -> int:
        """Box what the team shares again; how many."""
        if (key := self.pinned.get(Ring.CASE)) is None:
            return 0
        below = reboxing.team_documents_below(self.session, key.generation, limit=self.limit)
        opened = {it.id: self._shared_again(it, key) for it in below}
        boxes = {id_: box for id_, box in opened.items() if box is not None}
        reboxing.put_team_documents(self.session, key.generation, boxes)
        return len(boxes)

    def _facets_again(self, it: Facets, key: RingKey) -> Sealed | None:
        if (before := self.secrets.get((Ring.FACTS, it.generation))) is None:
            return None
        try:
            content = open_facets(it.box, before, case=it.case_id, version=it.version)
        except UnsealError:
            return None
        return box_facets(key, content, case=it.case_id, version=it.version)

    def _shared_again(self, it: TeamDocument, key: RingKey) -> Sealed | None:
        if (before := self.secrets.get((Ring.CASE, it.generation))) is None:
            return None
        revision = it.revision
        try:
            content = open_team(it.box, before, id=it.id, kind=it.kind, revision=revision)
        except UnsealError:
            return None
        return box_team(key, content, id=it.id, kind=it.kind, revision=revision)

    def _wraps_for(self, key: RingKey) -> int:
        below = reboxing.wraps_below(self.session, key.ring, key.generation, limit=self.limit)
        opened = ((wrap.id, self._opened(wrap)) for wrap in below)
        boxes = {id_: keys.box_for_ring(key) for id_, keys in opened if keys is not None}
        reboxing.put_wraps(self.session, key.generation, boxes)
        return len(boxes)

    def _facts_of(self, cases: Collection[UUID], key: RingKey) -> int:
        rows = self.session.scalars(select(CaseRow).where(CaseRow.id.in_(cases))).all()
        facts = reboxing.facts_below(self.session, cases, key.generation)
        wraps = reboxing.wraps_of(self.session, cases, self.reader.member)
        as_logged = log.are_as_logged(self.session, self.reader.service, rows)
        boxes: dict[int, Sealed] = {}
        done = []
        for row in rows:
            reboxed = dict(self._reboxed(facts[row.id], key))
            state_key = self._state_key(wraps.get(row.id, ()))
            found = () if row.id in as_logged else ("log",)
            if reboxed and state_key and _state_follows(row, state_key, reboxed, found):
                boxes.update({place: it.after for place, it in reboxed.items()})
                done.append(row)
        reboxing.put_facts(self.session, key.generation, boxes)
        by, service = self.reader.member, self.reader.service
        log.append_each(self.session, service, "rekeyed", done, by=by, now=self.now)
        return len(done)

    def _reboxed(
        self, facts: Sequence[FactsRevision], key: RingKey
    ) -> Iterator[tuple[int, Reboxed]]:
        """The revisions that open, by place."""
        for it in facts:
            if (before := self.secrets.get((Ring.FACTS, it.generation))) is None:
                continue
            try:
                content = open_facts(it.box, before, case=it.case_id, revision=it.revision)
            except UnsealError:
                continue
            box = box_facts(key, content, case=it.case_id, revision=it.revision)
            it_again = Reboxed(it.id, it.revision, it.compartment, it.kind, it.box, box)
            yield it.place, it_again

    def _state_key(self, wraps: Sequence[Wrap]) -> Key | None:
        """The state's key out of the first wrap of hers that holds it."""
        for wrap in wraps:
            keys = self._opened(wrap)
            if keys is not None and Slot.STATE in keys:
                return keys[Slot.STATE]
        return None

    def _opened(self, wrap: Wrap) -> CaseKeys | None:
        """What a wrap holds; None where it is not hers, or was changed."""
        case, number = wrap.case_id, wrap.generation
        try:
            if wrap.ring is None:
                me = self.reader.member
                return CaseKeys.open_for_member(
                    wrap.box, self.identity, case=case, member=me, revision=number
                )
            key = self.secrets.get((wrap.ring, number))
            return CaseKeys.open_from_ring(wrap.box, key, case) if key else None
        except UnsealError:
            return None


def _state_follows(
    row: CaseRow, state_key: Key, reboxed: Mapping[int, Reboxed], found: Collection[str]
) -> bool:
    """Box the state again to match; False where somebody changed it."""
    try:
        row.state_box = state.reboxed(row, state_key, reboxed.values(), found=found)
    except UnsealError:
        return False
    return True
