"""What coordinators record of calls, visits, letters and forms on paper, until it is sent."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework.filings import beginning, listing
from intake.form.answers import Answers
from intake.form.draft import Draft
from intake.form.recording import CHANNEL
from intake.roles import Permission
from intake.web import context, staff_pages
from intake.web.filing_forms import RecordForm
from intake.web.filing_words import SAID
from intake.web.filings import PAGE_TOO_OLD
from intake.web.permitted import permitted, reader

recording = staff_pages.install(Blueprint("recording", __name__, url_prefix="/desk/recorded"))


@recording.get("/")
@permitted(Permission.RECORD)
def mine() -> ResponseReturnValue:
    """What she records and has not sent, whose code waits, and how to record another."""
    return _list_page(RecordForm(formdata=None, once=casework.new_once()))


@recording.post("/")
@permitted(Permission.RECORD)
def begin() -> ResponseReturnValue:
    """Begin to record what somebody tells, and go to the first question."""
    form = RecordForm()
    form.channel.choices = _channels()
    if not form.is_accepted():
        return _list_page(form), 422
    draft = Draft(Answers().having(CHANNEL, form.channel.data))
    once = form.once.data or ""
    try:
        id_ = beginning.begin(reader(), draft, once=once, now=context.now(), is_recorded=True)
    except ValueError:
        form.once.data, form.channel.errors = casework.new_once(), [gettext(PAGE_TOO_OLD)]
        return _list_page(form), 422
    return redirect(url_for("recorded.go_on", filing=id_), 303)


def _channels() -> list[tuple[str, str]]:
    return [(term.code, term.label(context.language())) for term in CHANNEL.terms]


def _list_page(form: RecordForm) -> str:
    form.channel.choices = _channels()
    return render_template(
        "filings/recorded.html",
        form=form,
        filings=listing.mine(reader(), is_recorded=True, now=context.now()),
        said=SAID.get(request.args.get("said", ""), ""),
    )
