"""Taking away what has had its time: drafts, conversations, sessions, notices, tries."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, Delete, Update, delete, update
from sqlalchemy.orm import Session

from intake.casework.service import Service
from intake.store.people import InvitationRow, NoticeRow, SessionRow
from intake.store.service import AttemptRow
from intake.store.tables import DraftRow, MailboxRow


@dataclass(frozen=True)
class Purged:
    """How many of each went."""

    drafts: int
    mailboxes: int
    sessions: int
    invitations: int
    tries: int


def purge(service: Service, *, now: datetime) -> Purged:
    """Delete what has expired; a mailbox loses its key and keeps its look-up.

    By the look-up an old code is answered honestly, and is never given out again.
    """
    today = now.date()
    with service.writing() as session:
        session.execute(delete(NoticeRow).where(NoticeRow.day < today))
        return Purged(
            drafts=_count(session, delete(DraftRow).where(DraftRow.day < today)),
            mailboxes=_count(
                session,
                update(MailboxRow)
                .where(MailboxRow.day < today, MailboxRow.key_box.is_not(None))
                .values(key_box=None),
            ),
            sessions=_count(session, delete(SessionRow).where(SessionRow.day < today)),
            invitations=_count(session, delete(InvitationRow).where(InvitationRow.day < today)),
            tries=_count(session, delete(AttemptRow).where(AttemptRow.day < today)),
        )


def _count(session: Session, statement: Delete | Update) -> int:
    result = session.execute(statement)
    if not isinstance(result, CursorResult):
        raise TypeError("A statement that changes rows counts them.")
    return result.rowcount
