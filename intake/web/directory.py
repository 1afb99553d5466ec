"""The pages of the directory: the list, one entry, and what a specialist says of herself."""

from typing import Final
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework.directory import keeping, load
from intake.casework.directory.entries import KIND, Specialist
from intake.casework.directory.keeping import TooMany
from intake.casework.directory.mine import keep_mine, mine
from intake.casework.team import papers
from intake.roles import Permission
from intake.web import (
    context,
    directory_filters,
    directory_forms,
    directory_words,
    role_words,
    staff_pages,
)
from intake.web.directory_forms import EntryForm, MineForm, OutsideForm
from intake.web.permitted import permitted, reader

NEW: Final = papers.NEW

directory = staff_pages.install(Blueprint("directory", __name__, url_prefix="/desk/directory"))


@directory.get("/")
@permitted(Permission.KEEP_TEAM)
def everybody() -> ResponseReturnValue:
    """Everybody in the directory, as far as the address narrows it."""
    keeping.keep_anew(reader())
    loads = load.open_cases(reader(), now=context.now())
    asked = directory_filters.asked_for(request.args)
    known = keeping.directory(reader())
    return _page(
        "desk/directory/list.html",
        found=directory_filters.found(known, asked, loads),
        number=len(known),
        loads=loads,
        groups=directory_filters.groups(asked),
        asked=asked,
    )


@directory.get("/new")
@permitted(Permission.KEEP_TEAM)
def ask() -> ResponseReturnValue:
    """A form for somebody without an account."""
    return _new_page(OutsideForm(formdata=None, once=casework.new_once()))


@directory.post("/new")
@permitted(Permission.KEEP_TEAM)
def add() -> ResponseReturnValue:
    """Keep somebody without an account; sent twice she stands there once."""
    form = OutsideForm()
    if not form.is_accepted():
        return _new_page(form), 422
    try:
        id_ = papers.id_of(form.once.data or "", KIND)
        if not _is_kept(id_, form, seen=NEW):
            return _new_page(form), 422
    except (ValueError, casework.Conflict):
        return _asked_anew(form, directory_words.PAGE_TOO_OLD)
    return redirect(url_for(".everybody", said="kept"), 303)


@directory.get("/<uuid:paper>")
@permitted(Permission.KEEP_TEAM)
def show(paper: UUID) -> ResponseReturnValue:
    """One entry, to change it."""
    one = keeping.specialist(reader(), paper)
    return _entry_page(one, _form_of(one))


@directory.post("/<uuid:paper>")
@permitted(Permission.KEEP_TEAM)
def change(paper: UUID) -> ResponseReturnValue:
    """Keep what was typed, unless somebody changed the entry meanwhile."""
    try:
        one = keeping.specialist(reader(), paper)
    except casework.UnknownCase:
        if not (typed := OutsideForm()).name.data:
            raise
        return _asked_anew(typed, directory_words.TAKEN_OUT)
    form = OutsideForm() if one.is_outside else EntryForm()
    try:
        if not form.is_accepted() or not _is_kept(paper, form, seen=form.seen):
            return _entry_page(one, form), 422
    except casework.Conflict:
        one = keeping.specialist(reader(), paper)
        form.revision.data = str(one.revision)
        return _entry_page(one, form, is_conflict=True), 409
    return redirect(url_for(".everybody", said="kept"), 303)


@directory.post("/<uuid:paper>/remove")
@permitted(Permission.KEEP_TEAM)
def remove(paper: UUID) -> ResponseReturnValue:
    """Take out somebody without an account, unless the entry was changed meanwhile."""
    one, form = keeping.specialist(reader(), paper), EntryForm()
    if form.is_accepted() and one.is_outside:
        try:
            keeping.remove(reader(), paper, seen=form.seen, now=context.now())
        except casework.Conflict:
            one = keeping.specialist(reader(), paper)
            return _entry_page(one, _form_of(one), is_conflict=True), 409
        return redirect(url_for(".everybody", said="removed"), 303)
    return redirect(url_for(".show", paper=paper), 303)


@directory.get("/mine")
@permitted(Permission.READ_GRANTED)
def show_mine() -> ResponseReturnValue:
    """What stands in the directory about the reader herself."""
    one = mine(reader())
    return _mine_page(
        one, MineForm(formdata=None, **directory_forms.mine_of(one)) if one else None
    )


@directory.post("/mine")
@permitted(Permission.READ_GRANTED)
def change_mine() -> ResponseReturnValue:
    """Keep her languages, regions and the days on which she is away."""
    form, one = MineForm(), mine(reader())
    if one is None:
        return redirect(url_for(".show_mine"), 303)
    if not form.is_accepted():
        return _mine_page(one, form), 422
    told = form.spoken, form.places, form.until
    try:
        keep_mine(reader(), *told, seen=form.seen, now=context.now())
    except casework.Conflict:
        one = mine(reader())
        form.revision.data = str(one.revision if one else NEW)
        return _mine_page(one, form, is_conflict=True), 409
    return redirect(url_for(".show_mine", said="kept"), 303)


def _is_kept(id_: UUID, form: EntryForm, *, seen: int) -> bool:
    """Whether it is kept; else the form says why not."""
    field = form.name if isinstance(form, OutsideForm) else form.languages
    try:
        keeping.keep(reader(), id_, form.about, seen=seen, now=context.now())
    except ValueError:
        field.errors = [directory_words.NOT_WHOLE]
    except TooMany:
        field.errors = [directory_words.TOO_MANY]
    return not form.errors


def _asked_anew(form: OutsideForm, why: str) -> ResponseReturnValue:
    """The form of somebody new with everything that was typed, and why nothing is kept."""
    form.once.data, form.name.errors = casework.new_once(), [gettext(why)]
    return _new_page(form), 409


def _form_of(one: Specialist) -> EntryForm:
    kind = OutsideForm if one.is_outside else EntryForm
    return kind(formdata=None, **directory_forms.entry_of(one))


def _new_page(form: OutsideForm) -> str:
    return _page("desk/directory/entry.html", form=form, one=None, failed=bool(form.errors))


def _entry_page(one: Specialist, form: EntryForm, *, is_conflict: bool = False) -> str:
    failed = bool(form.errors or is_conflict)
    return _page(
        "desk/directory/entry.html", form=form, one=one, failed=failed, is_conflict=is_conflict
    )


def _mine_page(
    one: Specialist | None, form: MineForm | None, *, is_conflict: bool = False
) -> str:
    failed = is_conflict or bool(form and form.errors)
    return _page(
        "desk/directory/mine.html", form=form, one=one, failed=failed, is_conflict=is_conflict
    )


def _page(template: str, **values: object) -> str:
    code = request.args.get("said", "")
    said = gettext(directory_words.SAID[code]) if code in directory_words.SAID else ""
    shown = {"said": said, "failed": False, "is_conflict": False, **values}
    words = {"load_words": directory_words.load, "day_words": directory_words.day}
    conflict = gettext(directory_words.CHANGED_MEANWHILE)
    return render_template(
        template,
        role_names=role_words.in_words,
        today=context.local_day(context.now()),
        conflict=conflict,
        **words,
        **shown,
    )
