"""A lawyer comes to a conversation with her client's code, and leaves it by her own will."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework import log
from intake.casework.draft_sending import come_back
from intake.casework.errors import NotAllowed, UnknownCode
from intake.casework.filings import following
from intake.casework.filings.kept import KIND, Filing, Followed, filing, filings, keep
from intake.casework.mail_entries import entries
from intake.casework.mailbox import opened
from intake.casework.reader import Reader
from intake.casework.reporter_writes import Writer
from intake.casework.team import papers
from intake.roles import Permission
from intake.store.tables import CaseRow


class NotSentYet(UnknownCode):
    """The code opens a report that is not sent, and no conversation."""


def follow(reader: Reader, typed: str, name: str, *, once: str, now: datetime) -> UUID:
    """Let the reader follow what this return code opens; her filing, the same for each case.

    `name` is what she calls her client. Raises `vault.CodeError` before any stretching,
    `UnknownCode`, `NotSentYet`, `ExpiredCode`, `vault.BusyError`, and `ValueError` for no
    `once`, or for one with which she began to follow and follows no more.
    """
    reader.demand(Permission.FILE)
    came = come_back(reader.service, typed, now=now)
    if came.conversation is None:
        raise NotSentYet
    writer = opened(reader.service, came.conversation, now=now)
    with reader.service.writing() as session:
        known = _known(reader, session, writer.case_id)
        if known is not None:
            return known.id
        id_ = papers.id_of(once, f"{following.FOLLOWING} {writer.case_id}")
        followed = followed_now(session, writer, now)
        following.begin(session, reader, followed, id_, reader.handle, now)
        keep(reader, session, Filing(id_, papers.NEW, now, name, followed=followed))
        return id_


def followed_now(session: Session, writer: Writer, now: datetime) -> Followed:
    """What somebody follows who was let in `now`: whatever was written is news for her."""
    ref = session.get_one(CaseRow, writer.case_id).ref
    arrival = entries(session, writer.case_id, writer.mail_key)[0].at
    return Followed(writer.case_id, ref, writer.mail_key, now, read_until=arrival)


def end(reader: Reader, known: Filing, *, now: datetime) -> None:
    """Let the reader follow no more, as she wants it; `NotAllowed` while she keeps the code."""
    service = reader.service
    with service.writing() as session:
        stands = filing(reader, session, known.id)
        if stands.once or stands.followed is None:
            raise NotAllowed
        writer = Writer(stands.followed.case, stands.followed.mail_key)
        if following.leave(session, service, writer, stands.id, now=now, by=reader.member):
            case = session.get_one(CaseRow, writer.case_id)
            log.append(session, service, following.ENDED, by=reader.member, case=case, now=now)
        papers.take_out(session, KIND, stands.id)  # of a conversation that is over, too


def _known(reader: Reader, session: Session, case: UUID) -> Filing | None:
    """Her filing that follows this case already."""
    return next(
        (one for one in filings(reader, session) if one.followed and one.followed.case == case),
        None,
    )
