"""Receipts: the return code that a form's `once` gives, shown again to the same browser."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from intake.casework.codec import decode, encode, instant
from intake.casework.service import Service
from intake.vault import (
    Once,
    Sealed,
    UnsealError,
    box_cookie,
    format_code,
    open_cookie,
    return_code,
)

SHOWN_FOR = timedelta(hours=1)
_MOST_RECEIPTS = 4


@dataclass(frozen=True)
class Receipt:
    """The return code in groups of four, and when the report arrived."""

    code: str = field(repr=False)
    received_at: datetime


def new_once() -> str:
    """What a form is born with: 32 random bytes as text for a hidden field."""
    return write_once(Once.random())


def write_once(once: Once) -> str:
    """The bytes as text."""
    return base64.urlsafe_b64encode(once.raw).decode().rstrip("=")


def read_once(text: str) -> Once:
    """The bytes behind `new_once`; `ValueError` for anything else."""
    return Once(base64.b64decode(text + "=", altchars=b"-_", validate=True))


def receipt(once: str, *, received_at: datetime) -> Receipt:
    """The receipt of a form that was sent at `received_at`."""
    return Receipt(format_code(return_code(read_once(once))), received_at)


def keep_receipts(
    service: Service,
    sent: Sequence[tuple[str, datetime]],
    *,
    notes: Mapping[str, Any] | None = None,
) -> str:
    """Cookie text that brings the newest receipts back to the same browser.

    `notes` are codes that go with the newest of them, never words.
    """
    content = {
        "sent": [[once, instant(at)] for once, at in sent[:_MOST_RECEIPTS]],
        "notes": notes or {},
    }
    boxed = box_cookie(service.keys.server, encode(content), purpose="receipts")
    return base64.urlsafe_b64encode(boxed).decode()


def kept_receipts(
    service: Service, text: str, *, now: datetime
) -> tuple[tuple[str, datetime], ...]:
    """The receipts of the last hour, newest first; none when `text` is not ours."""
    return _shown(_kept(service, text), now)


def kept_notes(service: Service, text: str, *, now: datetime) -> Mapping[str, Any]:
    """What goes with the newest receipt, as long as that is shown."""
    kept = _kept(service, text)
    return kept.get("notes", {}) if _shown(kept, now) else {}


def _shown(kept: Mapping[str, Any], now: datetime) -> tuple[tuple[str, datetime], ...]:
    sent = [(once, datetime.fromisoformat(at)) for once, at in kept.get("sent", ())]
    return tuple((once, at) for once, at in sent if now - at <= SHOWN_FOR)


def _kept(service: Service, text: str) -> dict[str, Any]:
    try:
        boxed = Sealed(base64.b64decode(text, altchars=b"-_", validate=True))
        return decode(open_cookie(service.keys.server, boxed, purpose="receipts"))
    except (ValueError, UnsealError):
        return {}
