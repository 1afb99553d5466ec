"""One case, open in one write transaction, as far as its reader holds keys.

Every use of a case goes through `opened`, which writes its line in the log; what was changed
is saved with a new state, so that act, state and line are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import alarm, log, mail_entries, state
from intake.casework.case_documents import Document, new_document, opened_document
from intake.casework.case_rows import found_or_nobody, keys_of, newest_facts
from intake.casework.codec import instant
from intake.casework.errors import UnknownCase
from intake.casework.facts_box import KeptFacts, facts_content, read_facts
from intake.casework.mail_entries import COALITION, Entry
from intake.casework.reader import Reader
from intake.form.compartments import Compartment
from intake.roles import Permission
from intake.store import documents
from intake.store.tables import CaseRow, DocumentRow, MailboxRow
from intake.triage import Facts, Level, may_rise_at, settled
from intake.vault import (
    CaseKeys,
    NotForYou,
    Ring,
    Slot,
    UnsealError,
    box_facts,
)


@dataclass
class CaseFile:
    """A case in the hands of a reader."""

    session: Session = field(repr=False)
    reader: Reader
    row: CaseRow
    keys: CaseKeys = field(repr=False)
    now: datetime
    known: tuple[KeptFacts, DocumentRow] | None = field(repr=False)
    """The facts with their row; None for specialists, who do not hold the ring `facts`."""
    act: str | None
    differences: tuple[str, ...] = ()
    """What was changed behind the program's back."""
    taken_in: frozenset[UUID] = frozenset()
    """The reporter's additions that the case holds already."""
    is_changed: bool = False

    @property
    def kept(self) -> KeptFacts:
        """The facts and consents; `NotForYou` for who does not hold the ring."""
        return self._known[0]

    @property
    def _known(self) -> tuple[KeptFacts, DocumentRow]:
        if self.known is None:
            raise NotForYou(Ring.FACTS)
        return self.known

    @property
    def facts(self) -> Facts:
        return self.kept.facts

    def change_facts(self, **changes: Any) -> None:  # noqa: ANN401 - as `replace` takes them
        """Give some facts other values; saved as a new revision at the end."""
        self.keep(replace(self.kept, facts=replace(self.facts, **changes)))

    def keep(self, kept: KeptFacts) -> None:
        """Keep these facts and consents instead."""
        before, row = self._known
        self.is_changed |= kept != before
        self.known = kept, row

    def documents(self, *kinds: str) -> Iterator[Document]:
        """The newest revisions of `kinds`, oldest documents first where that is known."""
        rows = self.session.scalars(
            select(DocumentRow).where(
                DocumentRow.case_id == self.row.id, DocumentRow.kind.in_(kinds)
            )
        )
        for row in rows:
            if row.compartment != Compartment.FACTS:
                yield opened_document(row, self.keys)

    def add_document(
        self,
        compartment: Compartment,
        kind: str,
        content: Mapping[str, object],
        *,
        id_: UUID | None = None,
        slot: Slot | None = None,
    ) -> None:
        """Add a document by this reader, at this time; under the key of another `slot`."""
        written = {"author": self.reader.member.hex, "at": instant(self.now), **content}
        slot = slot or Slot(compartment)
        self.session.add(
            new_document(self.keys, slot, compartment, kind, written, id_=id_ or uuid4())
        )
        self.is_changed = True

    def entries(self) -> tuple[Entry, ...]:
        """The conversation, oldest first."""
        return mail_entries.entries(self.session, self.row.id, self.keys[Slot.MAIL])

    def say(self, text: str, id_: UUID, questions: tuple[str, ...] = ()) -> None:
        """Add the Coalition's message; the code stays good for as long again."""
        entry = Entry(id_, "message", COALITION, self.now, text, questions=questions)
        self._add_entry(entry)
        mailbox = self.session.get_one(MailboxRow, self.row.id)
        days = timedelta(days=self.reader.service.settings.mailbox_days)
        mailbox.day = self.now.date() + days

    def move_to(self, stage: str) -> None:
        """Change the stage and tell the reporter (E07)."""
        self.row.stage = stage
        self._add_entry(Entry(uuid4(), "stage", COALITION, self.now, stage=stage))

    def _add_entry(self, entry: Entry) -> None:
        self.session.add(mail_entries.row_of(self.row.id, self.keys[Slot.MAIL], entry))
        self.is_changed = True

    def has(self, id_: UUID) -> bool:
        """Whether a document with this id is there: the same form sent again."""
        return documents.is_known(self.session, id_)

    def save(self) -> None:
        """Store what was changed under a new version and state."""
        if self.known:
            self._save_facts()
        self.row.version += 1
        state.keep(
            self.session,
            self.row,
            self.keys[Slot.STATE],
            found=self.differences,
            taken_in=self.taken_in,
        )

    def _save_facts(self) -> None:
        kept, newest = self._known
        outcome = settled(Level.of(self.row.level), self.facts, self.now)
        self.row.level = outcome.level.code
        self.row.answer_by = state.answer_by(self.row)
        self.row.may_rise_at = may_rise_at(self.facts, self.now, above=outcome.level)
        ring = self.reader.ring(self.session, Ring.FACTS)
        revision = newest.revision + 1
        content = facts_content(kept, outcome)
        self.session.add(
            DocumentRow(
                id=newest.id,
                revision=revision,
                case_id=self.row.id,
                compartment=Compartment.FACTS,
                kind="report",
                box=box_facts(ring, content, case=self.row.id, revision=revision),
                generation=ring.generation,
            )
        )


@contextmanager
def opened(
    reader: Reader,
    ref: str,
    act: str,
    *,
    now: datetime,
    detail: Mapping[str, object] | None = None,
    needs: Permission = Permission.OPEN_CASE,
) -> Iterator[CaseFile]:
    """The case named `ref`, with its line `act` in the log; saved when it was changed.

    A use that turns out to repeat an earlier one sets `act` to None and leaves no line.
    The line also names what was changed behind the program's back.

    Raises `UnknownCase` for cases that are not there and for those she may not open, after the
    same work. Who needs no more than `READ_GRANTED` has no facts.
    """
    reader.demand(needs)
    with reader.service.writing() as session:
        file = _file(reader, session, ref, act, now, with_facts=needs is Permission.OPEN_CASE)
        yield file
        if file.is_changed:
            file.save()
        if file.act:
            found = {"differences": list(file.differences)} if file.differences else {}
            told = {**(detail or {}), **found}
            who, case = reader.member, file.row
            log.append(
                session, reader.service, file.act, by=who, case=case, detail=told, now=now
            )


def _file(
    reader: Reader, session: Session, ref: str, act: str, now: datetime, *, with_facts: bool
) -> CaseFile:
    row = found_or_nobody(session, ref)
    try:
        keys = keys_of(reader, session, row)
        known = _facts(reader, session, row) if with_facts else None
    except (NotForYou, UnsealError):
        raise UnknownCase from None
    found = alarm.differences(session, reader.service, row, keys, now=now)
    taken_in = state.taken_in(row, keys[Slot.STATE])
    return CaseFile(session, reader, row, keys, now, known, act, found, taken_in)


def _facts(reader: Reader, session: Session, row: CaseRow) -> tuple[KeptFacts, DocumentRow]:
    newest = newest_facts(session, row.id)
    ring = reader.ring_at(session, Ring.FACTS, newest.generation)
    return read_facts(newest, ring), newest
