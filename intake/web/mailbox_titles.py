"""What each entry of a conversation is called, by who wrote it and who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from flask_babel import gettext

from intake.casework.filings.following import ENDED, FOLLOWING
from intake.casework.mail_entries import COALITION, Entry
from intake.form.text import _


class Title(NamedTuple):
    """What an entry is called for who wrote it, of a lawyer, and for a lawyer of her client."""

    own: str
    lawyers: str
    clients: str


MESSAGE: Final = Title(_("You wrote"), _("The lawyer %(handle)s wrote"), _("Your client wrote"))
ANSWERS: Final = Title(
    _("You answered questions"),
    _("The lawyer %(handle)s answered questions"),
    _("Your client answered questions"),
)
TITLES: Final[Mapping[str, Title]] = {
    "message": MESSAGE,
    "information": Title(
        _("You added something to your report"),
        _("The lawyer %(handle)s added something to the report"),
        _("Your client added something to the report"),
    ),
    "contact": Title(
        _("You changed how to reach you"),
        _("The lawyer %(handle)s changed how to answer"),
        _("Your client changed how to answer"),
    ),
    "consent": Title(
        _("You changed what you allow"),
        _("The lawyer %(handle)s changed what is allowed"),
        _("Your client changed what is allowed"),
    ),
    "withdrawal": Title(
        _("You took your report back"),
        _("The lawyer %(handle)s took the report back"),
        _("Your client took the report back"),
    ),
    "erasure": Title(
        _("You asked us to delete everything"),
        _("The lawyer %(handle)s asked us to delete everything"),
        _("Your client asked us to delete everything"),
    ),
}
FOLLOWS: Final[Mapping[str, str]] = {
    FOLLOWING: _("The lawyer %(handle)s reads and writes here from now on"),
    ENDED: _("The lawyer %(handle)s reads and writes here no more"),
}
I_FOLLOW: Final = _("You read and write here from now on")


def title(entry: Entry, reads: str = "") -> str:
    """What `entry` is called; `reads` is the handle of a lawyer, empty for who has the code."""
    if entry.kind in FOLLOWS:
        own = reads and entry.kind == FOLLOWING and entry.text == reads
        return gettext(I_FOLLOW if own else FOLLOWS[entry.kind], handle=entry.text)
    if entry.kind == "stage" or entry.author == COALITION:
        return gettext(_of_coalition(entry))
    titles = ANSWERS if _is_answer(entry) else TITLES.get(entry.kind, MESSAGE)
    if entry.by == reads:
        return gettext(titles.own)
    return gettext(titles.lawyers, handle=entry.by) if entry.by else gettext(titles.clients)


def _is_answer(entry: Entry) -> bool:
    return entry.kind == "information" and entry.about is not None


def _of_coalition(entry: Entry) -> str:
    if entry.kind == "stage":
        return _("News")
    if entry.kind == "consent":
        return _("We wrote down what you told us that you allow")
    return _("We ask you something") if entry.questions else _("We wrote")
