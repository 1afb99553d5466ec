"""Signing in: a passphrase opens the member box, with the same work for everybody."""

import base64
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from intake.casework import founding, log, throttle
from intake.casework.codec import decode, encode
from intake.casework.errors import WrongPassphrase
from intake.casework.member_states import ACTIVE, FIRST, FIRST_USED, SIGNS_IN
from intake.casework.reader import Reader
from intake.casework.service import Service
from intake.casework.sessions import begin
from intake.store.people import MemberRow, SessionRow
from intake.vault import (
    MemberSecret,
    Sealed,
    Stretching,
    UnsealError,
    box_cookie,
    normalise_passphrase,
    open_cookie,
    open_member,
    passphrase,
    stretch,
)


@dataclass(frozen=True)
class SignedIn:
    """Cookie texts: the session's, and the one by which this browser is known again."""

    cookie: str = field(repr=False)
    known: str = field(repr=False)
    must_set_up: bool


def sign_in(
    service: Service, handle: str, words: str, *, known: str | None, now: datetime
) -> SignedIn:
    """Open a session.

    Raises `WrongPassphrase` with the same work for unknown members, `SlowDown` after
    several wrong tries, `vault.BusyError`.
    """
    handle = handle.replace("\0", "").strip().casefold()  # PostgreSQL takes no NUL
    tries = _tries(service, handle, _known(service, known, handle))
    throttle.count(service, tries, now=now)
    member, revision, secret = _opened(service, handle, words)
    throttle.forget(service, tries, now=now)
    with service.writing() as session:
        row = session.get_one(MemberRow, member)
        if row.revision != revision:  # used or changed while this try was stretched
            raise WrongPassphrase
        if row.state == FIRST:
            _use_up(row)
        cookie = begin(session, service, row, secret, now)
        log.append(session, service, "signed_in", by=member, now=now)
        return SignedIn(cookie, _known_text(service, handle), row.state != ACTIVE)


def _tries(service: Service, handle: str, browser: str) -> str:
    """Where tries are counted: a browser that signed in before counts by itself."""
    if browser:
        return throttle.bucket(service, "sign-in", handle, browser)
    return throttle.shared_bucket(service, "sign-in", handle)


def _opened(service: Service, handle: str, words: str) -> tuple[UUID, int, MemberSecret]:
    with service.reading() as session:
        row = session.scalar(select(MemberRow).where(MemberRow.handle == handle))
        found = (row.id, row.kdf, row.box, row.revision, row.state) if row else _nobody()
    id_, kdf, box, revision, state = found
    try:
        how = Stretching.from_bytes(kdf)
        key = stretch(normalise_passphrase(words), how, pepper=service.keys.pepper)
        secret = open_member(key, box, member=id_, revision=revision)
    except UnsealError:
        raise WrongPassphrase from None
    if state not in SIGNS_IN:
        raise WrongPassphrase
    return id_, revision, secret


def _nobody() -> tuple[UUID, bytes, Sealed, int, str]:
    """What stands in for an unknown member, so that both take the same work."""
    kdf = Stretching.for_passphrase().to_bytes()
    return UUID(int=0), kdf, Sealed(b"\x02" + secrets.token_bytes(400)), 1, ACTIVE


def _use_up(row: MemberRow) -> None:
    # A one-time passphrase opens once; from then on only the session holds the seed.
    row.state = FIRST_USED
    row.kdf, row.box = _nobody()[1:3]
    row.revision += 1


def propose_passphrase() -> str:
    """Six fresh words for a member to keep."""
    return passphrase()


def choose_passphrase(reader: Reader, words: str, *, now: datetime) -> SignedIn:
    """Make `words` the member's passphrase; every session ends but the new one."""
    service = reader.service
    secret = MemberSecret(reader.secret.seed, reader.secret.trusted)
    with service.reading() as session:
        revision = session.get_one(MemberRow, reader.member).revision + 1
    kdf, box = founding.stretched_box(
        service, secret, words, member=reader.member, revision=revision
    )
    with service.writing() as session:
        row = session.get_one(MemberRow, reader.member)
        row.kdf, row.box, row.revision, row.state = kdf, box, revision, ACTIVE
        session.execute(delete(SessionRow).where(SessionRow.member_id == reader.member))
        cookie = begin(session, service, row, secret, now)
        log.append(session, service, "passphrase_chosen", by=reader.member, now=now)
    founding.forget_first_key(service)
    return SignedIn(cookie, _known_text(service, reader.handle), must_set_up=True)


def is_passphrase(reader: Reader, words: str) -> bool:
    """Whether `words` open this member's box: fresh proof before what matters."""
    try:
        _opened(reader.service, reader.handle, words)
    except WrongPassphrase:
        return False
    return True


def _known_text(service: Service, handle: str) -> str:
    content = {"handle": handle, "nonce": secrets.token_hex(16)}
    boxed = box_cookie(service.keys.server, encode(content), purpose="known")
    return base64.urlsafe_b64encode(boxed).decode()


def _known(service: Service, text: str | None, handle: str) -> str:
    """A browser's name for throttling, when it signed in as `handle` before."""
    try:
        boxed = Sealed(base64.b64decode(text or "", altchars=b"-_", validate=True))
        content = decode(open_cookie(service.keys.server, boxed, purpose="known"))
    except (ValueError, UnsealError):
        return ""
    return str(content["nonce"]) if content["handle"] == handle else ""
