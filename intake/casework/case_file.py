"""One case, open in one write transaction, as far as its reader holds keys.

Every use of a case goes through `opened`, which writes its line in the log; what was changed
is saved with a new state, so that act, state and line are one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.case.record import Record, recorded
from intake.case.situation import Situation
from intake.case.steps import CaseStep
from intake.casework import alarm, mail_entries, roster_entry, state
from intake.casework.case_documents import Document, new_document, opened_document
from intake.casework.case_rows import found_or_nobody, keys_of, newest_facts
from intake.casework.case_saving import finish
from intake.casework.codec import instant
from intake.casework.errors import UnknownCase
from intake.casework.facts_box import KeptFacts, read_facts
from intake.casework.mail_entries import COALITION, Entry
from intake.casework.reader import Reader
from intake.casework.work import step_documents
from intake.casework.work.situations import situation
from intake.form.compartments import Compartment
from intake.roles import Permission
from intake.store import documents
from intake.store.tables import CaseRow, DocumentRow, MailboxRow
from intake.triage import Facts
from intake.vault import (
    CaseKeys,
    NotForYou,
    Ring,
    Slot,
    UnsealError,
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
    told: dict[str, object] = field(default_factory=dict)
    """What the line in the log says beside the act."""
    entered: dict[UUID, roster_entry.Entry] | None = field(default=None, repr=False)
    """Everybody who is entered and in, once somebody asked for them."""
    _steps: tuple[CaseStep, ...] | None = field(default=None, repr=False)

    @property
    def kept(self) -> KeptFacts:
        """The facts and consents; `NotForYou` for who does not hold the ring."""
        return self.kept_with_row[0]

    @property
    def kept_with_row(self) -> tuple[KeptFacts, DocumentRow]:
        """The same with the row of the newest revision that is stored."""
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
        before, row = self.kept_with_row
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

    @property
    def steps(self) -> tuple[CaseStep, ...]:
        """Every step that was ever written, as far as this reader holds keys; oldest first."""
        if self._steps is None:
            self.session.flush()
            self._steps = step_documents.steps_in(self.documents(step_documents.KIND))
        return self._steps

    @property
    def record(self) -> Record:
        """What the steps say stands now."""
        return recorded(self.steps)

    @property
    def has_news(self) -> bool:
        """Whether the reporter added something that nobody has read yet."""
        return documents.is_with_news(self.session, self.row.id)

    def situation(self, *, contact_rules: Collection[str] = ()) -> Situation:
        """The case as guards, clocks and flags read it."""
        return situation(
            self.kept,
            self.row,
            self.record,
            now=self.now,
            has_news=self.has_news,
            contact_rules=contact_rules,
        )

    def know_step(self, step: CaseStep) -> None:
        """Count a step that was just written among the others."""
        self._steps = (*self.steps, step)

    def entries(self) -> tuple[Entry, ...]:
        """The conversation, oldest first."""
        return mail_entries.entries(self.session, self.row.id, self.keys[Slot.MAIL])

    @property
    def has_conversation(self) -> bool:
        """False for what was split from another case, where who wrote is answered."""
        return self.session.get(MailboxRow, self.row.id) is not None

    def say(self, text: str, id_: UUID, questions: tuple[str, ...] = ()) -> None:
        """Add the Coalition's message; the code stays good for as long again."""
        entry = Entry(id_, "message", COALITION, self.now, text, questions=questions)
        self._add_entry(entry)
        mailbox = self.session.get_one(MailboxRow, self.row.id)
        days = timedelta(days=self.reader.service.settings.mailbox_days)
        mailbox.day = self.now.date() + days

    def move_to(self, stage: str, *, is_told: bool = True) -> None:
        """Change the stage and tell the reporter (E07), unless she must not learn of it."""
        self.row.stage = stage
        self.change_facts(stage_changed_at=self.now)
        if is_told:
            self._add_entry(Entry(uuid4(), "stage", COALITION, self.now, stage=stage))

    def _add_entry(self, entry: Entry) -> None:
        self.session.add(mail_entries.row_of(self.row.id, self.keys[Slot.MAIL], entry))
        self.is_changed = True

    def has(self, id_: UUID) -> bool:
        """Whether a document with this id is there: the same form sent again."""
        return documents.is_known(self.session, id_)


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
    whole = needs is Permission.OPEN_CASE
    with (
        reader.service.writing() as session,
        opened_in(session, reader, ref, act, now=now, whole=whole) as file,
    ):
        file.told.update(detail or {})
        yield file


@contextmanager
def opened_in(
    session: Session, reader: Reader, ref: str, act: str, *, now: datetime, whole: bool = True
) -> Iterator[CaseFile]:
    """The same in a write transaction of the caller's, for what is done about several cases."""
    file = _file(reader, session, ref, act, now, with_facts=whole)
    yield file
    finish(file)


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
