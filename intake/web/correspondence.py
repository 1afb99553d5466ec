"""What is said about a case: messages and questions to the reporter, notes for colleagues."""

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework import Correspondence, Overview
from intake.casework.correspondence import mark_of
from intake.casework.mail_entries import Entry
from intake.casework.notes import DRAFT
from intake.casework.splitting.link_boxes import SPLIT_OFF
from intake.casework.splitting.shown import LinkShown, linked
from intake.casework.team import drafts
from intake.casework.team.drafts import ReplyDraft
from intake.casework.team.templates import templates
from intake.form.pages import asked_by, is_too_much
from intake.form.text import _
from intake.roles import Permission
from intake.web import (
    access_words,
    asking,
    case_words,
    context,
    mailbox_titles,
    staff_pages,
)
from intake.web.case_pages import tab_page, unopened_page, view_of
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import MessageForm, NoteForm, WordsForm
from intake.web.team import words as team_words

PAGE_TOO_OLD: Final = _("This page was too old. Your text is still here: send it once more.")
WRITTEN_MEANWHILE: Final = _(
    "Something was written here while you were writing. Your message is not sent, and your "
    "text is still here. Read what is new, then send your message or change it."
)
TOO_MUCH: Final = _(
    "These are too many questions for one page on an old phone. Choose fewer, and send the "
    "others another day."
)

correspondence = staff_pages.install(
    Blueprint("correspondence", __name__, url_prefix="/desk/cases")
)


@correspondence.get("/<ref>/messages")
@permitted(Permission.OPEN_CASE)
def messages(ref: str) -> ResponseReturnValue:
    """What was said with the reporter, and the notes among colleagues."""
    view = view_of(ref)
    if not view.is_opened:
        return unopened_page(view, "correspondence.messages")
    return messages_page(view, None)


@correspondence.post("/<ref>/messages")
@permitted(Permission.SEND_MESSAGES)
def send_message(ref: str) -> ResponseReturnValue:
    """Write to the reporter, and ask what was ticked."""
    form = MessageForm()
    if not form.is_accepted():
        return messages_page(view_of(ref), form), 422
    if asks_too_much(form):
        return messages_page(view_of(ref), form), 422
    try:
        casework.send_message(
            reader(),
            ref,
            form.words,
            once=form.once.data or "",
            questions=form.asked,
            seen=_marks(form),
            draft=form.seen,
            now=context.now(),
        )
    except casework.Conflict:
        words = gettext(WRITTEN_MEANWHILE)
        return messages_page(view_of(ref), form, conflict=words, has_new=True), 409
    except ValueError:
        form.once.data, form.text.errors = casework.new_once(), [PAGE_TOO_OLD]
        return messages_page(view_of(ref), form), 422
    return _written(ref, "asked" if form.asked else "sent", note=form.note.data or "")


def asks_too_much(form: WordsForm) -> bool:
    """Whether more is ticked than one page holds; the form says so then."""
    if not is_too_much(asked_by(form.asked)):
        return False
    form.ask.errors = [TOO_MUCH]
    return True


def _marks(form: WordsForm) -> list[str]:
    return (form.told.data or "").split()


@correspondence.post("/<ref>/notes")
@permitted(Permission.WRITE_NOTES)
def add_note(ref: str) -> ResponseReturnValue:
    """Leave a note for colleagues."""
    form = NoteForm()
    if not form.is_accepted():
        return messages_page(view_of(ref), form), 422
    try:
        casework.add_note(
            reader(), ref, form.note.data or "", once=form.once.data or "", now=context.now()
        )
    except ValueError:
        form.once.data, form.note.errors = casework.new_once(), [PAGE_TOO_OLD]
        return messages_page(view_of(ref), form), 422
    return _written(
        ref,
        "noted",
        text=form.text.data or "",
        ask=form.asked,
        draft=form.seen,
        told=form.told.data or "",
    )


def _written(  # noqa: PLR0913 - all that was typed
    ref: str,
    said: str,
    *,
    text: str = "",
    note: str = "",
    ask: Sequence[str] = (),
    draft: int = 0,
    told: str = "",
) -> ResponseReturnValue:
    """The messages after one more; what was typed for the other side still stands there."""
    if not (text.strip() or note.strip() or ask):
        return redirect(url_for(".messages", ref=ref, said=said), 303)
    once = casework.new_once()
    typed = {"text": text, "note": note, "ask": list(ask), "revision": draft, "told": told}
    form = WordsForm(formdata=None, once=once, **typed)
    return messages_page(view_of(ref), form, said=gettext(case_words.SAID[said]))


def messages_page(
    view: Overview,
    typed: WordsForm | None,
    *,
    said: str = "",
    conflict: str = "",
    other_draft: str = "",
    has_new: bool = False,
) -> str:
    """The conversation and the notes, with what was `typed`, or else the reader's draft.

    `has_new` shows by itself what was not there yet when somebody began to type.
    """
    told = casework.correspondence(reader(), view.row.ref, now=context.now())
    if view.row.has_news:  # what it asks for was taken in just now
        view = view_of(view.row.ref)
    draft = drafts.draft_of(reader(), view.row.ref)
    form = typed or _begun(told, draft)
    new = _not_seen(told.entries, form) if has_new else []
    if has_new or not form.told.data:
        form.told.data = " ".join(map(mark_of, told.entries))
    return tab_page(
        "desk/cases/messages.html",
        view,
        "correspondence.messages",
        entries=told.entries,
        answered_in=None if told.is_here else _first(view),
        is_here=told.is_here,
        notes=told.notes,
        has_changed=bool(told.differences),
        form=form,
        failed=bool(form.errors or conflict),
        askable=asking.sections(told.answered, form.asked, is_trained=reader().is_trained),
        labels_of=asking.labels,
        title=mailbox_titles.title,
        occasions={**team_words.OCCASIONS, **access_words.OCCASIONS},
        draft=draft,
        templates=templates(reader()),
        conflict=conflict,
        other_draft=other_draft,
        new=new,
        **({"said": said} if said else {}),
    )


def _first(view: Overview) -> LinkShown | None:
    """The case that this one was split from, where who wrote is answered."""
    known = linked(reader(), view.row.ref)
    return next((link for link in known if link.side == SPLIT_OFF), None)


def _not_seen(entries: Sequence[Entry], form: WordsForm) -> list[Entry]:
    seen = set(_marks(form))
    return [entry for entry in entries if mark_of(entry) not in seen]


def _begun(told: Correspondence, draft: ReplyDraft | None) -> WordsForm:
    """The form with a draft that a colleague showed and the address names, or with her own."""
    shown = {note.id.hex: note for note in told.notes if note.occasion == DRAFT}
    begun = shown.get(request.args.get("use", "")) or draft
    typed = {"text": begun.text, "ask": list(begun.questions)} if begun else {}
    seen = draft.revision if draft and begun is draft else 0
    return WordsForm(formdata=None, once=casework.new_once(), revision=seen, **typed)
