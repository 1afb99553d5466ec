"""A conversation that a lawyer followed and follows no more, and why."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework.filings.following import ENDED
from intake.form.text import _
from intake.web import kept
from intake.web.notice_words import notice_words
from intake.web.permitted import reader

OVER: Final = _(
    "The conversation of this report is over: its time has passed, or the report was deleted."
)
_OURS: Final = frozenset({"once", "page", "asked", "words", "go"})
"""Fields that nobody fills in by hand."""


def over() -> ResponseReturnValue:
    """For who comes to a conversation that is open for nobody any more."""
    return _page(OVER)


def ended(filing: UUID) -> ResponseReturnValue | None:
    """For who followed until somebody else ended it; None for every other id."""
    told = casework.notices_for(reader())
    mine = (one for one in told if one.kind == ENDED and one.about.get("filing") == filing.hex)
    why = next(mine, None)
    return _page(notice_words(why)) if why else None


def _page(why: str) -> ResponseReturnValue:
    page = render_template("filings/follow-over.html", why=why, written=_written())
    return page, HTTPStatus.GONE


def _written() -> list[str]:
    """What was being written: it is not lost without a word."""
    if request.method != "POST":
        return []
    return [
        value
        for name, many in kept.typed().items()
        if name not in _OURS
        for value in many
        if value
    ]
