"""The return code: the page that asks for it, what it opens, and what helps without it."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.web import (
    cookies,
    limits,
    mailbox_conversation,
    mailbox_followers,
    mailbox_pages,
    mailbox_routes,
    mailbox_words,
)
from intake.web.context import now, service
from intake.web.forms import OnceForm
from intake.web.journey import resume
from intake.web.languages import PREFIX
from intake.web.mailbox_conversation import PAGES, SENDING_IS_ENOUGH, WriteForm
from intake.web.mailbox_pages import CodeForm, code_page
from intake.web.start import told

mailbox = mailbox_followers.install(
    mailbox_routes.install(
        Blueprint("mailbox", __name__, url_prefix=f"{PREFIX}/return"), pages=PAGES
    )
)


@mailbox.get("/")
def ask() -> ResponseReturnValue:
    """The page that asks for the code."""
    answer = make_response(code_page(CodeForm()))
    cookies.begin(answer)
    return answer


@mailbox.post("/")
def enter() -> ResponseReturnValue:
    """Open what the code opens, and send what waited for it."""
    limits.allow(service().settings.urgent_body_bytes)
    form = CodeForm()
    if mailbox_pages.asks_for_language():
        return code_page(form)
    if not form.is_accepted():
        return code_page(form), 422
    try:
        came = casework.come_back(service(), form.code.typed, now=now())
    except casework.Busy:
        return code_page(form, notice=mailbox_words.BUSY), 503
    except (casework.CodeError, casework.UnknownCode, casework.ExpiredCode) as error:
        form.code.errors = [gettext(mailbox_pages.said_about(error))]
        return code_page(form), 422
    return _entered(form, came)


@mailbox.post("/close")
def close() -> ResponseReturnValue:
    """Forget the conversation in this browser."""
    answer = redirect(url_for(".ask"), 303)
    kept = cookies.reporter()
    if kept is not None and OnceForm().is_accepted():
        kept.with_conversation("").keep_in(answer)
    return answer


@mailbox.get("/lost")
def lost() -> str:
    """What can be done without the code."""
    return render_template("mailbox/lost.html", **told())


def _entered(form: CodeForm, came: casework.CameBack) -> ResponseReturnValue:
    kind, words = form.kind.typed, form.text.typed
    is_writing = kind in PAGES.values() and (words or kind in SENDING_IS_ENOUGH)
    if came.conversation is None:
        if is_writing:
            form.code.errors = [gettext(mailbox_pages.ONLY_A_DRAFT)]
            return code_page(form), 422
        return resume(came.draft or "")
    if is_writing:
        try:
            mailbox_conversation.write(form, came.conversation, kind)
        except (casework.StorageFull, casework.StorageBusy):
            return code_page(form, notice=mailbox_words.NOT_SENT), 503
    return _opened(came, came.conversation)


def _opened(came: casework.CameBack, visit: str) -> ResponseReturnValue:
    kept = cookies.reporter()
    if kept is None:  # a browser without cookies reads, and types the code again to write
        return mailbox_conversation.drawn("messages", WriteForm(formdata=None), visit)
    answer = redirect(url_for(".show", page="messages"), 303)
    kept = kept.with_conversation(visit)
    (kept.with_draft(came.draft) if came.draft else kept).keep_in(answer)
    return answer
