"""Opening the sheets of cases; where one is missing, its case's facts are read instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

from sqlalchemy.orm import Session

from intake.casework.errors import UnknownCase
from intake.casework.facts_box import KeptFacts, read_facts
from intake.casework.finding.sheet import OVER, whole
from intake.casework.reader import Reader
from intake.casework.work.reckoning import reckoned_of_facts
from intake.store import cases
from intake.store.cases import SealedFacts
from intake.store.finding import SealedSheet
from intake.vault import FacetsOpener, NotForYou, Ring, RingKey, UnsealError

_AT_ONCE: Final = 500
Opened = tuple[SealedSheet, bytes | None]


@dataclass
class Opening:
    """What opens sheets for one reader."""

    reader: Reader
    session: Session
    now: datetime
    _openers: dict[int | None, FacetsOpener] = field(
        default_factory=dict, init=False, repr=False
    )

    @cached_property
    def ring(self) -> RingKey:
        """The newest secret of the ring; `UnknownCase` for who does not hold it."""
        try:
            return self.reader.ring(self.session, Ring.FACTS)
        except NotForYou:
            raise UnknownCase from None

    def all(self, found: Iterable[SealedSheet]) -> Iterator[Opened]:
        """Each sheet opened; None where neither it nor the facts open."""
        missing = []
        for sealed in found:
            content = self._opened(sealed)
            if content is None:
                missing.append(sealed)
            else:
                yield sealed, content
        for first in range(0, len(missing), _AT_ONCE):
            yield from self._from_facts(missing[first : first + _AT_ONCE])

    def _opened(self, sealed: SealedSheet) -> bytes | None:
        box, generation = sealed.box, sealed.generation
        if box is None:
            return None
        try:
            opener = self._openers.get(generation) or self._opener(generation)
            content = opener.open(box, case=sealed.id_bytes, version=sealed.version)
        except (NotForYou, UnsealError):
            return None
        return None if content == OVER else content

    def _opener(self, generation: int | None) -> FacetsOpener:
        opener = FacetsOpener(self._ring_at(generation))
        self._openers[generation] = opener
        return opener

    def _from_facts(self, some: Sequence[SealedSheet]) -> Iterator[Opened]:
        known = {
            sealed.case_id: self._facts(sealed)
            for sealed in cases.facts_of(self.session, [one.case_id for one in some])
        }
        for sealed in some:
            kept = known.get(sealed.case_id)
            yield sealed, self._whole(kept, sealed) if kept else None

    def _whole(self, kept: KeptFacts, sealed: SealedSheet) -> bytes:
        return whole(reckoned_of_facts(kept, sealed, now=self.now))

    def _facts(self, sealed: SealedFacts) -> KeptFacts | None:
        """None when somebody changed them: one damaged case must not hide the others."""
        try:
            return read_facts(sealed, self._ring_at(sealed.generation))
        except (NotForYou, UnsealError):
            return None

    def _ring_at(self, generation: int | None) -> RingKey:
        """The newest secret, or the one that what is opened is still under."""
        if generation == self.ring.generation:
            return self.ring
        return self.reader.ring_at(self.session, Ring.FACTS, generation)
