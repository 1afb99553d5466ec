"""Replies that are not sent yet: each coordinator's own, and what she shows her colleagues.

A draft is sealed to its author alone, its words besides under the key of the conversation:
where a case is erased they open no more. What she shows is a note of the case like others, so
that who may read it is decided where everything about the case is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from intake.casework.case_file import CaseFile, opened
from intake.casework.case_rows import find, keys_of
from intake.casework.cases import demand_opened
from intake.casework.codec import decode, encode, instant, moment
from intake.casework.errors import Conflict, UnknownCase
from intake.casework.reader import Reader
from intake.casework.team import papers
from intake.casework.team.papers import Paper
from intake.roles import Permission
from intake.vault import (
    CaseKeys,
    NotForYou,
    Sealed,
    Slot,
    UnsealError,
    box_message,
    open_message,
)

KIND: Final = "reply_draft"


@dataclass(frozen=True)
class ReplyDraft:
    """What the reader began to write to a reporter; `questions` are keys of `form.pages`."""

    id: UUID
    revision: int
    at: datetime
    questions: tuple[str, ...]
    text: str = field(repr=False)


def draft_of(reader: Reader, ref: str) -> ReplyDraft | None:
    """The reader's own draft in this case; `UnknownCase` for a case that she may not open."""
    reader.demand(Permission.SEND_MESSAGES)
    with reader.service.reading() as session:
        row = find(session, ref)
        try:
            keys = keys_of(reader, session, row, boxes=False)
        except (NotForYou, UnsealError):
            raise UnknownCase from None
        return _draft(reader, session, keys)


def keep_draft(
    reader: Reader,
    ref: str,
    text: str,
    *,
    questions: tuple[str, ...] = (),
    seen: int = papers.NEW,
    now: datetime,
) -> None:
    """Keep what she has written so far; the same words again leave no line.

    Raises `Conflict` when another window of hers kept other words since.
    """
    reader.demand(Permission.SEND_MESSAGES)
    with opened(reader, ref, "draft_kept", now=now) as file:
        demand_opened(file)
        before = _draft(reader, file.session, file.keys)
        if before and (before.text, before.questions) == (text, questions):
            file.act = None
            return
        if (before.revision if before else papers.NEW) != seen:
            raise Conflict
        id_, key = before.id if before else uuid4(), file.keys[Slot.MAIL]
        words = encode({"text": text, "questions": list(questions)})
        box = box_message(key, words, case=file.row.id, id=id_)
        content = {"case": file.row.id.hex, "at": instant(now), "box": box.hex()}
        papers.keep_own(reader, file.session, KIND, id_, content, seen=seen)


def throw_away(reader: Reader, ref: str, *, now: datetime) -> None:
    """Forget the reader's draft in this case; nothing where there is none."""
    reader.demand(Permission.SEND_MESSAGES)
    with opened(reader, ref, "draft_thrown_away", now=now) as file:
        found = _draft(file.reader, file.session, file.keys)
        if found is None or not papers.take_out(file.session, KIND, found.id):
            file.act = None


def forget(file: CaseFile, text: str, questions: tuple[str, ...], *, seen: int) -> None:
    """Take away the draft that was sent or shown; another one stays.

    It is that of which the page had `seen` this revision, or that with the very same words.
    """
    found = _draft(file.reader, file.session, file.keys)
    if found and (found.revision == seen or (found.text, found.questions) == (text, questions)):
        papers.take_out(file.session, KIND, found.id)


def _draft(reader: Reader, session: Session, keys: CaseKeys) -> ReplyDraft | None:
    of_case = (
        draft
        for paper in papers.own(reader, session, KIND)
        if paper.content["case"] == keys.case.hex
        for draft in _opened(paper, keys)
    )
    return next(of_case, None)


def _opened(paper: Paper, keys: CaseKeys) -> Iterator[ReplyDraft]:
    """The draft; none where its words were under a key that is no more."""
    box, at = Sealed(bytes.fromhex(paper.content["box"])), moment(paper.content["at"])
    try:
        words = open_message(keys[Slot.MAIL], box, case=keys.case, id=paper.id)
    except (NotForYou, UnsealError):
        return
    told = decode(words)
    yield ReplyDraft(paper.id, paper.revision, at, tuple(told["questions"]), told["text"])
