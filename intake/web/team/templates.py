"""Reply templates: a list, and a form with the words in three languages side by side."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework.team import papers
from intake.casework.team import templates as kept
from intake.casework.team.templates import Template
from intake.roles import Permission
from intake.web import context
from intake.web.permitted import permitted, reader
from intake.web.team import words
from intake.web.team.blueprint import team, team_page
from intake.web.team.forms import OnceForm, TemplateForm

TAB = "team.templates"


@team.get("/templates")
@permitted(Permission.KEEP_TEAM)
def templates() -> ResponseReturnValue:
    """Every template, in the languages it has."""
    return team_page("desk/team/templates.html", TAB, templates=kept.templates(reader()))


@team.get("/templates/new")
@permitted(Permission.KEEP_TEAM)
def new_template() -> ResponseReturnValue:
    """An empty form."""
    return _form_page(TemplateForm(formdata=None, once=casework.new_once(), revision="0"))


@team.post("/templates/new")
@permitted(Permission.KEEP_TEAM)
def add_template() -> ResponseReturnValue:
    """Keep a new template; sent twice it is one."""
    form = TemplateForm()
    if not form.is_accepted():
        return _form_page(form), 422
    try:
        id_ = papers.id_of(form.once.data or "", kept.KIND)
    except ValueError:
        form.once.data, form.title.errors = casework.new_once(), [words.PAGE_TOO_OLD]
        return _form_page(form), 422
    return _kept(form, id_, papers.NEW)


@team.get("/templates/<uuid:paper>")
@permitted(Permission.KEEP_TEAM)
def template(paper: UUID) -> ResponseReturnValue:
    """One template, to change it or take it away."""
    found = kept.template(reader(), paper)
    form = TemplateForm(
        formdata=None, revision=found.revision, title=found.title, **found.texts
    )
    return _form_page(form, found)


@team.post("/templates/<uuid:paper>")
@permitted(Permission.KEEP_TEAM)
def change_template(paper: UUID) -> ResponseReturnValue:
    """Keep what was changed, unless somebody else did so meanwhile."""
    found, form = kept.template(reader(), paper), TemplateForm()
    if not form.is_accepted():
        return _form_page(form, found), 422
    return _kept(form, paper, form.seen)


@team.post("/templates/<uuid:paper>/remove")
@permitted(Permission.KEEP_TEAM)
def remove_template(paper: UUID) -> ResponseReturnValue:
    """Take it away, unless somebody changed it meanwhile."""
    form = OnceForm()
    if form.is_accepted():
        try:
            kept.remove_template(reader(), paper, seen=form.seen, now=context.now())
        except casework.Conflict:
            return redirect(url_for(".template", paper=paper), 303)
    return redirect(url_for(".templates", said="template-removed"), 303)


def _kept(form: TemplateForm, id_: UUID, seen: int) -> ResponseReturnValue:
    title = form.title.data or ""
    try:
        kept.keep_template(reader(), id_, title, form.texts, seen=seen, now=context.now())
    except casework.Conflict:
        now = kept.template(reader(), id_)
        form.revision.data = str(now.revision)
        return _form_page(form, now, conflict=gettext(words.CHANGED_MEANWHILE)), 409
    return redirect(url_for(".templates", said="template-kept"), 303)


def _form_page(
    form: TemplateForm, stands: Template | None = None, *, conflict: str = ""
) -> str:
    return team_page(
        "desk/team/template.html",
        TAB,
        form=form,
        stands=stands,
        conflict=conflict,
        failed=bool(form.errors or conflict),
    )
