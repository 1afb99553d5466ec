"""What every tab of a case has around it, and what the last button did."""

from typing import Any, Final

from flask import render_template, request
from flask_babel import gettext

from intake import casework
from intake.casework import Overview
from intake.casework.team import presence
from intake.form.text import _
from intake.web import (
    access_words,
    case_words,
    consent_words,
    context,
    report_words,
    split_words,
)
from intake.web.permitted import reader
from intake.web.team import words as team_words
from intake.web.work import words as work_words

_WORDS: Final = {
    **case_words.SAID,
    **access_words.SAID,
    **team_words.SAID,
    **work_words.SAID,
    **split_words.SAID,
}
NOT_TAKEN: Final = _("%(handle)s took it a moment before you.")


def view_of(ref: str) -> Overview:
    """What is known of the case without opening it."""
    return casework.overview(reader(), ref, now=context.now())


def tab_page(
    template: str,
    view: Overview,
    tab: str,
    **values: Any,  # noqa: ANN401 - what templates take
) -> str:
    """A tab of the case; `values` are what it shows besides."""
    return render_template(
        template,
        view=view,
        tab=tab,
        tabs=case_words.TABS,
        tab_title=dict(case_words.TABS)[tab],
        taken_back=consent_words.taken_back(view),
        around=presence.around(reader(), view.row.ref, now=context.now()),
        day_words=team_words.day,
        has_lost=request.args.get("said") == "not-taken",
        **{
            "failed": False,
            "has_changed": bool(view.differences),
            "said": _said(view),
            **values,
        },
    )


def unopened_page(view: Overview, tab: str) -> str:
    """What stands on a tab until somebody opens the report."""
    contents = report_words.kinds_of_content(view.facts)
    return tab_page("desk/cases/unopened.html", view, tab, contents=contents)


def _said(view: Overview) -> str:
    """What the last button did; the address carries its code alone."""
    code = request.args.get("said", "")
    if code == "not-taken" and view.row.holder and not view.row.is_mine:
        return gettext(NOT_TAKEN, handle=view.row.holder)
    return gettext(_WORDS[code]) if code in _WORDS else ""
