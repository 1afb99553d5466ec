"""What opens a draft in a browser: cookie text, boxed under the server key, with its end."""

import base64
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from intake.casework.codec import decode, encode, instant, moment
from intake.casework.errors import SessionEnded
from intake.casework.receipts import read_once, write_once
from intake.casework.service import Service
from intake.vault import Once, Sealed, UnsealError, box_cookie, open_cookie

# Nothing else could bring back a draft that was not saved, so its end comes later.
UNSAVED_IDLE: Final = timedelta(hours=24)
_PURPOSE: Final = "draft"
PAGE_NAMES: Final = "page names"


@dataclass(frozen=True)
class DraftVisit:
    """A browser that writes a report; `code_until` is when its code is shown no more.

    With `is_filed` a member writes it, in whose filing its key is kept.
    """

    once: Once = field(repr=False)
    until: datetime
    is_saved: bool = False
    code_until: datetime | None = None
    is_filed: bool = False

    def shows_code(self, now: datetime) -> bool:
        return self.code_until is not None and now <= self.code_until


def begun(
    service: Service,
    once: Once,
    *,
    now: datetime,
    is_saved: bool = False,
    is_filed: bool = False,
) -> DraftVisit:
    """A visit that begins `now`."""
    return renewed(service, DraftVisit(once, now, is_saved, is_filed=is_filed), now=now)


def renewed(service: Service, visit: DraftVisit, *, now: datetime) -> DraftVisit:
    """The same visit, with the idle time starting again."""
    idle = timedelta(hours=service.settings.public_idle_hours)
    return replace(visit, until=now + (idle if visit.is_saved else UNSAVED_IDLE))


def visit_text(service: Service, visit: DraftVisit) -> str:
    """The visit as the cookie carries it."""
    content = {
        "once": write_once(visit.once),
        "until": instant(visit.until),
        "saved": visit.is_saved,
        "code": visit.code_until and instant(visit.code_until),
        "filed": visit.is_filed,
    }
    boxed = box_cookie(service.keys.server, encode(content), purpose=_PURPOSE)
    return base64.urlsafe_b64encode(boxed).decode()


def open_visit(service: Service, text: str, *, now: datetime) -> DraftVisit:
    """The visit behind the cookie's text; `SessionEnded` when it is over, or none of ours."""
    visit = any_visit(service, text)
    if now > visit.until:
        raise SessionEnded
    return visit


def any_visit(service: Service, text: str) -> DraftVisit:
    """The visit whether or not it is over; `SessionEnded` when it is none of ours."""
    try:
        boxed = Sealed(base64.b64decode(text, altchars=b"-_", validate=True))
        content = decode(open_cookie(service.keys.server, boxed, purpose=_PURPOSE))
    except (ValueError, UnsealError):
        raise SessionEnded from None
    return DraftVisit(
        read_once(content["once"]),
        moment(content["until"]),
        content["saved"],
        moment(content["code"]) if content["code"] else None,
        content.get("filed", False),  # older cookies do not say it
    )


def page_key(service: Service, text: str) -> bytes | None:
    """What the pages of this report are named by in addresses, 32 bytes; None without a visit.

    A visit that is over gives it too: its page comes back with everything typed.
    """
    try:
        return any_visit(service, text).once.derive(PAGE_NAMES).raw
    except SessionEnded:
        return None
