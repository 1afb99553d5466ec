"""The list of a member's filings: what is still to be sent, and how it stands with the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from intake.case import Stage
from intake.casework.drafts import draft_in, row_of
from intake.casework.filings.beginning import name_in, needed
from intake.casework.filings.kept import Filing, Followed, filings
from intake.casework.filings.reading import is_answer, unread
from intake.casework.filings.sending import settled
from intake.casework.mail_entries import entries
from intake.casework.reader import Reader
from intake.casework.receipts import read_once
from intake.form import journey
from intake.form.dates import CivilDate
from intake.form.draft import Draft
from intake.form.people import VICTIM_NAME
from intake.store.tables import CaseRow, MailboxRow

_UNANSWERED: Final = frozenset({Stage.RECEIVED.value, Stage.SCREENING.value})


@dataclass(frozen=True)
class Underway:
    """A filing that is not sent; `kept_until` is None where its draft has expired."""

    filing: Filing
    name: str = field(repr=False)
    kept_until: date | None
    can_be_sent: bool = False
    unread_words: int = 0
    """How many answers could not be read as dates, times or numbers."""


@dataclass(frozen=True)
class Sent:
    """A filing that was sent: what whoever holds the code could see of its conversation.

    `stage` is the last that was told. `answer_by` is None once somebody answered, `open_until`
    once the conversation has expired, or the case was erased; then nothing else is known.
    """

    filing: Filing
    followed: Followed
    stage: str
    answer_by: datetime | None = None
    unread: int = 0
    open_until: date | None = None


@dataclass(frozen=True)
class Filings:
    """Both lists: those to be sent by the day on which they go, the others by what is new."""

    underway: tuple[Underway, ...]
    sent: tuple[Sent, ...]


def mine(reader: Reader, *, is_recorded: bool, now: datetime) -> Filings:
    """The filings of the reader; `NotAllowed` for who may write none of this kind."""
    reader.demand(needed(is_recorded=is_recorded))
    with reader.service.reading() as session:
        found = [one for one in filings(reader, session) if one.is_recorded is is_recorded]
    found = [settled(reader, one, now=now) for one in found]
    with reader.service.reading() as session:
        underway = [_underway(session, one) for one in found if not one.is_sent]
        sent = [_sent(session, one, one.followed) for one in found if one.followed]
    underway.sort(key=lambda one: (one.kept_until or date.min, one.name))
    sent.sort(key=_newest)
    return Filings(tuple(underway), tuple(sent))


def _newest(one: Sent) -> tuple[bool, float, str]:
    return one.unread == 0, -one.followed.since.timestamp(), one.filing.name


def underway(reader: Reader, known: Filing) -> Underway:
    """One filing that is not sent."""
    with reader.service.reading() as session:
        return _underway(session, known)


def sent(reader: Reader, known: Filing, followed: Followed) -> Sent:
    """One filing that was sent."""
    with reader.service.reading() as session:
        return _sent(session, known, followed)


def _underway(session: Session, known: Filing) -> Underway:
    once = read_once(known.once)
    if (row := row_of(session, once)) is None:
        return Underway(known, known.name, None)
    draft = draft_in(row, once)
    name = name_in(draft) or known.name or _named_by_who_tells(known, draft)
    is_enough = journey.is_sendable(draft)
    return Underway(known, name, row.day, is_enough, len(draft.typed))


def _named_by_who_tells(known: Filing, draft: Draft) -> str:
    """Of whom somebody tells, where staff record it: they have no name of their own for it."""
    return (draft.answers[VICTIM_NAME] or "") if known.is_recorded else ""


def _sent(session: Session, known: Filing, followed: Followed) -> Sent:
    row, mailbox = (session.get(kind, followed.case) for kind in (CaseRow, MailboxRow))
    if not isinstance(row, CaseRow) or not isinstance(mailbox, MailboxRow):
        return Sent(known, followed, Stage.ERASED.value)
    if mailbox.key_box is None or row.stage == Stage.ERASED:
        return Sent(known, followed, Stage.ERASED.value)
    said = entries(session, followed.case, followed.mail_key)
    stages = [entry.stage for entry in said if entry.kind == "stage" and entry.stage]
    is_waiting = row.stage in _UNANSWERED and not any(map(is_answer, said))
    return Sent(
        known,
        followed,
        stages[-1] if stages else Stage.RECEIVED.value,
        row.answer_by if is_waiting else None,
        len(unread(said, followed)),
        mailbox.day,
    )


def paper_until(known: Filing) -> CivilDate | None:
    """The last day of the paper that shows the lawyer's authority, as far as it was said."""
    said = known.told.authority_until if known.told else ""
    return CivilDate.from_text(said) if said else None
