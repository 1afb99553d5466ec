"""Notes for the next on duty: written here, and shown above the queue until they are read."""

from typing import Any
from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework.team import papers
from intake.casework.team import shift_notes as kept
from intake.roles import Permission
from intake.web import context
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import Press
from intake.web.team import words
from intake.web.team.blueprint import team, team_page
from intake.web.team.forms import ShiftNoteForm

TAB = "team.shift_notes"
QUEUE = "desk.queue"


@team.get("/shift")
@permitted(Permission.KEEP_TEAM)
def shift_notes() -> ResponseReturnValue:
    """A form, and the notes of the last month."""
    return _page(ShiftNoteForm(formdata=None, once=casework.new_once()))


@team.post("/shift")
@permitted(Permission.KEEP_TEAM)
def leave_shift_note() -> ResponseReturnValue:
    """Leave a note; sent twice it is one."""
    form = ShiftNoteForm()
    if not form.is_accepted():
        return _page(form), 422
    try:
        id_ = papers.id_of(form.once.data or "", kept.KIND)
    except ValueError:
        form.once.data, form.text.errors = casework.new_once(), [words.PAGE_TOO_OLD]
        return _page(form), 422
    kept.leave(reader(), form.text.data or "", id_=id_, now=context.now())
    return redirect(url_for(".shift_notes", said="shift-left"), 303)


@team.post("/shift/<uuid:paper>/read")
@permitted(Permission.READ_QUEUE)
def mark_shift_note_read(paper: UUID) -> ResponseReturnValue:
    """Show it to her no more; back to the queue."""
    if Press().is_accepted():
        kept.mark_read(reader(), paper, now=context.now())
    return redirect(url_for(QUEUE), 303)


@team.post("/shift/<uuid:paper>/remove")
@permitted(Permission.KEEP_TEAM)
def remove_shift_note(paper: UUID) -> ResponseReturnValue:
    """Take one's own note back."""
    if Press().is_accepted():
        kept.take_back(reader(), paper, now=context.now())
    return redirect(url_for(".shift_notes", said="shift-removed"), 303)


def above_the_queue() -> dict[str, Any]:
    """What the reader has not read yet, for the page of the queue alone."""
    known = g.get("reader")  # none on the page that says so
    is_shown = request.endpoint == QUEUE and known and known.may(Permission.READ_QUEUE)
    return {"shift_notes": kept.unread(known, now=context.now()) if is_shown else ()}


def _page(form: ShiftNoteForm) -> str:
    notes = kept.shift_notes(reader(), now=context.now())
    return team_page(
        "desk/team/shift-notes.html", TAB, form=form, notes=notes, failed=bool(form.errors)
    )
