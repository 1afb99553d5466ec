"""The conversation of a report for a lawyer who filed it, or whom her client let in."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from intake.casework.filings import joining
from intake.web import filed, mailbox_routes, staff_pages
from intake.web.context import now
from intake.web.permitted import reader
from intake.web.staff_forms import Press

PAGES = ("messages", "add")
"""To take a report back or to have it deleted is for who holds the code."""

following = mailbox_routes.install(
    filed.install(
        staff_pages.install(
            Blueprint(
                "following", __name__, url_prefix=f"/filings/<uuid:{filed.FILING}>/conversation"
            )
        )
    ),
    pages=PAGES,
    guard=filed.followed,
)


@following.get("/end")
@filed.filed(is_recorded=False)
def ask_to_end() -> ResponseReturnValue:
    """What it means to follow no more."""
    known = filed.current()
    if not known.is_sent:
        return redirect(url_for("filing.begin"), 303)
    return render_template("filings/follow-end.html", press=Press(formdata=None))


@following.post("/end")
@filed.filed(is_recorded=False)
def end() -> ResponseReturnValue:
    """Follow no more; not before the client's code was handed over."""
    known = filed.current()
    if not Press().is_accepted() or known.once or not known.is_sent:
        return redirect(url_for(".ask_to_end"), 303)
    joining.end(reader(), known, now=now())
    return redirect(filed.list_address(said="ended"), 303)
