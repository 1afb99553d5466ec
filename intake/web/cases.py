"""One case: overview, report, messages and timeline, and what a coordinator does with it."""

from typing import Any, Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework import Overview
from intake.form.text import _
from intake.roles import Permission
from intake.web import case_words, context, report_words, sections, staff_pages
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import (
    MessageForm,
    NoteForm,
    Press,
    RaiseForm,
    WordsForm,
    choices,
)

NOT_TAKEN: Final = _("%(handle)s took it a moment before you.")
TOO_LATE: Final = _(
    "Somebody changed this case while you were writing. What stands now is on the left, what "
    "you wrote is on the right. Look at both and send yours again if it still holds."
)
NO_RISE: Final = _("Choose a level that is more urgent than the one the case has now.")
PAGE_TOO_OLD: Final = _("This page was too old. Your text is still here: send it once more.")

cases = staff_pages.install(Blueprint("cases", __name__, url_prefix="/desk/cases"))


@cases.get("/<ref>")
@permitted(Permission.OPEN_CASE)
def overview(ref: str) -> ResponseReturnValue:
    """Why it cannot wait, who it is about as far as codes tell, and what must happen next."""
    view = _view(ref)
    if view.row.ref != ref:
        return redirect(url_for(".overview", ref=view.row.ref))
    return _overview_page(view, _raise_form(view))


@cases.post("/<ref>/open")
@permitted(Permission.OPEN_CASE)
def open_case(ref: str) -> ResponseReturnValue:
    """Open the report; the first opening tells the reporter."""
    if not Press().is_accepted():
        return redirect(url_for(".overview", ref=ref), 303)
    casework.open_case(reader(), ref, now=context.now())
    return redirect(url_for(".report", ref=ref, said="opened"), 303)


@cases.post("/<ref>/take")
@permitted(Permission.TAKE_CASE)
def take(ref: str) -> ResponseReturnValue:
    """Hold the case, or learn who was quicker."""
    if not Press().is_accepted():
        return redirect(url_for(".overview", ref=ref), 303)
    taken = casework.take(reader(), ref, now=context.now())
    said = "taken" if taken.won else "not-taken"
    return redirect(url_for(".overview", ref=ref, said=said), 303)


@cases.post("/<ref>/urgency")
@permitted(Permission.RAISE_URGENCY)
def raise_urgency(ref: str) -> ResponseReturnValue:
    """Make the case more urgent than its answers say, with a reason."""
    view, form = _view(ref), RaiseForm()
    form.level.choices = choices(case_words.higher(view))
    is_good = form.is_accepted()
    if is_good and form.level.data not in case_words.higher(view):
        form.level.errors = [NO_RISE]
    if not is_good or form.errors:
        return _overview_page(view, form), 422
    level, reason = str(form.level.data), form.reason.data or ""
    try:
        casework.raise_urgency(
            reader(), ref, level, reason, version=form.seen, now=context.now()
        )
    except casework.Conflict:
        form.revision.data = str(view.version)
        return _overview_page(view, form, conflict=gettext(TOO_LATE)), 409
    except ValueError:  # the level that is stored stands higher than the one time has left
        form.level.errors = [NO_RISE]
        return _overview_page(view, form), 422
    return redirect(url_for(".overview", ref=ref, said="raised"), 303)


@cases.get("/<ref>/report")
@permitted(Permission.OPEN_CASE)
def report(ref: str) -> ResponseReturnValue:
    """What was reported, by who may read it."""
    view = _view(ref)
    if not view.is_opened:
        return _page(
            "desk/cases/unopened.html",
            view,
            "cases.report",
            contents=report_words.kinds_of_content(view.facts),
        )
    read = casework.read_report(reader(), ref, now=context.now())
    return _page(
        "desk/cases/report.html",
        view,
        "cases.report",
        sections=sections.shown(read, view.facts, is_trained=reader().is_trained),
        facts=report_words.facts_in_words(view.facts),
        has_changed=bool(read.differences),
        contents=report_words.kinds_of_content(view.facts),
    )


@cases.get("/<ref>/messages")
@permitted(Permission.OPEN_CASE)
def messages(ref: str) -> ResponseReturnValue:
    """What was said with the reporter, and the notes among colleagues."""
    view = _view(ref)
    if not view.is_opened:
        return _page(
            "desk/cases/unopened.html",
            view,
            "cases.messages",
            contents=report_words.kinds_of_content(view.facts),
        )
    return _messages_page(view, WordsForm(formdata=None, once=casework.new_once()))


