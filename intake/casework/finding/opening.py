"""Opening the sheets of cases; where one is missing, its case's facts are read instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import chain, groupby, islice
from typing import Final

from sqlalchemy.orm import Session

from intake.casework.errors import UnknownCase
from intake.casework.facts_box import KeptFacts, read_facts
from intake.casework.finding.sheet import NOT_RECKONED, OVER, Sheet, whole
from intake.casework.kept_sheets import KeptSheet, KeptSheets, Version, version_of
from intake.casework.reader import Reader
from intake.casework.work.reckoning import reckoned_of_facts
from intake.store import cases, finding
from intake.store.cases import SealedFacts
from intake.store.finding import PlainCase, SealedSheet
from intake.vault import FacetsOpener, NotForYou, Ring, RingKey, UnsealError

_AT_ONCE: Final = 500
FEW: Final = 100
"""So many boxes open as fast as all that is kept."""
Opened = tuple[PlainCase, Sheet | None]
Sheets = Mapping[Version, KeptSheet]


@dataclass
class Opening:
    """What opens sheets for one reader.

    Each case comes with its sheet, or with None where neither it nor the facts open.
    """

    reader: Reader
    session: Session
    now: datetime
    _openers: dict[int, FacetsOpener] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def ring(self) -> RingKey:
        """The newest secret of the ring; `UnknownCase` for who does not hold it."""
        try:
            return self.reader.ring(self.session, Ring.FACTS)
        except NotForYou:
            raise UnknownCase from None

    def all(self, found: Iterable[PlainCase]) -> Iterator[Opened]:
        """The sheets of these cases; many of them come in the order of their ids."""
        rest = iter(found)
        first = list(islice(rest, FEW))
        if len(first) < FEW:
            return self._with_facts(first, self._read(first))
        return self._of_many(chain(first, rest))

    def _of_many(self, found: Iterable[PlainCase]) -> Iterator[Opened]:
        for part, some in groupby(found, key=_part_of):
            yield from self._of_part(part, list(some))

    def _of_part(self, part: str, some: Sequence[PlainCase]) -> Iterator[Opened]:
        known = self._kept.opened(part, self.ring)
        read = self._read([case for case in some if _version(case) not in known])
        if read:
            known = read | _without(known, read)
        anew = dict[Version, KeptSheet]()
        for case, sheet in self._with_facts(some, known):
            yield case, sheet
            if sheet is not None and sheet.is_reckoned_anew and _version(case) in known:
                anew[_version(case)] = sheet.content, sheet.reckoned
        if read or anew:
            self._kept.keep(part, known | anew, self.ring, erased=self._erased)

    @cached_property
    def _kept(self) -> KeptSheets:
        kept = self.reader.service.sheets
        kept.know_of(self._erased)
        return kept

    @cached_property
    def _erased(self) -> int:
        return cases.number_of_erased(self.session)

    def _read(self, some: Sequence[PlainCase]) -> dict[Version, KeptSheet]:
        return {
            version_of(sealed.id, sealed.version): (content, NOT_RECKONED)
            for first in range(0, len(some), _AT_ONCE)
            for sealed in finding.sheets(self.session, some[first : first + _AT_ONCE])
            if (content := self._opened(sealed)) is not None
        }

    def _opened(self, sealed: SealedSheet) -> bytes | None:
        try:
            opener = self._openers.get(sealed.generation) or self._opener(sealed.generation)
            content = opener.open(sealed.box, case=sealed.id_bytes, version=sealed.version)
        except (NotForYou, UnsealError):
            return None
        return None if content == OVER else content

    def _opener(self, generation: int) -> FacetsOpener:
        opener = FacetsOpener(self._ring_at(generation))
        self._openers[generation] = opener
        return opener

    def _with_facts(self, some: Sequence[PlainCase], read: Sheets) -> Iterator[Opened]:
        missing = []
        for case in some:
            kept = read.get(_version(case))
            if kept is None:
                missing.append(case)
            else:
                yield case, Sheet(*kept)
        for first in range(0, len(missing), _AT_ONCE):
            yield from self._from_facts(missing[first : first + _AT_ONCE])

    def _from_facts(self, some: Sequence[PlainCase]) -> Iterator[Opened]:
        known = {
            sealed.case_id: self._facts(sealed)
            for sealed in cases.facts_of(self.session, [one.case_id for one in some])
        }
        for case in some:
            kept = known.get(case.case_id)
            yield case, self._whole(kept, case) if kept else None

    def _whole(self, kept: KeptFacts, case: PlainCase) -> Sheet:
        return Sheet(whole(reckoned_of_facts(kept, case, now=self.now)))

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


def _part_of(case: PlainCase) -> str:
    """One part of sixteen, by how the id begins."""
    return str(case.id)[0]


def _version(case: PlainCase) -> Version:
    return version_of(case.id, case.version)


def _without(known: Sheets, read: Sheets) -> dict[Version, KeptSheet]:
    """What is known of other cases than those that were read now."""
    ids = {version.split()[0] for version in read}
    return {version: sheet for version, sheet in known.items() if version.split()[0] not in ids}
