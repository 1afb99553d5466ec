"""Signing in: passphrase and second factor in one step, with the same work for everybody."""

import base64
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from intake.casework import account_notices, log, member_box, second_step, throttle
from intake.casework.codec import decode, encode
from intake.casework.credentials import CODES
from intake.casework.errors import WrongPassphrase
from intake.casework.member_box import Opened
from intake.casework.member_states import ACTIVE, FIRST, FIRST_USED
from intake.casework.reader import trusted_now
from intake.casework.second_step import Shown
from intake.casework.service import Service
from intake.casework.sessions import begin
from intake.store.people import MemberRow
from intake.vault import MemberSecret, Sealed, UnsealError, box_cookie, open_cookie


@dataclass(frozen=True)
class SignedIn:
    """Cookie texts: the session's, and the one by which this browser is known again."""

    cookie: str = field(repr=False)
    known: str = field(repr=False)
    must_set_up: bool


def sign_in(  # noqa: PLR0913 - all that one form brings
    service: Service,
    handle: str,
    words: str,
    code: str = "",
    *,
    passkey: str = "",
    browser: str = "",
    known: str | None,
    now: datetime,
) -> SignedIn:
    """Open a session; `browser` as in `OpenSession`.

    Raises `WrongPassphrase` with the same work for unknown members and for wrong or used
    codes, `SlowDown` after several wrong tries, `vault.BusyError`.
    """
    handle = handle.replace("\0", "").strip().casefold()  # PostgreSQL takes no NUL
    nonce = _known(service, known, handle)
    tries = _tries(service, handle, nonce)
    throttle.count(service, tries, now=now)
    box = member_box.opened(service, member_box.of_handle(handle), words)
    with service.writing() as session:
        secret = _let_in(session, service, box, Shown(code, passkey), now)
        row = session.get_one(MemberRow, box.member)
        cookie = begin(session, service, row, secret, now, browser)
        log.append(session, service, "signed_in", by=row.id, now=now)
        if not nonce:
            about = {"browser": browser}
            account_notices.tell(session, service, (row.id,), "signed_in", about=about, now=now)
        must_set_up = row.state != ACTIVE
    throttle.forget(service, tries, now=now)
    return SignedIn(cookie, known_text(service, handle), must_set_up)


def _let_in(
    session: Session, service: Service, box: Opened, shown: Shown, now: datetime
) -> MemberSecret:
    """What her session is to know; the factor that was shown is used up."""
    taken = second_step.take(session, service, box, shown, now=now)
    row = session.get(MemberRow, box.member)
    if row is None or taken is None or not box.is_right or not box.is_current(row):
        raise WrongPassphrase  # also when it was used or changed while this try was stretched
    trusted = trusted_now(session, service, row.id, taken.secret)
    secret = replace(taken.secret, trusted=trusted)
    if taken.kind == CODES:
        account_notices.tell(session, service, (row.id,), "recovery_code_used", now=now)
    if row.state == FIRST:
        _use_up(row)
    elif secret != box.secret:
        member_box.keep(session, box, secret)
    return secret


def _tries(service: Service, handle: str, browser: str) -> str:
    """Where tries are counted: a browser that signed in before counts by itself."""
    if browser:
        return throttle.bucket(service, "sign-in", handle, browser)
    return throttle.shared_bucket(service, "sign-in", handle)


def _use_up(row: MemberRow) -> None:
    # A one-time passphrase opens once; from then on only the session holds the seed.
    row.state = FIRST_USED
    row.kdf, row.box = member_box.nobody()[1:3]
    row.revision += 1


def known_text(service: Service, handle: str) -> str:
    """The cookie text by which a browser is known again."""
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