@cases.post("/<ref>/messages")
@permitted(Permission.SEND_MESSAGES)
def send_message(ref: str) -> ResponseReturnValue:
    """Write to the reporter."""
    form = MessageForm()
    if not form.is_accepted():
        return _messages_page(_view(ref), form), 422
    try:
        casework.send_message(
            reader(), ref, form.text.data or "", once=form.once.data or "", now=context.now()
        )
    except ValueError:
        form.once.data, form.text.errors = casework.new_once(), [PAGE_TOO_OLD]
        return _messages_page(_view(ref), form), 422
    return _written(ref, "sent", note=form.note.data or "")


@cases.post("/<ref>/notes")
@permitted(Permission.WRITE_NOTES)
def add_note(ref: str) -> ResponseReturnValue:
    """Leave a note for colleagues."""
    form = NoteForm()
    if not form.is_accepted():
        return _messages_page(_view(ref), form), 422
    try:
        casework.add_note(
            reader(), ref, form.note.data or "", once=form.once.data or "", now=context.now()
        )
    except ValueError:
        form.once.data, form.note.errors = casework.new_once(), [PAGE_TOO_OLD]
        return _messages_page(_view(ref), form), 422
    return _written(ref, "noted", text=form.text.data or "")


def _written(ref: str, said: str, **unsent: str) -> ResponseReturnValue:
    """The messages after one more; what was typed for the other side still stands there."""
    if not any(text.strip() for text in unsent.values()):
        return redirect(url_for(".messages", ref=ref, said=said), 303)
    form = WordsForm(formdata=None, once=casework.new_once(), **unsent)
    return _messages_page(_view(ref), form, said=gettext(case_words.SAID[said]))


@cases.get("/<ref>/timeline")
@permitted(Permission.OPEN_CASE)
def timeline(ref: str) -> ResponseReturnValue:
    """Who did what, and when."""
    view = _view(ref)
    lines = casework.timeline(reader(), ref, now=context.now())
    return _page(
        "desk/cases/timeline.html", view, "cases.timeline", lines=lines, acts=case_words.ACTS
    )


def _view(ref: str) -> Overview:
    return casework.overview(reader(), ref, now=context.now())


def _page(template: str, view: Overview, tab: str, **values: Any) -> str:  # noqa: ANN401
    return render_template(
        template,
        view=view,
        tab=tab,
        tabs=case_words.TABS,
        tab_title=dict(case_words.TABS)[tab],
        has_lost=request.args.get("said") == "not-taken",
        **{
            "failed": False,
            "has_changed": bool(view.differences),
            "said": _said(view),
            **values,
        },
    )


def _said(view: Overview) -> str:
    """What the last button did; the address carries its code alone."""
    code = request.args.get("said", "")
    if code == "not-taken" and view.row.holder and not view.row.is_mine:
        return gettext(NOT_TAKEN, handle=view.row.holder)
    return gettext(case_words.SAID[code]) if code in case_words.SAID else ""


def _overview_page(view: Overview, form: RaiseForm, *, conflict: str = "") -> str:
    given, missing = case_words.consents_in_words(view)
    return _page(
        "desk/cases/overview.html",
        view,
        "cases.overview",
        form=form,
        can_rise=bool(case_words.higher(view)),
        conflict=conflict,
        failed=bool(form.errors or conflict),
        is_unfolded=bool(form.errors or conflict or form.reason.data),
        clocks=case_words.next_clocks(view),
        person=case_words.person(view),
        lately=case_words.lately(view),
        given=given,
        missing=missing,
        contents=report_words.kinds_of_content(view.facts),
    )


def _messages_page(view: Overview, form: WordsForm, **values: str) -> str:
    said = casework.correspondence(reader(), view.row.ref, now=context.now())
    return _page(
        "desk/cases/messages.html",
        view,
        "cases.messages",
        entries=said.entries,
        notes=said.notes,
        has_changed=bool(said.differences),
        form=form,
        failed=bool(form.errors),
        **values,
    )


def _raise_form(view: Overview) -> RaiseForm:
    form = RaiseForm(formdata=None, revision=view.version)
    form.level.choices = choices(case_words.higher(view))
    return form
