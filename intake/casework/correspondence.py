"""What is said about one case: with the reporter, and among coordinators."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from intake.casework import additions
from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import demand_opened
from intake.casework.consents import plain
from intake.casework.errors import Conflict, NotAllowed
from intake.casework.filings import following
from intake.casework.mail_entries import Entry
from intake.casework.notes import DRAFT, Note, keep_note, named, notes_of, plain_questions
from intake.casework.reader import Reader
from intake.casework.reporter_writes import Writer
from intake.casework.team import drafts, papers
from intake.casework.work.beginning import begin_contact
from intake.form.pages import asked_by, is_too_much
from intake.roles import Permission
from intake.vault import Slot


@dataclass(frozen=True)
class Correspondence:
    """The conversation with the reporter and the internal notes, both oldest first.

    `answered` are the names of the questions that the case answers, as far as she may know.
    The conversation `is_here`, or else in the case that this one was split from.
    """

    entries: tuple[Entry, ...]
    notes: tuple[Note, ...]
    differences: tuple[str, ...] = ()
    answered: frozenset[str] = frozenset()
    is_here: bool = True


def correspondence(reader: Reader, ref: str, *, now: datetime) -> Correspondence:
    """What was said with the reporter and among coordinators; `NotAllowed` before opening."""
    with opened(reader, ref, "read_messages", now=now) as file:
        demand_opened(file)
        additions.merge(file, shown=additions.IN_MESSAGES)
        notes = notes_of(file)
        answered = frozenset(_answered(file))
        is_here = file.has_conversation
        entries = tuple(_told_to(reader, file.entries())) if is_here else ()
        return Correspondence(entries, notes, file.differences, answered, is_here)


def mark_of(entry: Entry) -> str:
    """A short name of an entry, by which a form says that its page showed it."""
    return entry.id.hex[:8]


def _told_to(reader: Reader, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries without what only a trained handler may learn of them (E11)."""
    for entry in entries:
        told = entry if reader.is_trained else _plain(entry)
        if entry.kind != "consent" or told.consents or told.withdrawn:
            yield told


def _plain(entry: Entry) -> Entry:
    """The entry without questions on sexual violence, and consents to intimate pictures."""
    return replace(
        entry,
        questions=plain_questions(entry.questions),
        consents=plain(entry.consents),
        withdrawn=plain(entry.withdrawn),
    )


def _answered(file: CaseFile) -> Iterator[str]:
    for document in file.documents("report", "correction"):
        answers = (document.content or {}).get("answers")
        if isinstance(answers, dict):
            yield from _names(answers)


def _names(answers: dict[str, object]) -> Iterator[str]:
    """The names of what was answered, also of things that repeat."""
    for name, value in answers.items():
        yield name
        things = value if isinstance(value, list) else []
        for thing in things:
            if isinstance(thing, dict):
                yield from _names(thing["answers"])


def send_message(  # noqa: PLR0913 - all that one form brings
    reader: Reader,
    ref: str,
    text: str,
    *,
    once: str,
    now: datetime,
    questions: tuple[str, ...] = (),
    seen: Collection[str] | None = None,
    draft: int = papers.NEW,
) -> None:
    """Answer the reporter; the first answer is the first attempt at contact.

    `questions` are keys of `form.pages`: what the reporter is asked to answer, if she wants
    to. `NotAllowed` for questions about sexual violence from who is no trained handler,
    `ValueError` for unknown ones and for more than one page holds. `seen` are marks of the
    entries that she had before her: `Conflict` where another stands by now. Her `draft` of the
    revision from which the page began is sent by this, and forgotten.
    """
    reader.demand(Permission.SEND_MESSAGES)
    _demand_askable(reader, questions)
    with opened(
        reader, ref, "questions_asked" if questions else "message_sent", now=now
    ) as file:
        demand_opened(file)
        id_ = named(once, file.row.id, "\0".join((text, *questions)))
        if file.has(id_):
            file.act = None
            return
        if not file.has_conversation:
            raise NotAllowed
        if seen is not None and not _marks(file) <= set(seen):
            raise Conflict
        additions.merge(file)  # what nobody has seen yet stays news
        file.say(text, id_, questions)
        _tell_followers(file)
        drafts.forget(file, text, questions, seen=draft)
        first = file.facts.first_answer_at or now
        file.change_facts(last_from_coalition_at=now, first_from_coalition_at=first)
        if file.row.stage == "screening":
            begin_contact(file)


def _tell_followers(file: CaseFile) -> None:
    writer = Writer(file.row.id, file.keys[Slot.MAIL])
    following.tell_news(file.session, file.reader.service, writer, now=file.now)


def _marks(file: CaseFile) -> set[str]:
    return {mark_of(entry) for entry in _told_to(file.reader, file.entries())}


def _demand_askable(reader: Reader, questions: tuple[str, ...]) -> None:
    asked = asked_by(questions)
    if len(asked) != len(set(questions)) or is_too_much(asked):
        raise ValueError("These questions cannot be asked on one page.")
    if any(one.is_intimate for one in asked) and not reader.is_trained:
        raise NotAllowed


def show_draft(  # noqa: PLR0913 - all that one form brings
    reader: Reader,
    ref: str,
    text: str,
    *,
    once: str,
    now: datetime,
    questions: tuple[str, ...] = (),
    draft: int = papers.NEW,
) -> None:
    """Show colleagues a reply that is not sent: a note which any of them may send.

    Raises as `send_message` does for its questions, and forgets the same `draft`.
    """
    reader.demand(Permission.SEND_MESSAGES)
    _demand_askable(reader, questions)
    with opened(reader, ref, "draft_shown", now=now) as file:
        demand_opened(file)
        if keep_note(file, text, once=once, occasion=DRAFT, questions=questions):
            drafts.forget(file, text, questions, seen=draft)
