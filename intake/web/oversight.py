"""What members will see here whose pages come later: auditors, analysts, specialists."""

from typing import Final

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from intake.form.text import _
from intake.roles import Permission, Role
from intake.web import places, staff_pages
from intake.web.permitted import permitted, reader

WILL_SEE: Final = {
    Role.AUDITOR: _(
        "You will see the log here: who opened, changed or exported which case and when, "
        "without names and without a word of any report."
    ),
    Role.ANALYST: _(
        "You will see numbers here: reports by town, by sex, by method and by agency, without "
        "anybody who could be recognised."
    ),
    Role.LAWYER: _(
        "You will see the cases here that a coordinator gave to you, with their deadlines."
    ),
    Role.FILING_LAWYER: _(
        "You will see the reports here that you sent for your clients, and the answers to them."
    ),
    Role.PSYCHOLOGIST: _(
        "You will see the people here whom a coordinator asked you to talk to, and nobody else."
    ),
    Role.DOCTOR: _(
        "You will see the people here whom a coordinator asked you to examine, and nobody else."
    ),
    Role.ADMINISTRATOR: _(
        "You will see members and settings here. An administrator reads no report, and no key "
        "on the server opens one for you."
    ),
}

oversight = staff_pages.install(Blueprint("oversight", __name__))


@oversight.get("/oversight/")
@permitted()
def later() -> ResponseReturnValue:
    """One sentence for each role that has no pages of its own yet."""
    if reader().may(Permission.READ_QUEUE):
        return redirect(places.home(reader()), 303)
    said = [words for role, words in WILL_SEE.items() if role in reader().roles]
    return render_template("desk/later.html", said=said)
