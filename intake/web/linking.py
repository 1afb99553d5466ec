"""Cases that belong together: shown with who said so and why, linked, and unlinked."""

from typing import Final
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework import Overview
from intake.casework.errors import NotOpened
from intake.casework.splitting.joining import (
    LinkedAlready,
    NotThatCase,
    TakenBack,
    link_similar,
    take_back,
)
from intake.casework.splitting.link_boxes import MERGED
from intake.casework.splitting.shown import LinkShown, links_of
from intake.roles import Permission
from intake.web import context, pace, split_words
from intake.web.case_pages import tab_page, unopened_page, view_of
from intake.web.finding import names_in
from intake.web.permitted import permitted, reader
from intake.web.split_forms import EndForm, LinkForm, empty
from intake.web.splitting import TAB, splitting

__all__ = ["splitting"]


@splitting.get("/<ref>/links")
@permitted(Permission.OPEN_CASE)
def links(ref: str) -> ResponseReturnValue:
    """The cases that belong to this one: why, by whom, and since when."""
    view = view_of(ref)
    if not view.is_opened:
        return unopened_page(view, TAB)
    return _links_page(view, None)


@splitting.post("/<ref>/links")
@permitted(Permission.MOVE_CASE)
def link(ref: str) -> ResponseReturnValue:
    """Say that another case tells of the same event."""
    view, form = view_of(ref), LinkForm()
    if not form.is_accepted():
        return _links_page(view, form), 422
    try:
        link_similar(
            reader(),
            view.row.ref,
            _meant(form.other.data or ""),
            form.link_why.data or "",
            once=form.once.data or "",
            version=form.seen,
            now=context.now(),
        )
    except (NotThatCase, NotOpened, LinkedAlready) as error:
        pace.tell_nothing()
        form.other.errors = [_REFUSED[type(error)]]
        return _links_page(view, form), 422
    except casework.Conflict:
        form.revision.data = str(view_of(ref).version)
        return _links_page(view, form, refused=split_words.CHANGED), 409
    except ValueError:
        form.once.data = casework.new_once()
        return _links_page(view, form, refused=split_words.PAGE_TOO_OLD), 422
    return redirect(url_for(".links", ref=view.row.ref, said="linked"), 303)


_REFUSED: Final[dict[type[casework.CaseworkError], str]] = {
    NotThatCase: split_words.NO_SUCH_CASE,
    NotOpened: split_words.NOT_OPENED,
    LinkedAlready: split_words.LINKED_ALREADY,
}


def _meant(typed: str) -> str:
    """The first of what may be meant that is a case of hers; what was typed where none is."""
    year = context.local_day(context.now()).year
    for name in names_in(typed, year=year):
        try:
            return casework.overview(reader(), name, now=context.now()).row.ref
        except casework.UnknownCase:
            continue
    return typed


def _links_page(view: Overview, typed: LinkForm | None, *, refused: str = "") -> str:
    found = links_of(reader(), view.row.ref, now=context.now())
    form: LinkForm = typed or empty(LinkForm, revision=found.version)
    return tab_page(
        "desk/links.html",
        view,
        TAB,
        form=form,
        links=found.links,
        may_link=reader().may(Permission.MOVE_CASE),
        refused=gettext(refused) if refused else "",
        failed=bool(refused or form.errors),
        has_changed=bool(view.differences or found.differences),
    )


@splitting.get("/<ref>/links/<uuid:link>/end")
@permitted(Permission.MOVE_CASE)
def ask_end(ref: str, link: UUID) -> ResponseReturnValue:
    """What it means to take a link back."""
    return _end_page(view_of(ref), link, EndForm(formdata=None))


@splitting.post("/<ref>/links/<uuid:link>/end")
@permitted(Permission.MOVE_CASE)
def end(ref: str, link: UUID) -> ResponseReturnValue:
    """Take a link back, with a reason."""
    view, form = view_of(ref), EndForm()
    if not form.is_accepted():
        return _end_page(view, link, form), 422
    why = form.end_why.data or ""
    said = _said(take_back(reader(), view.row.ref, link, why, now=context.now()))
    return redirect(url_for(".links", ref=view.row.ref, said=said), 303)


def _said(done: TakenBack) -> str:
    """What became of the case that was split off or merged: closed soon, still open, again."""
    if done.still_open:
        return "unlinked-split" if done.is_asked else "unlinked-open"
    return "unmerged" if done.kind == MERGED else "unlinked"


def _end_page(view: Overview, link: UUID, form: EndForm) -> str:
    found = links_of(reader(), view.row.ref, now=context.now())
    one: LinkShown | None = next((it for it in found.links if it.id == link), None)
    if one is None:
        raise casework.UnknownCase
    return tab_page(
        "desk/link-end.html", view, TAB, form=form, one=one, failed=bool(form.errors)
    )
