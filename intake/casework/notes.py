"""Internal notes: what coordinators write to each other about a case, and nobody else reads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from intake.casework.case_documents import Document
from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import demand_opened
from intake.casework.codec import moment
from intake.casework.reader import Reader
from intake.casework.receipts import read_once
from intake.casework.team import mentions
from intake.form.compartments import Compartment
from intake.form.pages import asked_by
from intake.roles import Permission

DRAFT: Final = "draft"
"""The occasion of a note that is a reply which nobody has sent yet."""


@dataclass(frozen=True)
class Note:
    """An internal note; `by` is the handle of who wrote it.

    `occasion` is a code where it was written with something that was done, `to` the handle of
    whom it is for then. `questions` are what a reply that is not sent would ask.
    """

    id: UUID
    by: str
    at: datetime
    text: str = field(repr=False)
    raised_to: str | None = None
    occasion: str = ""
    to: str = ""
    questions: tuple[str, ...] = ()


def notes_of(file: CaseFile) -> tuple[Note, ...]:
    """The internal notes, oldest first."""
    found = [_note(document) for document in file.documents("note") if document.content]
    told = found if file.reader.is_trained else [_plain_note(note) for note in found]
    return tuple(sorted(told, key=lambda note: note.at))


def add_note(reader: Reader, ref: str, text: str, *, once: str, now: datetime) -> None:
    """Add an internal note; the reporter never sees it."""
    reader.demand(Permission.WRITE_NOTES)
    with opened(reader, ref, "note_added", now=now) as file:
        demand_opened(file)
        if keep_note(file, text, once=once):
            mentions.tell(file, text)


def keep_note(
    file: CaseFile,
    text: str,
    *,
    once: str,
    occasion: str = "",
    to: str = "",
    questions: tuple[str, ...] = (),
) -> bool:
    """Add a note; the same form sent again adds none and leaves no line."""
    id_ = named(once, file.row.id, "\0".join((text, *questions)))
    if file.has(id_):
        file.act = None
        return False
    about = {"occasion": occasion, "to": to} if occasion else {}
    asked = {"questions": list(questions)} if questions else {}
    content = {"text": text, "by": file.reader.handle, **about, **asked}
    file.add_document(Compartment.WORK, "note", content, id_=id_)
    return True


def named(once: str, case_id: UUID, text: str) -> UUID:
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
        occasion=str(content.get("occasion", "")),
        to=str(content.get("to", "")),
        questions=tuple(content.get("questions", ())),
    )


def _plain_note(note: Note) -> Note:
    return replace(note, questions=plain_questions(note.questions))


def plain_questions(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys without those of questions on sexual violence (E11)."""
    return tuple(one.key for one in asked_by(keys) if not one.is_intimate)
