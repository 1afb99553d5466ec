"""A note for who is on duty next: shown to everybody until each has read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from intake.casework import log
from intake.casework.codec import instant, moment
from intake.casework.errors import Conflict
from intake.casework.reader import Reader
from intake.casework.team import papers
from intake.casework.team.papers import Paper
from intake.roles import Permission

KIND: Final = "shift_note"
SHOWN_FOR: Final = timedelta(days=3)
KEPT_FOR: Final = timedelta(days=30)
_TRIES: Final = 8
"""So many colleagues may say at once that they have read it."""


@dataclass(frozen=True)
class ShiftNote:
    """A note of one shift for the next; `by` is the handle of who wrote it."""

    id: UUID
    revision: int
    by: str
    at: datetime
    is_mine: bool
    is_read: bool
    """By the reader; her own counts as read."""
    text: str = field(repr=False)


def shift_notes(reader: Reader, *, now: datetime) -> tuple[ShiftNote, ...]:
    """Every note that is still kept, the newest first."""
    reader.demand(Permission.READ_QUEUE)
    with reader.service.reading() as session:
        found = [_note(reader, paper) for paper in papers.shared(reader, session, KIND)]
    kept = (note for note in found if note.at > now - KEPT_FOR)
    return tuple(sorted(kept, key=lambda note: note.at, reverse=True))


def unread(reader: Reader, *, now: datetime) -> tuple[ShiftNote, ...]:
    """What the reader is to know when she begins: notes of the last days she has not read."""
    recent = (one for one in shift_notes(reader, now=now) if one.at > now - SHOWN_FOR)
    return tuple(one for one in recent if not one.is_read)


def leave(reader: Reader, text: str, *, id_: UUID, now: datetime) -> None:
    """Leave a note; the same form sent again leaves none. What is old goes."""
    reader.demand(Permission.KEEP_TEAM)
    content = _content(reader.handle, reader.member, now, text, ())
    with reader.service.writing() as session:
        if papers.keep_shared(reader, session, KIND, id_, content, seen=papers.NEW):
            log.append(session, reader.service, "shift_note_left", by=reader.member, now=now)
        for paper in papers.shared(reader, session, KIND):
            if moment(paper.content["at"]) <= now - KEPT_FOR:
                papers.take_out(session, KIND, paper.id)


def mark_read(reader: Reader, id_: UUID, *, now: datetime) -> None:
    """Remember that the reader has read it, among others who say so at the same time."""
    reader.demand(Permission.READ_QUEUE)
    for _ in range(_TRIES):
        try:
            return _mark_read(reader, id_, now)
        except Conflict:
            continue
    raise Conflict


def _mark_read(reader: Reader, id_: UUID, now: datetime) -> None:
    with reader.service.writing() as session:
        for paper in papers.shared(reader, session, KIND):
            read = paper.content["read"]
            if paper.id == id_ and reader.member.hex not in read:
                content = {**paper.content, "read": [*read, reader.member.hex]}
                papers.keep_shared(reader, session, KIND, id_, content, seen=paper.revision)
                service = reader.service
                log.append(session, service, "shift_note_read", by=reader.member, now=now)


def take_back(reader: Reader, id_: UUID, *, now: datetime) -> None:
    """Take away a note of the reader's own; nothing where it is gone or another's."""
    reader.demand(Permission.KEEP_TEAM)
    with reader.service.writing() as session:
        mine = [
            paper.id
            for paper in papers.shared(reader, session, KIND)
            if paper.content["author"] == reader.member.hex
        ]
        if id_ in mine and papers.take_out(session, KIND, id_):
            service = reader.service
            log.append(session, service, "shift_note_removed", by=reader.member, now=now)


def _content(
    handle: str, author: UUID, at: datetime, text: str, read: tuple[str, ...]
) -> dict[str, object]:
    return {
        "by": handle,
        "author": author.hex,
        "at": instant(at),
        "text": text,
        "read": list(read),
    }


def _note(reader: Reader, paper: Paper) -> ShiftNote:
    told = paper.content
    is_mine = told["author"] == reader.member.hex
    return ShiftNote(
        paper.id,
        paper.revision,
        told["by"],
        moment(told["at"]),
        is_mine,
        is_mine or reader.member.hex in told["read"],
        told["text"],
    )
