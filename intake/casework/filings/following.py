"""Who follows a conversation without its code: lawyers who filed, and those who were let in.

That somebody follows stands in the conversation itself, so that who holds the code sees it and
can end it. What she copied before stays copied.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from intake.casework import account_notices, log
from intake.casework.filings.kept import KIND, Followed
from intake.casework.mail_entries import HOLDER, Entry, entries, row_of
from intake.casework.mailbox import opened
from intake.casework.reader import Reader
from intake.casework.reporter_writes import Writer
from intake.casework.service import Service
from intake.casework.team import papers
from intake.store import documents, team
from intake.store.tables import CaseRow

FOLLOWING: Final = "following"
ENDED: Final = "following_ended"
NEWS: Final = "following_news"
"""Entries of the conversation, acts of the log and notices are called so."""


@dataclass(frozen=True)
class Follower:
    """Somebody who follows: her filing, her id and handle, and since when."""

    filing: UUID
    member: UUID
    handle: str
    since: datetime


def begin(
    session: Session,
    reader: Reader,
    followed: Followed,
    filing: UUID,
    handle: str,
    now: datetime,
) -> None:
    """Write down that `handle` follows, with its line in the log.

    Raises `ValueError` for a filing that ever followed: nobody could see that it does again.
    """
    enter(session, Writer(followed.case, followed.mail_key), filing, handle, now)
    case = session.get_one(CaseRow, followed.case)
    log.append(session, reader.service, FOLLOWING, by=reader.member, case=case, now=now)


def enter(session: Session, writer: Writer, filing: UUID, handle: str, now: datetime) -> None:
    """Write it into the conversation alone; raises as `begin` does."""
    if has_begun(session, filing):
        raise ValueError("A filing follows once.")
    entry = Entry(uuid5(filing, FOLLOWING), FOLLOWING, HOLDER, now, text=handle, about=filing)
    session.add(row_of(writer.case_id, writer.mail_key, entry))


def has_begun(session: Session, filing: UUID) -> bool:
    """Whether a filing of this id ever followed a conversation."""
    return documents.is_known(session, uuid5(filing, FOLLOWING))


def followers(session: Session, writer: Writer) -> tuple[Follower, ...]:
    """Who follows now, in the order in which they began; not those whose account is closed."""
    said = entries(session, writer.case_id, writer.mail_key)
    ended = {entry.about for entry in said if entry.kind == ENDED}
    began = {
        e.about: e for e in said if e.kind == FOLLOWING and e.about and e.about not in ended
    }
    keepers = team.keepers(session, KIND, began.keys())
    return tuple(
        Follower(filing, keepers[filing], entry.text, entry.at)
        for filing, entry in began.items()
        if filing in keepers
    )


def handle_of(session: Session, writer: Writer, filing: UUID) -> str:
    """Who follows by this filing, or did; "" for one that never followed this conversation."""
    said = entries(session, writer.case_id, writer.mail_key)
    began = (it.text for it in said if (it.kind, it.about) == (FOLLOWING, filing))
    return next(began, "")


def followers_behind_code(
    service: Service, visit: str, *, now: datetime
) -> tuple[Follower, ...]:
    """Who follows, for who holds the code; `SessionEnded` when the visit is over."""
    writer = opened(service, visit, now=now)
    with service.reading() as session:
        return followers(session, writer)


def end_behind_code(service: Service, visit: str, filing: UUID, *, now: datetime) -> None:
    """Let somebody follow no more, as who holds the code decides; `SessionEnded`.

    Nothing is done where she does not follow.
    """
    writer = opened(service, visit, now=now)
    with service.writing() as session:
        if leave(session, service, writer, filing, now=now):
            case = session.get_one(CaseRow, writer.case_id)
            log.append(session, service, ENDED, case=case, now=now)


def leave(
    session: Session,
    service: Service,
    writer: Writer,
    filing: UUID,
    *,
    now: datetime,
    by: UUID | None = None,
) -> bool:
    """Take her paper away and write it down, without a line in the log; False where none is.

    Her key goes with the paper: from her next page on she opens nothing of this case. She is
    told, unless it is her own act.
    """
    one = next((one for one in followers(session, writer) if one.filing == filing), None)
    if one is None:
        return False
    papers.take_out(session, KIND, filing)
    entry = Entry(uuid5(filing, ENDED), ENDED, HOLDER, now, text=one.handle, about=filing)
    session.add(row_of(writer.case_id, writer.mail_key, entry))
    if by != one.member:
        ref = session.get_one(CaseRow, writer.case_id).ref
        about = {"ref": ref, "filing": filing.hex}
        account_notices.tell(session, service, [one.member], ENDED, about=about, now=now)
    return True


def tell_news(session: Session, service: Service, writer: Writer, *, now: datetime) -> None:
    """Leave each who follows a notice that the Coalition wrote; it names her filing alone."""
    for one in followers(session, writer):
        about = {"filing": one.filing.hex}
        account_notices.tell(session, service, [one.member], NEWS, about=about, now=now)
