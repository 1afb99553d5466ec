"""A member's second factors: set up, taken away, and codes on paper for when one is lost."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework import account_notices, credentials, log, passkeys
from intake.casework.codec import instant
from intake.casework.credentials import APP, CODES, FACTORS, PASSKEY, Credential
from intake.casework.errors import CaseworkError
from intake.casework.proof import Proof, keep_secret
from intake.casework.reader import Reader
from intake.casework.second_step import UNUSED
from intake.vault import (
    RECOVERY_CODES,
    MemberSecret,
    fresh_totp,
    recovery_code,
    recovery_mac,
    totp_address,
    totp_step,
    used_step,
)

ISSUER = "Desk"  # what an app shows: it must not tell a stranger whose desk
MOST_PASSKEYS = 10


class NotTheCode(CaseworkError):  # noqa: N818 - reads as what is the matter
    """The new app or passkey did not answer as it must."""


class TheLastFactor(CaseworkError):  # noqa: N818
    """Another second factor comes before this one goes."""


@dataclass(frozen=True)
class Factor:
    """A second factor as its owner sees it."""

    id: UUID
    kind: str
    name: str
    since: datetime


@dataclass(frozen=True)
class NewApp:
    """A secret for an authenticator app: as text for typing, as an address for a picture."""

    secret: str = field(repr=False)
    address: str = field(repr=False)


def new_app(reader: Reader, secret: str = "") -> NewApp:
    """A fresh secret, or `secret` once more; nothing is stored."""
    raw = base64.b32decode(secret) if secret else fresh_totp()
    address = totp_address(raw, reader.handle, issuer=ISSUER)
    return NewApp(base64.b32encode(raw).decode(), address)


def factors(reader: Reader) -> tuple[Factor, ...]:
    """Her second factors, the oldest first."""
    found = [_shown(row) for row in _rows(reader) if row.kind in FACTORS]
    return tuple(sorted(found, key=lambda factor: (factor.since, factor.id)))


def codes_left(reader: Reader) -> int:
    """How many recovery codes were not used yet."""
    return sum(len(row.content["macs"]) for row in _rows(reader) if row.kind == CODES)


def passkey_ids(reader: Reader) -> tuple[str, ...]:
    """The passkeys that a browser need not make again, as browsers write their ids."""
    return tuple(row.content["id"] for row in _rows(reader) if row.kind == PASSKEY)


def add_app(
    reader: Reader, proof: Proof, secret: str, typed: str, *, now: datetime
) -> tuple[str, ...]:
    """Make the app with `secret` (Base32) her second factor, in place of the app before.

    Gives recovery codes where she has none. Raises `NotTheCode` unless the app's code now was
    typed.
    """
    raw = base64.b32decode(secret)
    step = used_step(raw, typed, step=totp_step(now.timestamp()), last=0)
    if step is None:
        raise NotTheCode
    with reader.service.writing() as session:
        kept = keep_secret(session, proof, replace(proof.secret, totp=raw, counter=step))
        credentials.remove(session, reader.member, APP)
        _add(session, reader, kept, APP, {}, now)
        return _first_codes(session, reader, kept, now)


def add_passkey(
    reader: Reader, proof: Proof, answer: str, name: str, *, now: datetime
) -> tuple[str, ...]:
    """Add what an authenticator answered; gives recovery codes where she has none.

    Raises `NotTheCode` for an answer to no challenge of ours, for one that she has (of two rows
    each would take every answer once), and for the eleventh passkey.
    """
    content, before = passkeys.registered(reader.service, answer, now=now), passkey_ids(reader)
    if content is None or content["id"] in before or len(before) >= MOST_PASSKEYS:
        raise NotTheCode
    with reader.service.writing() as session:
        asked = replace(proof.secret, counter=max(proof.secret.counter, UNUSED))
        kept = keep_secret(session, proof, asked)
        _add(session, reader, kept, PASSKEY, {**content, "name": name}, now)
        return _first_codes(session, reader, kept, now)


def remove_factor(reader: Reader, proof: Proof, id: UUID, *, now: datetime) -> None:
    """Take one away; `TheLastFactor` where none would be left, except in a demo."""
    with reader.service.writing() as session:
        rows = credentials.of(session, reader.member, proof.secret.seed)
        gone = next((row for row in rows if row.id == id and row.kind in FACTORS), None)
        if gone is None:
            return
        left = [row for row in rows if row.kind in FACTORS and row.id != id]
        if not left and not reader.service.settings.demo:
            raise TheLastFactor
        credentials.remove_one(session, reader.member, id)
        keep_secret(session, proof, _without(proof.secret, gone, left))
        _record(session, reader, "factor_removed", gone.kind, now)


def new_codes(reader: Reader, proof: Proof, *, now: datetime) -> tuple[str, ...]:
    """Ten recovery codes; those of before open nothing any more."""
    with reader.service.writing() as session:
        keep_secret(session, proof, proof.secret)
        made = _codes(session, reader, proof, now)
        _record(session, reader, "factor_added", CODES, now)
        return made


def _without(
    secret: MemberSecret, gone: Credential, left: Iterable[Credential]
) -> MemberSecret:
    if not left:
        return replace(secret, totp=None, counter=0)
    return replace(secret, totp=None, counter=UNUSED) if gone.kind == APP else secret


def _add(
    session: Session,
    reader: Reader,
    proof: Proof,
    kind: str,
    content: dict[str, Any],
    now: datetime,
) -> None:
    row = {"since": instant(now), "name": "", **content}
    credentials.add(session, reader.member, proof.secret.seed, kind, row)
    _record(session, reader, "factor_added", kind, now)


def _first_codes(
    session: Session, reader: Reader, proof: Proof, now: datetime
) -> tuple[str, ...]:
    rows = credentials.of(session, reader.member, proof.secret.seed)
    if any(row.kind == CODES and row.content["macs"] for row in rows):
        return ()
    return _codes(session, reader, proof, now)


def _codes(session: Session, reader: Reader, proof: Proof, now: datetime) -> tuple[str, ...]:
    made, seed = tuple(recovery_code() for _ in range(RECOVERY_CODES)), proof.secret.seed
    content = {"since": instant(now), "macs": [recovery_mac(seed, one).hex() for one in made]}
    credentials.remove(session, reader.member, CODES)
    credentials.add(session, reader.member, seed, CODES, content)
    return made


def _record(session: Session, reader: Reader, act: str, kind: str, now: datetime) -> None:
    service, about = reader.service, {"kind": kind}
    log.append(session, service, act, by=reader.member, detail=about, now=now)
    account_notices.tell(session, service, (reader.member,), act, about=about, now=now)


def _rows(reader: Reader) -> tuple[Credential, ...]:
    with reader.service.reading() as session:
        return credentials.of(session, reader.member, reader.secret.seed)


def _shown(row: Credential) -> Factor:
    return Factor(row.id, row.kind, row.name, row.since)
