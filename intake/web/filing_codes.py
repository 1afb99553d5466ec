"""The codes of several clients on one page, until they were handed over."""

from __future__ import annotations

from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework.filings import listing, sending
from intake.casework.filings.kept import Filing
from intake.form.text import _
from intake.roles import Permission
from intake.web import context
from intake.web.access_forms import members_of as ids_of
from intake.web.filing_forms import TickedForm
from intake.web.filing_words import SAID
from intake.web.filings import filings
from intake.web.permitted import permitted, reader

__all__ = ["filings"]

NONE_TICKED: Final = _("Tick the codes that were handed over or are not wanted.")


@filings.get("/codes")
@permitted(Permission.FILE)
def codes() -> ResponseReturnValue:
    """Every code that waits to be handed over."""
    return _page(TickedForm(formdata=None), said=SAID.get(request.args.get("said", ""), ""))


@filings.post("/codes")
@permitted(Permission.FILE)
def hand_over() -> ResponseReturnValue:
    """Keep the ticked codes no more; those that are gone already stay gone."""
    form = TickedForm()
    ticked = frozenset(ids_of(form.filing.data))
    if not form.is_accepted():
        return _page(form), 422
    if not ticked:
        return _page(form, notice=NONE_TICKED), 422
    for known in waiting():
        if known.id in ticked:
            sending.handed_over(reader(), known)
    return redirect(url_for(".codes" if waiting() else ".mine", said="handed"), 303)


def waiting() -> tuple[Filing, ...]:
    """The reader's own reports for clients that were sent and whose code is still kept."""
    found = listing.mine(reader(), is_recorded=False, now=context.now())
    return tuple(sorted((o.filing for o in found.sent if o.filing.once), key=_name))


def code_of(known: Filing) -> str:
    """The return code in groups of four, until it was handed over."""
    return casework.receipt(known.once, received_at=known.at).code if known.once else ""


def _name(known: Filing) -> str:
    return known.name


def _page(form: TickedForm, *, said: str = "", notice: str = "") -> str:
    return render_template(
        "filings/codes.html",
        form=form,
        waiting=[(known, code_of(known)) for known in waiting()],
        said=said,
        notice=notice,
    )
