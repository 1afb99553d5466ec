"""What the pages of filings say of how a report stands, and after something was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from flask_babel import gettext

from intake.form.dates import CivilDate
from intake.form.text import _
from intake.web.report_words import civil_date

STAGES: Final[Mapping[str, str]] = {
    "received": _("Arrived; nobody has opened it yet"),
    "screening": _("A coordinator is reading it"),
    "contacting": _("We are trying to reach you or the client"),
    "consent_pending": _("We need an answer or a paper: see the messages"),
    "assessment": _("We are finding out what happened"),
    "decision": _("The coordinators are deciding"),
    "active": _("We are helping"),
    "monitoring": _("We are watching the investigation or the trial"),
    "on_hold": _("Stopped for now: see the messages"),
    "closed": _("Closed; you can still write"),
    "erased": _("The conversation is over: deleted, or its time has passed"),
}
SAID: Final[Mapping[str, str]] = {
    "kept": _("What you wrote is kept. It is not sent yet."),
    "deleted": _("The report that was not sent is deleted."),
    "made": _("The reports are begun. Read each of them, and send it."),
    "sent": _("The reports are sent."),
    "handed": _("What was handed over is not kept here any more."),
    "ended": _("You do not follow that report any more."),
}


def stage_words(code: str) -> str:
    """Where a report stands, in a few words."""
    return gettext(STAGES[code]) if code in STAGES else ""


def paper_words(until: CivilDate | None, today: date) -> str:
    """Until when the lawyer's paper is good, and whether that is over; nothing where unsaid."""
    if until is None:
        return ""
    day = civil_date(until)
    if until.precision in {"exact", "approx"} and until.day < today:
        return gettext("Your paper was good until %(day)s. Add a new one.", day=day)
    return gettext("Your paper is good until %(day)s.", day=day)
