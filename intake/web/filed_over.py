"""Filings and conversations that are not there any more, why, and what was being written."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework.filings.following import ENDED
from intake.form.text import _
from intake.web import kept
from intake.web.attached import CARRIED
from intake.web.notice_words import notice_words
from intake.web.permitted import reader

OVER: Final = _(
    "The conversation of this report is over: its time has passed, or the report was deleted."
)
FOLLOWED: Final = _("You follow this report no more")
NOT_LISTED: Final = _("This report is not in your list")
DONE: Final = _(
    "It was deleted, its code was handed over, or you follow it no more: perhaps by the press "
    "just before this one."
)
_OURS: Final = frozenset({"once", "page", "asked", "words", "go", "seen", "then", "sure"})
"""Fields that nobody fills in by hand."""


def over() -> ResponseReturnValue:
    """For who comes to a conversation that is open for nobody any more."""
    return _page(FOLLOWED, OVER), HTTPStatus.GONE


def ended(filing: UUID) -> ResponseReturnValue | None:
    """For who followed until somebody else ended it; None for every other id."""
    told = casework.notices_for(reader())
    mine = (one for one in told if one.kind == ENDED and one.about.get("filing") == filing.hex)
    why = next(mine, None)
    return (_page(FOLLOWED, notice_words(why)), HTTPStatus.GONE) if why else None


def not_listed(back: str) -> ResponseReturnValue:
    """For every id that is no filing of hers, with the way `back` for who pressed something."""
    if request.method != "POST":
        abort(HTTPStatus.NOT_FOUND)
    return _page(NOT_LISTED, DONE, back), HTTPStatus.NOT_FOUND


def _page(title: str, why: str, back: str = "filings.mine") -> str:
    return render_template(
        "filings/over.html", title=title, why=why, written=_written(), back=url_for(back)
    )


def _written() -> list[str]:
    """What was being written: it is not lost without a word."""
    if request.method != "POST":
        return []
    return [
        value
        for name, many in kept.typed().items()
        if name not in _OURS and not name.startswith(CARRIED)
        for value in many
        if value
    ]
