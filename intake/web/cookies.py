"""Cookies: what they are called, how they are set, and what the reporter's single one holds."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from flask import request
from werkzeug import Response

from intake.web import context, origin

REPORTER = "i"
_BETWEEN = "~"  # stands in no cookie text of ours


def read(name: str) -> str | None:
    """The cookie's text, None where the browser sent none."""
    return request.cookies.get(_full(name))


def keep(response: Response, name: str, text: str, *, lasting: timedelta | None = None) -> None:
    """Set a cookie for our own pages only, until the browser is closed or for `lasting`."""
    response.set_cookie(
        _full(name),
        text,
        max_age=lasting,
        httponly=True,
        samesite="Strict",
        secure=_is_secure(),
        path="/",
    )


def forget(response: Response, name: str) -> None:
    """Take the cookie away."""
    response.delete_cookie(
        _full(name), httponly=True, samesite="Strict", secure=_is_secure(), path="/"
    )


def _is_secure() -> bool:
    return context.service().settings.secure_cookies


def _full(name: str) -> str:
    # Browsers take `__Host-` only with `Secure`, and then let no other host set it.
    return f"__Host-{name}" if _is_secure() else name


@dataclass(frozen=True)
class Reporter:
    """The reporter's cookie: receipts that may still be shown, and what is open."""

    receipts: str = field(default="", repr=False)
    conversation: str = field(default="", repr=False)
    draft: str = field(default="", repr=False)

    def with_receipts(self, text: str) -> "Reporter":
        return replace(self, receipts=text)

    def with_conversation(self, text: str) -> "Reporter":
        return replace(self, conversation=text)

    def with_draft(self, text: str) -> "Reporter":
        return replace(self, draft=text)

    def keep_in(self, response: Response) -> None:
        """Set the cookie."""
        parts = (self.receipts, self.conversation, self.draft)
        keep(response, REPORTER, _BETWEEN.join(parts))


def reporter() -> Reporter | None:
    """What the cookie holds; None where there is none."""
    text = read(REPORTER)
    if text is None:
        return None
    parts = (*text.split(_BETWEEN), "", "", "")
    return Reporter(*parts[:3])


def begin(response: Response) -> None:
    """Set the empty cookie, to learn with the next request whether this browser keeps any.

    Not for who comes from another site: that browser holds back a cookie that may be full.
    """
    if reporter() is None and not origin.is_foreign():
        Reporter().keep_in(response)
