"""What a coordinator does with one case: open, read, take, raise, write."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import UUID

from intake.casework import additions
from intake.casework.case_file import CaseFile, Document, opened
from intake.casework.codec import instant, moment
from intake.casework.errors import Conflict, NotAllowed
from intake.casework.mail_entries import Entry
from intake.casework.reader import Reader
from intake.casework.submit import read_once
from intake.form.compartments import Compartment
from intake.form.vocabularies import vocabulary
from intake.roles import Permission
from intake.store.people import MemberRow
from intake.triage import Level, Raise


@dataclass(frozen=True)
class Section:
    """One document of the report; `answers` is None where her keys do not open it."""

    compartment: str
    kind: str
    at: datetime | None
    author: str | None
    answers: Mapping[str, object] | None = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether it was written only so that each addition leaves the same rows."""
        return self.kind == "correction" and self.answers is not None and not self.answers


@dataclass(frozen=True)
class Report:
    """The report by compartment, and what was changed behind the program's back."""

    sections: tuple[Section, ...] = field(repr=False)
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """Who holds the case now, and whether it was this request that took it."""

    won: bool
    holder: str


@dataclass(frozen=True)
class Note:
    """An internal note; `by` is the handle of who wrote it."""

    id: UUID
    by: str
    at: datetime
    text: str = field(repr=False)
    raised_to: str | None = None


@dataclass(frozen=True)
class Correspondence:
    """The conversation with the reporter and the internal notes, both oldest first."""

    entries: tuple[Entry, ...]
    notes: tuple[Note, ...]
    differences: tuple[str, ...] = ()


def open_case(reader: Reader, ref: str, *, now: datetime) -> None:
    """Open the report: received → screening the first time; a repeated click leaves no line."""
    with opened(reader, ref, "opened", now=now) as file:
        additions.merge(file)
        if file.row.stage == "received":
            file.move_to("screening")
        if not file.is_changed:
            file.act = None


def read_report(reader: Reader, ref: str, *, now: datetime) -> Report:
    """Every compartment that her keys open; `NotAllowed` before the case was opened."""
    with opened(reader, ref, "read_report", now=now) as file:
        _demand_opened(file)
        differences = file.differences
        additions.merge(file, shown={additions.INFORMATION})
        sections = [_section(document) for document in file.documents("report", "correction")]
        told = [section for section in sections if not section.is_empty]
        return Report(tuple(sorted(told, key=_order)), differences)


def correspondence(reader: Reader, ref: str, *, now: datetime) -> Correspondence:
    """What was said with the reporter and among coordinators; `NotAllowed` before opening."""
    with opened(reader, ref, "read_messages", now=now) as file:
        _demand_opened(file)
        additions.merge(file, shown=additions.IN_MESSAGES)
        found = [_note(document) for document in file.documents("note") if document.content]
        notes = tuple(sorted(found, key=lambda note: note.at))
        return Correspondence(file.entries(), notes, file.differences)


def send_message(reader: Reader, ref: str, text: str, *, once: str, now: datetime) -> None:
    """Answer the reporter; the first answer is the first attempt at contact."""
    reader.demand(Permission.SEND_MESSAGES)
    with opened(reader, ref, "message_sent", now=now) as file:
        _demand_opened(file)
        id_ = _named(once, file.row.id, text)
        if file.has(id_):
            file.act = None
            return
        additions.merge(file, shown=additions.IN_MESSAGES)
        file.say(text, id_)
        file.change_facts(last_from_coalition_at=now)
        if file.row.stage == "screening":
            file.move_to("contacting")


def add_note(reader: Reader, ref: str, text: str, *, once: str, now: datetime) -> None:
    """Add an internal note; the reporter never sees it."""
    reader.demand(Permission.WRITE_NOTES)
    with opened(reader, ref, "note_added", now=now) as file:
        _demand_opened(file)
        id_ = _named(once, file.row.id, text)
        if file.has(id_):
            file.act = None
            return
        content = {"text": text, "by": reader.handle}
        file.add_document(Compartment.WORK, "note", content, id_=id_)


def raise_urgency(
    reader: Reader, ref: str, level: str, reason: str, *, version: int, now: datetime
) -> None:
    """Make the case more urgent than the rules say; a reason is kept with it.

    Raises `Conflict` when the case was changed meanwhile, `ValueError` when it is no rise.
    """
    reader.demand(Permission.RAISE_URGENCY)
    detail = {"level": level}
    with opened(reader, ref, "urgency_raised", detail=detail, now=now) as file:
        _demand_version(file, version)
        if level not in vocabulary("urgency") or Level.of(level) <= Level.of(file.row.level):
            raise ValueError("Only a higher level is a rise.")
        file.change_facts(raised=Raise(Level.of(level), reader.handle, now))
        content = {"text": reason, "by": reader.handle, "raised_to": level}
        file.add_document(Compartment.WORK, "note", content)


def take(reader: Reader, ref: str, *, now: datetime) -> Taken:
    """Hold the case, unless somebody does already."""
    reader.demand(Permission.TAKE_CASE)
    with opened(reader, ref, "taken", now=now) as file:
        holder = file.row.holder
        if holder is None:
            file.row.holder = reader.member
            file.is_changed = True
            return Taken(won=True, holder=reader.handle)
        file.act = None
        handle = file.session.get_one(MemberRow, holder).handle
        return Taken(won=holder == reader.member, holder=handle)


def _demand_opened(file: CaseFile) -> None:
    if file.row.stage == "received":
        raise NotAllowed


def _demand_version(file: CaseFile, version: int) -> None:
    if file.row.version != version:
        raise Conflict


def _named(once: str, case_id: UUID, text: str) -> UUID:
    """The id that the same form with the same words always gets."""
    digest = hashlib.sha256(read_once(once).raw + case_id.bytes + text.encode()).digest()
    return UUID(bytes=digest[:16], version=4)


def _note(document: Document) -> Note:
    content = document.content or {}
    return Note(
        document.id,
        by=str(content["by"]),
        at=moment(str(content["at"])),
        text=str(content["text"]),
        raised_to=cast("str | None", content.get("raised_to")),
    )


def _section(document: Document) -> Section:
    if document.content is None:
        return Section(document.compartment, document.kind, None, None, None)
    return Section(
        document.compartment,
        document.kind,
        moment(str(document.content["at"])),
        str(document.content["author"]),
        cast("Mapping[str, object]", document.content["answers"]),
    )


def _order(section: Section) -> tuple[bool, int, str]:
    compartments = list(Compartment)
    when = instant(section.at) if section.at else ""
    return (
        section.kind != "report",
        compartments.index(Compartment(section.compartment)),
        when,
    )
