"""The report form for the public: begun in a browser, found again with the code."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from intake import casework
from intake.form.draft import Draft
from intake.web import journey_routes, journey_visit, receipts
from intake.web.forms import Form
from intake.web.languages import PREFIX
from intake.web.start import told

journey = journey_routes.install(Blueprint("journey", __name__, url_prefix=f"{PREFIX}/report"))


@journey.get("/")
def begin() -> ResponseReturnValue:
    """What to expect of the form; or the way on, where a report is being written."""
    visit = journey_visit.current()
    try:
        opened = journey_visit.opened(visit)
    except casework.SessionEnded:
        return _beginning(None)
    return journey_visit.renewed(make_response(_beginning(opened)), visit)


@journey.post("/")
def start() -> ResponseReturnValue:
    """Begin, or go on with what was begun."""
    visit, form = journey_visit.current(), Form()
    if not form.is_accepted():
        return _beginning(None, form), 422
    try:
        return journey_visit.go_on(journey_visit.opened(visit).draft)
    except casework.SessionEnded:
        fresh = journey_visit.begun()
    return journey_visit.keeping(journey_visit.go_on(Draft()), fresh)


@journey.post("/more")
def more() -> ResponseReturnValue:
    """Go on from an urgent report that was sent; one that is being written stays as it is."""
    told_before, once = receipts.notes(), receipts.newest_once()
    if once is None or not told_before.is_urgent or not Form().is_accepted() or _is_writing():
        return journey_visit.to_beginning()
    draft = Draft(told_before.answers, sent=told_before.words, words=told_before.shown)
    visit = journey_visit.begun(draft, once=once)
    return journey_visit.keeping(journey_visit.go_on(draft), visit)


def resume(visit: str) -> Response:
    """To the report that a return code opened: where to go on, and what else can be done."""
    return journey_visit.keeping(journey_visit.to(url_for("journey.begin")), visit)


def _is_writing() -> bool:
    try:
        return journey_visit.opened(journey_visit.current()).draft != Draft()
    except casework.SessionEnded:
        return False


def _beginning(opened: casework.OpenDraft | None, form: Form | None = None) -> str:
    is_begun = opened is not None and opened.draft != Draft()
    return render_template(
        "report/journey/begin.html",
        form=form or Form(formdata=None),
        opened=opened if is_begun else None,
        **told(),
    )
