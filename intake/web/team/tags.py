"""The tags of the team: a list, and a form with the name of one."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework.team import papers
from intake.casework.team import tags as kept
from intake.casework.team.tags import NameTaken, Tag
from intake.roles import Permission
from intake.web import context
from intake.web.permitted import permitted, reader
from intake.web.team import words
from intake.web.team.blueprint import team, team_page
from intake.web.team.forms import OnceForm, TagForm

TAB = "team.tags"


@team.get("/tags")
@permitted(Permission.KEEP_TEAM)
def tags() -> ResponseReturnValue:
    """Every tag, and a form for another one."""
    return _list_page(TagForm(formdata=None, once=casework.new_once()))


@team.post("/tags")
@permitted(Permission.KEEP_TEAM)
def add_tag() -> ResponseReturnValue:
    """Keep a new tag; sent twice it is one."""
    form = TagForm()
    if not form.is_accepted():
        return _list_page(form), 422
    try:
        id_ = papers.id_of(form.once.data or "", kept.KIND)
        kept.keep_tag(reader(), id_, form.name.data or "", seen=papers.NEW, now=context.now())
    except NameTaken:
        form.name.errors = [words.NAME_TAKEN]
        return _list_page(form), 422
    except ValueError:
        form.once.data, form.name.errors = casework.new_once(), [words.PAGE_TOO_OLD]
        return _list_page(form), 422
    return redirect(url_for(".tags", said="tag-kept"), 303)


@team.get("/tags/<uuid:paper>")
@permitted(Permission.KEEP_TEAM)
def tag(paper: UUID) -> ResponseReturnValue:
    """One tag, to call it otherwise or take it away."""
    found = _found(paper)
    return _form_page(found, TagForm(formdata=None, revision=found.revision, name=found.name))


@team.post("/tags/<uuid:paper>")
@permitted(Permission.KEEP_TEAM)
def rename_tag(paper: UUID) -> ResponseReturnValue:
    """Give it another name, unless somebody else did so meanwhile."""
    found, form = _found(paper), TagForm()
    if not form.is_accepted():
        return _form_page(found, form), 422
    name, seen = form.name.data or "", form.seen
    try:
        kept.keep_tag(reader(), paper, name, seen=seen, now=context.now())
    except NameTaken:
        form.name.errors = [words.NAME_TAKEN]
        return _form_page(found, form), 422
    except casework.Conflict:
        found = _found(paper)
        form.revision.data = str(found.revision)
        return _form_page(found, form, conflict=gettext(words.CHANGED_MEANWHILE)), 409
    return redirect(url_for(".tags", said="tag-kept"), 303)


@team.post("/tags/<uuid:paper>/remove")
@permitted(Permission.KEEP_TEAM)
def remove_tag(paper: UUID) -> ResponseReturnValue:
    """Take it away from the team and every case, unless it was renamed meanwhile."""
    form = OnceForm()
    if form.is_accepted():
        try:
            kept.remove_tag(reader(), paper, seen=form.seen, now=context.now())
        except casework.Conflict:
            return redirect(url_for(".tag", paper=paper), 303)
    return redirect(url_for(".tags", said="tag-removed"), 303)


def _found(paper: UUID) -> Tag:
    for one in kept.tags(reader()):
        if one.id == paper:
            return one
    raise casework.UnknownCase


def _list_page(form: TagForm) -> str:
    return team_page(
        "desk/team/tags.html",
        TAB,
        form=form,
        tags=kept.tags(reader()),
        failed=bool(form.errors),
    )


def _form_page(found: Tag, form: TagForm, *, conflict: str = "") -> str:
    return team_page(
        "desk/team/tag.html",
        TAB,
        form=form,
        stands=found,
        conflict=conflict,
        failed=bool(form.errors or conflict),
    )
