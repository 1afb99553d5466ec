"""The second step of signing in and of fresh proof: a code or a passkey, each used up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hmac import compare_digest

from sqlalchemy.orm import Session

from intake.casework import credentials, passkeys
from intake.casework.credentials import APP, CODES, FACTORS, PASSKEY, Credential
from intake.casework.member_box import Opened
from intake.casework.service import Service
from intake.vault import MemberSecret, fresh_totp, recovery_mac, totp_step, used_step

UNUSED = 1
"""A counter that says: a second factor is asked for, and no app's code was taken yet."""


@dataclass(frozen=True)
class Shown:
    """What came with the passphrase: a code as it was typed, a passkey's answer, or nothing."""

    code: str = field(default="", repr=False)
    passkey: str = field(default="", repr=False)


@dataclass(frozen=True)
class Taken:
    """The secret to be kept from now on, and the kind of factor: empty where none was asked."""

    secret: MemberSecret = field(repr=False)
    kind: str = ""


def take(
    session: Session, service: Service, box: Opened, shown: Shown, *, now: datetime
) -> Taken | None:
    """Use up what was shown, in the caller's transaction; None when it is not right.

    Codes are compared whether there is something to compare with or not.
    """
    secret, rows = box.secret, credentials.of(session, box.member, box.secret.seed)
    step = used_step(
        secret.totp or fresh_totp(),
        shown.code,
        step=totp_step(now.timestamp()),
        last=secret.counter,
    )
    is_code = _use_recovery_code(session, secret, rows, shown.code)
    if not is_asked(secret, rows):
        return Taken(secret)
    if step is not None and secret.totp:
        return Taken(replace(secret, counter=step), APP)
    if is_code:
        return Taken(_asked(secret), CODES)
    if _use_passkey(session, service, secret, rows, shown.passkey, now):
        return Taken(_asked(secret), PASSKEY)
    return None


def is_asked(secret: MemberSecret, rows: Sequence[Credential]) -> bool:
    """Whether a second factor is needed: rows that somebody took away do not undo it."""
    return secret.counter > 0 or any(row.kind in FACTORS for row in rows)


def _asked(secret: MemberSecret) -> MemberSecret:
    return replace(secret, counter=max(secret.counter, UNUSED))


def _use_recovery_code(
    session: Session, secret: MemberSecret, rows: Sequence[Credential], typed: str
) -> bool:
    mac = recovery_mac(secret.seed, typed).hex()
    for row in rows:
        if row.kind == CODES and any(compare_digest(mac, one) for one in row.content["macs"]):
            left = [one for one in row.content["macs"] if one != mac]
            content = {**row.content, "macs": left}
            credentials.change(session, secret.seed, row, content)
            return True
    return False


def _use_passkey(
    session: Session,
    service: Service,
    secret: MemberSecret,
    rows: Sequence[Credential],
    answer: str,
    now: datetime,
) -> bool:
    if not answer:
        return False
    for row in rows:
        if row.kind == PASSKEY:
            content = passkeys.used(service, row.content, answer, now=now)
            if content is not None:
                credentials.change(session, secret.seed, row, content)
                return True
    return False
