"""One filing: the pages of its form until it is sent, and how it stands afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework.filings import listing, sending
from intake.casework.filings import receipt as receipts
from intake.form.conditions import is_lawyer
from intake.web import context, filed, filing_next, journey_routes, journey_visit, staff_pages
from intake.web.filing_codes import code_of
from intake.web.filing_forms import NextForm
from intake.web.filing_words import SAID, paper_words, stage_words
from intake.web.journey_page import fresh_id
from intake.web.paper import PDF
from intake.web.permitted import reader
from intake.web.staff_forms import Press

SILENCE: Final = "acting"
"""The page that asks whether she must be silent: nothing of the case file is asked before."""
View = Callable[[], ResponseReturnValue]


def begin() -> ResponseReturnValue:
    """How the report stands: what is to be done before it is sent, or what came of it."""
    known, form = filed.current(), NextForm(formdata=None, once=casework.new_once())
    said = SAID.get(request.args.get("said", ""), "")
    if known.followed is None:
        shown = listing.underway(reader(), known)
        return render_template(
            "filings/underway.html", shown=shown, form=form, fresh=fresh_id(), said=said
        )
    shown_sent = listing.sent(reader(), known, known.followed)
    return render_template(
        "filings/sent.html",
        shown=shown_sent,
        code=code_of(known),
        paper=paper_words(listing.paper_until(known), context.local_day(context.now())),
        stage_words=stage_words,
        form=form,
        said=said,
    )


def go_on() -> ResponseReturnValue:
    """To the page about her who acts, and then to the first that is asked and not passed."""
    try:
        draft = journey_visit.opened(journey_visit.current()).draft
    except casework.SessionEnded:
        return redirect(url_for(".begin"), 303)
    if is_lawyer(draft.answers) and SILENCE not in draft.passed:
        return redirect(url_for(".show", slug=SILENCE), 303)
    return journey_visit.go_on(draft)


def hand_over() -> ResponseReturnValue:
    """Keep the code no more, now that the person has it or does not want it."""
    if not Press().is_accepted():
        return redirect(url_for(".begin"), 303)
    sending.handed_over(reader(), filed.current())
    if filed.current().is_recorded:
        return redirect(filed.list_address(said="handed"), 303)
    return redirect(url_for(".begin", said="handed"), 303)


def receipt() -> ResponseReturnValue:
    """The receipt for her own papers, in the language of the page."""
    pdf = receipts.receipt(reader(), filed.current(), context.language())
    answer = Response(pdf, mimetype=PDF)
    # The name says nothing to who finds it on a disk.
    answer.headers.set("Content-Disposition", "attachment", filename="receipt.pdf")
    return answer


PAGES: Final[tuple[tuple[str, str, View], ...]] = (
    ("GET", "/", begin),
    ("GET", "/next", go_on),
    ("POST", "/code", hand_over),
    ("GET", "/receipt", receipt),
    ("GET", "/another", filing_next.ask_another),
    ("POST", "/another", filing_next.another),
)


def _blueprint(name: str, prefix: str, *, is_recorded: bool) -> Blueprint:
    """The same pages for both who write for somebody else, each behind her own permission."""
    fresh = Blueprint(name, __name__, url_prefix=f"{prefix}/<uuid:{filed.FILING}>")
    blueprint = filed.install(staff_pages.install(fresh))
    guard = filed.written(is_recorded=is_recorded)
    for method, rule, view in PAGES:
        blueprint.add_url_rule(rule, view.__name__, guard(view), methods=[method])
    return journey_routes.install(blueprint, guard=guard)


filing = _blueprint("filing", "/filings", is_recorded=False)
recorded = _blueprint("recorded", "/desk/recorded", is_recorded=True)
