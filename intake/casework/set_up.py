"""Recovery sheets of a new installation: shown once, checked, and only then in force."""

import base64
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import account_notices, log, recovery, restricting
from intake.casework.codec import decode, encode
from intake.casework.pinning import changing_pins, pin
from intake.casework.reader import Reader
from intake.roles import Permission
from intake.store.people import RingRow
from intake.vault import (
    PublicKey,
    Ring,
    Sealed,
    Seed,
    UnsealError,
    box_cookie,
    make_sheets,
    open_cookie,
    open_kept,
    seal_kept,
)


@dataclass(frozen=True)
class SheetsToKeep:
    """Sheets to print, what carries them to the check, and the two words that are asked for.

    `ask` holds (sheet, word) twice, counted from 1.
    """

    words: tuple[str, ...] = field(repr=False)
    sealed: str = field(repr=False)
    ask: tuple[tuple[int, int], tuple[int, int]]


def new_sheets(reader: Reader, *, threshold: int, count: int) -> SheetsToKeep:
    """Fresh sheets; nothing is stored until `confirm_sheets`.

    `ValueError` unless 2 ≤ threshold ≤ count ≤ 16.
    """
    reader.demand(Permission.SET_UP)
    if not 2 <= threshold <= count <= 16:  # noqa: PLR2004 - SLIP-39 allows sixteen
        raise ValueError("Between two and sixteen sheets.")
    seed = Seed.random()
    sheets = make_sheets(seed, threshold=threshold, count=count)
    content = {
        "seed": base64.b64encode(seed.raw).decode(),
        "threshold": threshold,
        "sheets": list(sheets),
        "ask": _places(sheets),
        "replaces": _in_force(reader),
    }
    return _to_keep(reader, content)


def same_sheets(reader: Reader, sealed: str) -> SheetsToKeep | None:
    """The sheets of a page that was shown before; None when it is not this member's."""
    content = _opened(reader, sealed)
    return None if content is None else _to_keep(reader, content)


def confirm_sheets(
    reader: Reader, sealed: str, first: str, second: str, *, now: datetime
) -> bool:
    """Put the sheets in force when both words are right: rings open with them from now on.

    False as well when others were put in force since these were made.
    """
    reader.demand(Permission.SET_UP)
    content = _opened(reader, sealed)
    if content is None or not _are_right(content, (first, second)):
        return False
    return _put_in_force(reader, content, now)


def _put_in_force(reader: Reader, content: dict[str, Any], now: datetime) -> bool:
    service, seed = reader.service, Seed(base64.b64decode(content["seed"]))
    with changing_pins(service), service.writing() as session:
        if content["replaces"] != _in_force(reader):
            return False
        # Whatever cuts this off, between the database and the pin: sheets are asked for again.
        recovery.ask_for_sheets(service)
        _wrap_rings(reader, session, seed.public)
        restricting.seal_for_other_sheets(session)
        log.append(session, service, "sheets_made", by=reader.member, now=now)
        if content["replaces"]:
            account_notices.tell_coordinators(session, service, "sheets_made", now=now)
        pin(service, replace(service.pins(), recovery=seed.public))
    recovery.sheets_are_new(service)
    return True


def _wrap_rings(reader: Reader, session: Session, recovery_key: PublicKey) -> None:
    """Seal the secrets in force to the sheets; those before them follow from these."""
    pins = reader.service.pins().rings
    for row in session.scalars(select(RingRow)):
        ring = Ring(row.name)
        if row.generation == pins[ring].generation:
            key = reader.ring_at(session, ring, row.generation)
            row.recovery_box = key.wrap_for_recovery(recovery_key)
        else:
            row.recovery_box = None


def _in_force(reader: Reader) -> str:
    """The recovery key that is pinned now, so that an older page never puts it aside."""
    recovery_key = reader.service.pins().recovery
    return recovery_key.fingerprint() if recovery_key else ""


def _to_keep(reader: Reader, content: dict[str, Any]) -> SheetsToKeep:
    sealed = seal_kept(reader.secret.seed.public, encode(content), member=reader.member)
    # Anybody can seal to her; only what this server made after fresh proof is put in force.
    boxed = box_cookie(reader.service.keys.server, sealed, purpose=_purpose(reader))
    (a, b), (c, d) = content["ask"]
    return SheetsToKeep(
        tuple(content["sheets"]), base64.urlsafe_b64encode(boxed).decode(), ((a, b), (c, d))
    )


def _purpose(reader: Reader) -> str:
    return f"sheets/{reader.member.hex}"


def _opened(reader: Reader, sealed: str) -> dict[str, Any] | None:
    try:
        boxed = Sealed(base64.b64decode(sealed, altchars=b"-_", validate=True))
        kept = open_cookie(reader.service.keys.server, boxed, purpose=_purpose(reader))
        identity = reader.secret.seed.identity
        content = decode(open_kept(identity, Sealed(kept), member=reader.member))
    except (ValueError, UnsealError):
        return None
    return content if content.get("replaces") == _in_force(reader) else None


def _places(sheets: tuple[str, ...]) -> list[list[int]]:
    chosen = secrets.SystemRandom().sample(range(len(sheets)), 2)
    # Words 5 to 33: those before name the set and are the same on every sheet.
    return [[sheet + 1, 5 + secrets.randbelow(29)] for sheet in chosen]


def _are_right(content: dict[str, Any], typed: tuple[str, str]) -> bool:
    return all(
        secrets.compare_digest(
            content["sheets"][sheet - 1].split()[word - 1].encode(),
            given.strip().casefold().encode(),
        )
        for (sheet, word), given in zip(content["ask"], typed, strict=True)
    )
