"""Several reports for clients, read again on one page and sent with one press."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework.filings import beginning, listing, sending
from intake.casework.filings.kept import Filing
from intake.form import journey
from intake.form.draft import Draft
from intake.form.text import _
from intake.roles import Permission
from intake.web import context, journey_words, shown_words
from intake.web.access_forms import members_of as ids_of
from intake.web.filing_codes import filings
from intake.web.filing_forms import SendTickedForm, TickedForm
from intake.web.journey_chapters import Chapter, chapters
from intake.web.journey_form import print_of
from intake.web.permitted import permitted, reader

__all__ = ["filings"]

ALL: Final = "all"
"""The button that needs no ticks."""
NONE_TICKED: Final = _("Tick the reports that you want to send together.")
CHANGED: Final = _(
    "These were changed since this page was shown, or cannot be sent yet. The others are sent. "
    "Read these once more."
)


@dataclass(frozen=True)
class Shown:
    """A report that is not sent, as it is read again; `seen` is its fingerprint."""

    known: Filing
    visit: str = field(repr=False)
    draft: Draft = field(repr=False)

    @property
    def name(self) -> str:
        return beginning.name_in(self.draft) or self.known.name

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        return tuple(chapter for chapter in chapters(self.draft) if chapter.is_said)

    @property
    def seen(self) -> str:
        return print_of(self.draft)


@filings.post("/read")
@permitted(Permission.FILE)
def read() -> ResponseReturnValue:
    """Everything that the ticked reports tell, or all that can be sent."""
    form = TickedForm()
    is_all = request.form.get("go") == ALL
    found = tuple(_shown(_sendable() if is_all else ids_of(form.filing.data)))
    return _page(found, "" if found else NONE_TICKED)


@filings.post("/send")
@permitted(Permission.FILE)
def send() -> ResponseReturnValue:
    """Send those that still stand as they were read."""
    form = SendTickedForm()
    found = tuple(_shown(ids_of(form.filing.data)))
    if not form.is_accepted():
        return _page(found, ""), HTTPStatus.UNPROCESSABLE_ENTITY
    read_before = frozenset(form.seen.data or ())
    left = tuple(one for one in found if not _is_sent(one, read_before))
    if left:
        return _page(left, CHANGED), HTTPStatus.CONFLICT
    return redirect(url_for(".codes", said="sent"), 303)


def _is_sent(one: Shown, read_before: frozenset[str]) -> bool:
    if one.seen not in read_before or not journey.is_sendable(one.draft):
        return False
    words, language = shown_words.of_all(one.draft.words), context.language()
    try:
        if one.draft.typed:
            casework.change_draft(
                context.service(),
                one.visit,
                journey_words.with_typed_as_words,
                now=context.now(),
                most=casework.MOST_TO_SEND,
            )
        sending.send(reader(), one.known, language=language, words=words, now=context.now())
    except (casework.SessionEnded, casework.NothingToSend, casework.UnknownCase):
        return _was_sent(one.known.id)  # or deleted in another window
    return True


def _was_sent(id_: UUID) -> bool:
    """Whether another press of the same button sent it meanwhile."""
    try:
        known = beginning.opened(reader(), id_, is_recorded=False)
    except casework.UnknownCase:
        return False
    return sending.settled(reader(), known, now=context.now()).is_sent


def _sendable() -> Iterator[UUID]:
    found = listing.mine(reader(), is_recorded=False, now=context.now())
    return (one.filing.id for one in found.underway if one.can_be_sent)


def _shown(ids: Iterable[UUID]) -> Iterator[Shown]:
    """The reader's own reports among these that are not sent yet."""
    for id_ in ids:
        with suppress(casework.UnknownCase, casework.SessionEnded):
            known = beginning.opened(reader(), id_, is_recorded=False)
            visit = beginning.visit_of(reader(), known, now=context.now())
            opened = casework.read_draft(context.service(), visit, now=context.now())
            if opened.draft != Draft():
                yield Shown(known, visit, opened.draft)


def _page(found: tuple[Shown, ...], notice: str) -> str:
    words = shown_words.shown()
    return render_template(
        "filings/read.html",
        found=found,
        notice=notice,
        form=SendTickedForm(formdata=None),
        store_words=words.published(shown_words.STORE),
        words=words.field([shown_words.STORE]),
    )
