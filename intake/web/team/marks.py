"""The tags of a case, and putting it off until a day."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework import Overview
from intake.casework.finding.look import COUNTED_BY_READING
from intake.casework.team import snoozing
from intake.casework.team import tags as kept
from intake.casework.team.marks import marks as marks_of
from intake.casework.team.snoozing import TooLong
from intake.casework.team.tags import TooManyTags
from intake.roles import Permission
from intake.web import context, staff_pages
from intake.web.case_pages import tab_page, unopened_page, view_of
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import Press
from intake.web.team import words
from intake.web.team.forms import SnoozeForm, TagsForm, day_chosen, days

TAB = "cases.overview"

marks = staff_pages.install(Blueprint("marks", __name__, url_prefix="/desk/cases"))


@marks.get("/<ref>/tags")
@permitted(Permission.OPEN_CASE)
def tags(ref: str) -> ResponseReturnValue:
    """The tags that the case carries, and those it could."""
    view = view_of(ref)
    carried = [tag.key for tag in marks_of(reader(), view.row.ref).carried]
    return _tags_page(view, TagsForm(formdata=None, revision=view.version, tags=carried))


@marks.post("/<ref>/tags")
@permitted(Permission.OPEN_CASE)
def put_tags(ref: str) -> ResponseReturnValue:
    """Let the case carry what was ticked."""
    form = TagsForm()
    if not form.is_accepted():
        return _tags_page(view_of(ref), form), 422
    try:
        chosen, seen = form.tags.data or [], form.seen
        kept.put_tags(reader(), ref, chosen, version=seen, now=context.now())
    except TooManyTags:
        form.tags.errors = [words.TOO_MANY_TAGS]
        return _tags_page(view_of(ref), form), 422
    except casework.Conflict:
        view = view_of(ref)
        form.revision.data = str(view.version)
        return _tags_page(view, form, conflict=gettext(words.CHANGED_MEANWHILE)), 409
    return redirect(url_for("cases.overview", ref=ref, said="tags-put"), 303)


@marks.get("/<ref>/snooze")
@permitted(Permission.OPEN_CASE)
def ask_days(ref: str) -> ResponseReturnValue:
    """For how long the case may be put off."""
    view = view_of(ref)
    if not view.is_opened:
        return unopened_page(view, TAB)
    return _snooze_page(view, SnoozeForm(formdata=None, revision=view.version))


@marks.post("/<ref>/snooze")
@permitted(Permission.OPEN_CASE)
def snooze(ref: str) -> ResponseReturnValue:
    """Put it off until a day begins."""
    form = SnoozeForm()
    until = day_chosen(form.days.data)
    if not form.is_accepted() or until is None:
        return _snooze_page(view_of(ref), form), 422
    try:
        snoozing.snooze(reader(), ref, until, version=form.seen, now=context.now())
    except TooLong:
        form.days.errors = [words.TOO_LONG_OFF]
        return _snooze_page(view_of(ref), form), 422
    except casework.Conflict:
        view = view_of(ref)
        form.revision.data = str(view.version)
        return _snooze_page(view, form, conflict=gettext(words.CHANGED_MEANWHILE)), 409
    return redirect(url_for("cases.overview", ref=ref, said="snoozed"), 303)


@marks.post("/<ref>/wake")
@permitted(Permission.OPEN_CASE)
def wake(ref: str) -> ResponseReturnValue:
    """Show the case again at once."""
    if Press().is_accepted():
        snoozing.wake(reader(), ref, now=context.now())
    return redirect(url_for("cases.overview", ref=ref, said="woken"), 303)


def _tags_page(view: Overview, form: TagsForm, *, conflict: str = "") -> str:
    found = marks_of(reader(), view.row.ref)
    chosen = form.tags.data or []
    return tab_page(
        "desk/team/case-tags.html",
        view,
        TAB,
        form=form,
        carried=found.carried,
        known=[(tag.key, tag.name) for tag in found.known],
        chosen=[tag for tag in found.known if tag.key in chosen],
        conflict=conflict,
        failed=bool(form.errors or conflict),
    )


def _snooze_page(view: Overview, form: SnoozeForm, *, conflict: str = "") -> str:
    form.days.choices = days(snoozing.LONGEST[view.row.level].days)
    return tab_page(
        "desk/team/snooze.html",
        view,
        TAB,
        form=form,
        until=marks_of(reader(), view.row.ref).snoozed_until,
        most=COUNTED_BY_READING,
        conflict=conflict,
        failed=bool(form.errors or conflict),
    )
