"""Who follows a conversation without its code: lawyers who filed, and those who were let in.

That somebody follows stands in the conversation itself, so that who holds the code sees it and
can end it. What she copied before stays copied.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from intake.casework import log
from intake.casework.errors import UnknownCase
from intake.casework.filings.kept import KIND, Followed
from intake.casework.mail_entries import HOLDER, Entry, entries, row_of
from intake.casework.mailbox import opened
from intake.casework.reader import Reader
from intake.casework.service import Service
from intake.casework.team import papers
from intake.store import documents
from intake.store.tables import CaseRow
from intake.vault import Key

FOLLOWING, ENDED = "following", "following_ended"


@dataclass(frozen=True)
class Follower:
    """Somebody who follows: her filing, her handle, and since when."""

    filing: UUID
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
    """Write down that `handle` follows, once for each filing, with its line in the log."""
    case = session.get_one(CaseRow, followed.case)
    id_ = uuid5(filing, FOLLOWING)
    if documents.is_known(session, id_):
        return
    entry = Entry(id_, FOLLOWING, HOLDER, now, text=handle, about=filing)
    session.add(row_of(case.id, followed.mail_key, entry))
    log.append(session, reader.service, FOLLOWING, by=reader.member, case=case, now=now)


def followers(session: Session, case: UUID, mail_key: Key) -> tuple[Follower, ...]:
    """Who follows now, in the order in which they began."""
    said = entries(session, case, mail_key)
    ended = {entry.about for entry in said if entry.kind == ENDED}
    return tuple(
        Follower(entry.about, entry.text, entry.at)
        for entry in said
        if entry.kind == FOLLOWING and entry.about and entry.about not in ended
    )


def followers_behind_code(
    service: Service, visit: str, *, now: datetime
) -> tuple[Follower, ...]:
    """Who follows, for who holds the code; `SessionEnded` when the visit is over."""
    case, mail_key = opened(service, visit, now=now)
    with service.reading() as session:
        return followers(session, case, mail_key)


def end_behind_code(service: Service, visit: str, filing: UUID, *, now: datetime) -> None:
    """Let somebody follow no more, as who holds the code decides; `SessionEnded`.

    Nothing is done where she does not follow.
    """
    case, mail_key = opened(service, visit, now=now)
    with service.writing() as session:
        end(session, service, case, mail_key, filing, now=now)


def end(  # noqa: PLR0913 - whose following of what, by whose act
    session: Session,
    service: Service,
    case: UUID,
    mail_key: Key,
    filing: UUID,
    *,
    now: datetime,
    by: UUID | None = None,
) -> bool:
    """Take her paper away and write it down, in the caller's transaction; whether it was so.

    Her key goes with the paper: from her next page on she opens nothing of this case.
    """
    if filing not in {one.filing for one in followers(session, case, mail_key)}:
        return False
    papers.take_out(session, KIND, filing)
    entry = Entry(uuid5(filing, ENDED), ENDED, HOLDER, now, about=filing)
    session.add(row_of(case, mail_key, entry))
    row = session.get_one(CaseRow, case)
    log.append(session, service, ENDED, by=by, case=row, now=now)
    return True


def demanded(followed: Followed | None) -> Followed:
    """What a filing follows; `UnknownCase` for one that was not sent."""
    if followed is None:
        raise UnknownCase
    return followed
