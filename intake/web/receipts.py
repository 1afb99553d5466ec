"""Receipts shown again: from the cookie of the same browser, or from the page itself."""

from datetime import UTC, datetime
from typing import Final

from flask import request

from intake import casework
from intake.casework import Receipt
from intake.web import cookies, tokens
from intake.web.context import now, service
from intake.web.forms import OnceForm, token_key

FIELD: Final = "receipt"
_PURPOSE: Final = "receipt"


def of_cookie() -> tuple[Receipt, ...]:
    """The receipts of the last hour that this browser keeps, newest first."""
    sent = _kept(cookies.reporter())
    return tuple(casework.receipt(once, received_at=at) for once, at in sent)


def added(kept: cookies.Reporter, once: str, received_at: datetime) -> cookies.Reporter:
    """The cookie with one more receipt, the newest first."""
    others = [(other, at) for other, at in _kept(kept) if other != once]
    sent = [(once, received_at), *others]
    return kept.with_receipts(casework.keep_receipts(service(), sent))


def page_text(once: str, received_at: datetime) -> str:
    """One receipt as text for a hidden field, where there are no cookies."""
    value = f"{once}:{int(received_at.timestamp())}"
    return tokens.issue(token_key(), _PURPOSE, now=now(), value=value)


def of_page() -> tuple[Receipt, ...]:
    """The receipt that the page sent back; none when it is not ours."""
    text = tokens.opened(token_key(), _PURPOSE, request.form.get(FIELD, ""), now=now())
    if text is None:
        return ()
    once, _between, seconds = text.rpartition(":")
    return (casework.receipt(once, received_at=datetime.fromtimestamp(int(seconds), UTC)),)


def once_of(form: OnceForm) -> str:
    """What the form was born with; something new where it came broken."""
    text = form.once.data or ""
    try:
        casework.receipt(text, received_at=now())
    except ValueError:
        return casework.new_once()
    return text


def _kept(kept: cookies.Reporter | None) -> tuple[tuple[str, datetime], ...]:
    return casework.kept_receipts(service(), kept.receipts, now=now()) if kept else ()
