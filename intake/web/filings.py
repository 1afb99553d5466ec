"""A lawyer's own reports for clients: which are still to be sent, and how the others stand."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework.filings import beginning, listing
from intake.casework.filings.kept import Filing
from intake.form.acting import CLIENT_NAME_FOR_US
from intake.form.answers import Answers
from intake.form.draft import Draft
from intake.form.people import REPORTER_ROLE
from intake.form.text import _
from intake.roles import Permission
from intake.web import context, staff_pages
from intake.web.filing_forms import BeginForm, TickedForm
from intake.web.filing_words import SAID, paper_words, stage_words
from intake.web.permitted import permitted, reader

PAGE_TOO_OLD = _("This page is too old to be sent. Press the button once more.")
FIRST: Final = Draft(Answers().having(REPORTER_ROLE, "lawyer")).passing("who")
"""What each report begins with: who writes is known, so that page counts as passed."""

filings = staff_pages.install(Blueprint("filings", __name__, url_prefix="/filings"))


@filings.get("/")
@permitted(Permission.FILE)
def mine() -> ResponseReturnValue:
    """Her reports, and a field to begin another."""
    return _list_page(BeginForm(formdata=None, once=casework.new_once()))


@filings.post("/")
@permitted(Permission.FILE)
def begin() -> ResponseReturnValue:
    """Begin a report for one more client, and go to its first question."""
    form = BeginForm()
    if not form.is_accepted():
        return _list_page(form), 422
    try:
        id_ = beginning.begin(
            reader(), _first(form.name.data or ""), once=form.once.data or "", now=context.now()
        )
    except ValueError:
        form.once.data, form.name.errors = casework.new_once(), [gettext(PAGE_TOO_OLD)]
        return _list_page(form), 422
    return redirect(url_for("filing.go_on", filing=id_), 303)


def _first(name: str) -> Draft:
    named = name.strip()
    if not named:
        return FIRST
    return FIRST.answering(FIRST.answers.having(CLIENT_NAME_FOR_US, named))


def _paper_words(known: Filing) -> str:
    return paper_words(listing.paper_until(known), context.local_day(context.now()))


def _list_page(form: BeginForm) -> str:
    found = listing.mine(reader(), is_recorded=False, now=context.now())
    return render_template(
        "filings/mine.html",
        form=form,
        ticked=TickedForm(formdata=None),
        filings=found,
        paper_words=_paper_words,
        stage_words=stage_words,
        said=SAID.get(request.args.get("said", ""), ""),
    )
