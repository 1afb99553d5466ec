"""The blueprint of what the team shares; its pages stand in the modules beside."""

from flask import Blueprint, render_template, request
from flask_babel import gettext

from intake.web import staff_pages
from intake.web.team import words

team = staff_pages.install(Blueprint("team", __name__, url_prefix="/desk/team"))


def team_page(template: str, tab: str, **values: object) -> str:
    """A page of the team under its tabs; `values` are what it shows besides."""
    code = request.args.get("said", "")
    said = gettext(words.SAID_HERE[code]) if code in words.SAID_HERE else ""
    shown = {"said": said, "failed": False, "conflict": "", **values}
    tabs = words.TABS
    return render_template(template, tabs=tabs, tab=tab, tab_title=dict(tabs)[tab], **shown)
