"""Sessions: a cookie's token opens what a member's passphrase opened before."""

import base64
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.orm import Session

from intake.casework import credentials, log
from intake.casework.codec import decode, encode, instant, moment
from intake.casework.errors import SessionEnded, StorageBusy, StorageFull
from intake.casework.member_states import SIGNS_IN
from intake.casework.reader import Reader
from intake.casework.service import Service
from intake.roles import Role
from intake.store.people import MemberRow, SessionRow
from intake.vault import (
    MemberSecret,
    Sealed,
    SessionSecret,
    SessionToken,
    UnsealError,
    box_cookie,
    box_session,
    box_told,
    open_cookie,
    open_session,
    open_told,
)


@dataclass(frozen=True)
class OpenSession:
    """A signed-in browser, as its owner is told of it; `began` is None where nobody can say.

    `browser`: codes of browser and system, such as `firefox/linux`.
    """

    id: UUID
    began: datetime | None
    browser: str
    is_this: bool


def begin(
    session: Session,
    service: Service,
    row: MemberRow,
    secret: MemberSecret,
    now: datetime,
    browser: str = "",
) -> str:
    """Open a session in the caller's transaction; its cookie text."""
    token, id_ = SessionToken.random(), uuid4()
    told = encode({"began": instant(now), "browser": browser})
    kept = SessionSecret(secret.seed, secret.trusted, int(now.timestamp()))
    session.add(
        SessionRow(
            id=id_,
            token_hash=token.lookup,
            member_id=row.id,
            key_box=box_session(token, kept, session=id_, member=row.id),
            day=(now + timedelta(hours=service.settings.absolute_hours)).date(),
            told_box=box_told(secret.seed, told, session=id_, member=row.id),
        )
    )
    return cookie_text(service, token, row.id, now)


def cookie_text(service: Service, token: SessionToken, member: UUID, now: datetime) -> str:
    """The token with its member and the time it was last used, under the server key."""
    content = {
        "token": base64.b64encode(token.raw).decode(),
        "member": member.hex,
        "seen": instant(now),
    }
    boxed = box_cookie(service.keys.server, encode(content), purpose="desk")
    return base64.urlsafe_b64encode(boxed).decode()


def read_cookie(service: Service, text: str) -> tuple[SessionToken, UUID, datetime]:
    """Token, member and last use; `SessionEnded` when the text is not ours."""
    try:
        boxed = Sealed(base64.b64decode(text, altchars=b"-_", validate=True))
        content = decode(open_cookie(service.keys.server, boxed, purpose="desk"))
    except (ValueError, UnsealError):
        raise SessionEnded from None
    token = SessionToken(base64.b64decode(content["token"]))
    return token, UUID(content["member"]), moment(content["seen"])


def resume(service: Service, cookie: str, *, now: datetime) -> Reader:
    """The member behind `cookie`; `SessionEnded` after idle or absolute limit or sign-out."""
    token, member_id, seen = read_cookie(service, cookie)
    if now - seen > timedelta(minutes=service.settings.idle_minutes):
        raise SessionEnded(member_id)
    with service.reading() as session:
        row = session.scalar(select(SessionRow).where(SessionRow.token_hash == token.lookup))
        member = session.get(MemberRow, row.member_id) if row else None
        if row is None or member is None or member.state not in SIGNS_IN:
            raise SessionEnded(member_id)
        kept = _kept_secret(token, row, member_id)
        if now - datetime.fromtimestamp(kept.started, UTC) > timedelta(
            hours=service.settings.absolute_hours
        ):
            raise SessionEnded(member_id)
        return Reader(
            service=service,
            session_id=row.id,
            member=member.id,
            handle=member.handle,
            roles=frozenset(Role(role) for role in member.roles.split()),
            state=member.state,
            secret=kept,
            has_factor=credentials.has_factor(session, member.id, kept.seed),
        )


def _kept_secret(token: SessionToken, row: SessionRow, member: UUID) -> SessionSecret:
    try:
        return open_session(token, row.key_box, session=row.id, member=row.member_id)
    except UnsealError:
        raise SessionEnded(member) from None


def renewed(service: Service, cookie: str, *, now: datetime) -> str:
    """The same session's cookie, with the idle time starting again."""
    token, member, _ = read_cookie(service, cookie)
    return cookie_text(service, token, member, now)


def sign_out(reader: Reader, *, now: datetime) -> None:
    """End this session."""
    _end(reader, SessionRow.id == reader.session_id, "signed_out", now)


def end_before(service: Service, cookie: str | None) -> None:
    """End the session that `cookie` opens: another takes its place in this browser."""
    with suppress(SessionEnded, StorageBusy, StorageFull):  # then it ends by its own limits
        token, _member, _seen = read_cookie(service, cookie or "")
        with service.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.token_hash == token.lookup))


def open_sessions(reader: Reader) -> tuple[OpenSession, ...]:
    """Every session of this member, the newest first."""
    with reader.service.reading() as session:
        rows = session.scalars(select(SessionRow).where(SessionRow.member_id == reader.member))
        found = [_told(reader, row) for row in rows]
    return tuple(sorted(found, key=_when, reverse=True))


def _told(reader: Reader, row: SessionRow) -> OpenSession:
    is_this = row.id == reader.session_id
    try:
        opened = open_told(
            reader.secret.seed,
            row.told_box or Sealed(b""),
            session=row.id,
            member=row.member_id,
        )
    except UnsealError:  # it began before this was kept, or somebody changed it
        return OpenSession(row.id, None, "", is_this)
    content = decode(opened)
    return OpenSession(row.id, moment(content["began"]), content["browser"], is_this)


def _when(session: OpenSession) -> tuple[bool, datetime, UUID]:
    return session.is_this, session.began or datetime.fromtimestamp(0, UTC), session.id


def end_session(reader: Reader, id: UUID, *, now: datetime) -> None:
    """End one session of this member."""
    hers = SessionRow.member_id == reader.member
    _end(reader, and_(hers, SessionRow.id == id), "session_ended", now)


def end_others(reader: Reader, *, now: datetime) -> None:
    """End every session of this member but this one."""
    others = and_(SessionRow.member_id == reader.member, SessionRow.id != reader.session_id)
    _end(reader, others, "sessions_ended", now)


def sign_out_everywhere(reader: Reader, *, now: datetime) -> None:
    """End every session of this member."""
    _end(reader, SessionRow.member_id == reader.member, "signed_out_everywhere", now)


def _end(reader: Reader, which: ColumnElement[bool], act: str, now: datetime) -> None:
    with reader.service.writing() as session:
        session.execute(delete(SessionRow).where(which))
        log.append(session, reader.service, act, by=reader.member, now=now)
