"""Replies that are not sent yet: drafts of one's own, drafts shown to colleagues, templates."""

from typing import Final

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework.correspondence import show_draft
from intake.casework.team import drafts
from intake.casework.team import templates as kept
from intake.form.text import _
from intake.roles import Permission
from intake.web import context
from intake.web.case_pages import view_of
from intake.web.correspondence import (
    PAGE_TOO_OLD,
    asks_too_much,
    correspondence,
    messages_page,
)
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import MessageForm, Press, WordsForm
from intake.web.staff_pages import label
from intake.web.team import words

TEMPLATE: Final = "template"
"""The name of the list of templates on the page of the messages."""
PUT_IN: Final = _("The template is in the message. Nothing is sent yet.")
PUT_IN_OTHER: Final = _(
    "Nobody has written this template in the language of the reporter. It is in the message "
    "in another one: %(language)s. Nothing is sent yet."
)


@correspondence.post("/<ref>/messages/template")
@permitted(Permission.SEND_MESSAGES)
def put_template(ref: str) -> ResponseReturnValue:
    """Put a template into the message that is being written, after what stands there."""
    form, view = WordsForm(), view_of(ref)
    if not form.is_accepted():
        return messages_page(view, form), 422
    found = next((one for one in kept.templates(reader()) if one.key == _chosen()), None)
    if found is None:
        return messages_page(view, form)
    language, text = found.in_language(view.facts.language)
    before = (form.text.data or "").rstrip()
    form.text.data = f"{before}\n\n{text}" if before else text
    said = gettext(PUT_IN)
    if language != view.facts.language:
        said = gettext(PUT_IN_OTHER, language=label("language", language))
    return messages_page(view, form, said=said)


def _chosen() -> str:
    return request.form.get(TEMPLATE, "")


@correspondence.post("/<ref>/messages/draft")
@permitted(Permission.SEND_MESSAGES)
def keep_draft(ref: str) -> ResponseReturnValue:
    """Keep a reply for oneself, to go on with it later."""
    form = MessageForm()
    if not form.is_accepted():
        return messages_page(view_of(ref), form), 422
    try:
        drafts.keep_draft(
            reader(),
            ref,
            form.text.data or "",
            questions=form.asked,
            seen=form.seen,
            now=context.now(),
        )
    except casework.Conflict:
        return _two_drafts(ref, form), 409
    return _back(ref, form, "draft-kept")


def _two_drafts(ref: str, form: WordsForm) -> str:
    """What another window kept beside what was written here; sending again keeps this one."""
    stands = drafts.draft_of(reader(), ref)
    form.revision.data = str(stands.revision if stands else 0)
    conflict = gettext(words.CHANGED_MEANWHILE)
    other = stands.text if stands else ""
    return messages_page(view_of(ref), form, conflict=conflict, other_draft=other)


@correspondence.post("/<ref>/messages/draft/show")
@permitted(Permission.SEND_MESSAGES)
def show_to_colleagues(ref: str) -> ResponseReturnValue:
    """Show colleagues a reply before it is sent."""
    form = MessageForm()
    if not form.is_accepted() or asks_too_much(form):
        return messages_page(view_of(ref), form), 422
    try:
        show_draft(
            reader(),
            ref,
            form.words,
            once=form.once.data or "",
            questions=form.asked,
            draft=form.seen,
            now=context.now(),
        )
    except ValueError:
        form.once.data, form.text.errors = casework.new_once(), [PAGE_TOO_OLD]
        return messages_page(view_of(ref), form), 422
    form.text.data, form.ask.data = "", []
    return _back(ref, form, "draft-shown")


@correspondence.post("/<ref>/messages/draft/throw-away")
@permitted(Permission.SEND_MESSAGES)
def throw_draft_away(ref: str) -> ResponseReturnValue:
    """Forget one's own draft."""
    if Press().is_accepted():
        drafts.throw_away(reader(), ref, now=context.now())
    return redirect(url_for("correspondence.messages", ref=ref, said="draft-gone"), 303)


def _back(ref: str, form: WordsForm, said: str) -> ResponseReturnValue:
    """The messages once more; a note that was being written still stands there."""
    if not (form.note.data or "").strip():
        return redirect(url_for("correspondence.messages", ref=ref, said=said), 303)
    stands = drafts.draft_of(reader(), ref)
    form.once.data = casework.new_once()
    is_in_form = stands is not None and stands.text == (form.text.data or "")
    form.revision.data = str(stands.revision if stands and is_in_form else 0)
    return messages_page(view_of(ref), form, said=gettext(words.SAID[said]))
