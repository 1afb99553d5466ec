"""The conversation: what was written on both sides, and words to add to it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import Response, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework import Conversation
from intake.casework.filings import reading
from intake.form.people import TRAINED_ONLY
from intake.web import (
    cookies,
    filed,
    filing_words,
    limits,
    mailbox_pages,
    mailbox_titles,
    mailbox_words,
    receipts,
)
from intake.web.context import now, service
from intake.web.fields import Ticked, Typed
from intake.web.forms import OnceForm
from intake.web.mailbox_pages import LONGEST, BehindForm, CodeForm, code_page
from intake.web.permitted import reader
from intake.web.start import told

PAGES: Final = {
    "messages": "message",
    "add": "information",
    "take-back": "withdrawal",
    "erase": "erasure",
}
SENDING_IS_ENOUGH: Final = frozenset({"withdrawal", "erasure"})  # words may stand with them


class WriteForm(OnceForm):
    """Words for the coordinators."""

    text = Typed(most=LONGEST)
    trained = Ticked(TRAINED_ONLY)


def show(page: str) -> ResponseReturnValue:
    """One page of the open conversation."""
    try:
        return _answered(page, WriteForm(), mailbox_pages.visit())
    except casework.SessionEnded:
        return mailbox_pages.ended()


def send(page: str) -> ResponseReturnValue:
    """Send what was written; or show it again, whatever went wrong."""
    limits.allow(service().settings.urgent_body_bytes)
    form = WriteForm()
    try:
        return _sent(page, form, mailbox_pages.visit())
    except casework.SessionEnded:
        return _waiting(page)
    except (casework.StorageFull, casework.StorageBusy, casework.Busy):
        answer = _answered(page, form, mailbox_pages.visit(), notice=mailbox_words.NOT_SENT)
        answer.status_code = 503
        return answer


def ask_to_remove(id_: UUID) -> ResponseReturnValue:
    """A message, and what it means to remove it from here."""
    try:
        form = BehindForm(formdata=None, once=casework.new_once())
        return mailbox_pages.shown(_removal(id_, form))
    except casework.SessionEnded:
        return mailbox_pages.ended()


def remove(id_: UUID) -> ResponseReturnValue:
    """Show a message no more to whoever has the code."""
    form = BehindForm()
    once = receipts.once_of(form)
    try:
        return mailbox_pages.sent(
            form,
            lambda notice: _removal(id_, form, notice=notice),
            lambda visit: casework.dismiss(service(), visit, id_, once=once, now=now()),
            url_for(".show", page="messages"),
        )
    except casework.SessionEnded:
        return mailbox_pages.ended()


def write(form: WriteForm | CodeForm, visit: str, kind: str) -> None:
    """Send the words of the form, as what they are."""
    casework.write(
        service(),
        visit,
        form.text.typed,
        kind=kind,
        once=receipts.once_of(form),
        now=now(),
        trained_only=kind == "information" and bool(form.trained.data),
    )


def drawn(page: str, form: WriteForm, visit: str, *, notice: str = "") -> str:
    """One page of the conversation that `visit` opens; `SessionEnded` when that is over."""
    form.once.data = receipts.once_of(form)
    said = casework.conversation(service(), visit, now=now())
    if filed.is_filed() and page == "messages":
        reading.read(reader(), filed.current(), said.entries)
    return render_template(
        f"mailbox/{page}.html",
        form=form,
        page=page,
        notice=notice,
        conversation=said,
        has_draft=_has_draft(),
        **_words(said),
        **told(),
    )


def _words(said: Conversation) -> dict[str, object]:
    """What is said of stages and entries, to who has the code or to a lawyer."""
    is_filed = filed.is_filed()
    reads = reader().handle if is_filed else ""
    return {
        "stages": filing_words.STAGES if is_filed else mailbox_words.STAGES,
        "news": mailbox_words.NEWS_OF_CLIENT if is_filed else mailbox_words.NEWS,
        "titles": {entry.id: mailbox_titles.title(entry, reads) for entry in said.entries},
    }


def _sent(page: str, form: WriteForm, visit: str) -> ResponseReturnValue:
    if mailbox_pages.asks_for_language():
        return _answered(page, form, visit)
    is_good = form.is_accepted()
    if is_good and not form.text.typed and PAGES[page] not in SENDING_IS_ENOUGH:
        form.text.errors = [gettext(mailbox_words.WRITE_SOMETHING)]
    if form.errors:
        answer = _answered(page, form, visit)
        answer.status_code = 422
        return answer
    write(form, visit, PAGES[page])
    return mailbox_pages.keeping(redirect(url_for(".show", page="messages"), 303), visit)


def _answered(page: str, form: WriteForm, visit: str, *, notice: str = "") -> Response:
    answer = make_response(drawn(page, form, visit, notice=notice))
    mailbox_pages.keeping(answer, visit)
    return answer


def _has_draft() -> bool:
    """Whether this browser also has a part open that is not sent yet."""
    kept = None if filed.is_filed() else cookies.reporter()
    try:
        opened = casework.read_draft(service(), kept.draft if kept else "", now=now())
    except casework.SessionEnded:
        return False
    return bool(opened.draft.answers or opened.draft.passed)


def _removal(id_: UUID, form: BehindForm, *, notice: str = "") -> str:
    said = casework.conversation(service(), mailbox_pages.visit(), now=now())
    entry = said.entry(id_)
    if entry is None or entry.kind != "message":
        abort(404)
    return render_template("mailbox/remove.html", form=form, entry=entry, notice=notice)


def _waiting(page: str) -> ResponseReturnValue:
    """The visit is over: the page that asks for the code, with the words that wait for it."""
    if filed.is_filed():
        return mailbox_pages.ended()
    form = CodeForm()
    form.kind.typed = PAGES[page]
    return code_page(form, notice=mailbox_words.ENDED)
