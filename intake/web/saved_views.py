"""Views that members keep: what they often ask of the queue, under a name."""

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework import VIEWS, Wish
from intake.casework.finding import counts_of, saved
from intake.casework.finding.saved import SavedView, TooManyViews
from intake.casework.team import papers
from intake.form.text import _
from intake.roles import Permission
from intake.web import context, views, wishes
from intake.web.bulk import desk
from intake.web.desk import wish_asked
from intake.web.filter_words import Filters
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import RevisedForm
from intake.web.view_forms import ViewForm

__all__ = ["desk"]

TOO_MANY: Final = _("Thirty views are kept already. Forget one first.")
TOO_OLD: Final = _("This page was open for too long. Press the button once more.")
CHANGED: Final = _("Somebody changed this view meanwhile. It is shown as it stands now.")
SAID: Final = {
    "kept": _("The view is kept."),
    "forgotten": _("The view is forgotten. The cases in it are where they were."),
}


@dataclass(frozen=True)
class Kept:
    """A kept view as it is shown: where it leads, what it asks for, and how many it finds."""

    view: SavedView
    address: str
    asked: str
    count: int


@desk.get("/desk/views/")
@permitted(Permission.READ_QUEUE)
def all_views() -> ResponseReturnValue:
    """Every view with its count, the standard ones and those that were kept."""
    found = views.kept(reader())
    asked = [*map(Wish, VIEWS), *(wish for _one, wish in found)]
    numbers = counts_of(reader(), asked, now=context.now())
    kept = [
        Kept(one, wishes.address(wish), _in_words(wish), count)
        for (one, wish), count in zip(found, numbers[len(VIEWS) :], strict=True)
    ]
    said = request.args.get("said", "")
    return render_template(
        "desk/views.html",
        views=views.shown(None, dict(zip(VIEWS, numbers, strict=False))),
        kept=kept,
        said=gettext(SAID[said]) if said in SAID else "",
    )


@desk.get("/desk/views/new")
@permitted(Permission.READ_QUEUE)
def new_view() -> ResponseReturnValue:
    """A name for what the address asks for."""
    return _new_page(ViewForm(formdata=None, once=casework.new_once()))


@desk.post("/desk/views/new")
@permitted(Permission.READ_QUEUE)
def keep_view() -> ResponseReturnValue:
    """Keep it; sent twice it is one."""
    form, wish = ViewForm(), replace(wish_asked(), page=1)
    if not form.is_accepted():
        return _new_page(form), 422
    try:
        id_ = papers.id_of(form.once.data or "", saved.KIND)
    except ValueError:
        form.once.data, form.name.errors = casework.new_once(), [TOO_OLD]
        return _new_page(form), 422
    try:
        saved.keep_view(
            reader(),
            id_,
            form.name.data or "",
            wishes.query_of(wish),
            shared=form.is_shared,
            now=context.now(),
        )
    except TooManyViews:
        form.name.errors = [TOO_MANY]
        return _new_page(form), 422
    return redirect(wishes.address(wish), 303)


@desk.get("/desk/views/<uuid:paper>")
@permitted(Permission.READ_QUEUE)
def view(paper: UUID) -> ResponseReturnValue:
    """One kept view: call it otherwise, share it, or forget it."""
    found = saved.saved_view(reader(), paper)
    form = ViewForm(
        formdata=None, revision=found.revision, name=found.name, shared=found.is_shared
    )
    return _page(found, form)


@desk.post("/desk/views/<uuid:paper>")
@permitted(Permission.READ_QUEUE)
def change_view(paper: UUID) -> ResponseReturnValue:
    """Change it, unless somebody else did so meanwhile."""
    found, form = saved.saved_view(reader(), paper), ViewForm()
    if not form.is_accepted():
        return _page(found, form), 422
    name, shared = form.name.data or "", form.is_shared
    try:
        saved.change_view(
            reader(), paper, name, shared=shared, seen=form.seen, now=context.now()
        )
    except casework.Conflict:
        form.revision.data = str(found.revision)
        return _page(found, form, conflict=gettext(CHANGED)), 409
    return redirect(url_for(".all_views", said="kept"), 303)


@desk.post("/desk/views/<uuid:paper>/remove")
@permitted(Permission.READ_QUEUE)
def remove_view(paper: UUID) -> ResponseReturnValue:
    """Forget it, unless it was changed meanwhile."""
    form = RevisedForm()
    if form.is_accepted():
        try:
            saved.remove_view(reader(), paper, seen=form.seen, now=context.now())
        except casework.Conflict:
            return redirect(url_for(".view", paper=paper), 303)
    return redirect(url_for(".all_views", said="forgotten"), 303)


def _in_words(wish: Wish) -> str:
    """What a wish asks for: its view, then its filters."""
    chosen = Filters(reader(), wish).chosen()
    return " · ".join((gettext(views.TITLES[wish.view]), *(one.words for one in chosen)))


def _new_page(form: ViewForm) -> str:
    wish = wish_asked()
    return render_template(
        "desk/view-new.html",
        form=form,
        asked=_in_words(wish),
        back=wishes.address(wish),
        query=wishes.query_of(wish),
        may_share=reader().may(Permission.KEEP_TEAM),
    )


def _page(found: SavedView, form: ViewForm, *, conflict: str = "") -> str:
    return render_template(
        "desk/view.html",
        form=form,
        stands=found,
        asked=_in_words(wishes.wish_in(found.query, is_trained=reader().is_trained)),
        conflict=conflict,
        may_share=reader().may(Permission.KEEP_TEAM),
    )
