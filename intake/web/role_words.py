"""What the roles of members are called, and what each of them may read, in one sentence."""

from collections.abc import Iterable
from typing import Final

from flask_babel import gettext

from intake.form.text import _
from intake.roles import Role

ROLES: Final = {
    Role.ADMINISTRATOR: _("Administrator"),
    Role.COORDINATOR: _("Coordinator"),
    Role.HANDLER: _("Trained handler"),
    Role.LAWYER: _("Lawyer"),
    Role.PSYCHOLOGIST: _("Psychologist"),
    Role.DOCTOR: _("Doctor"),
    Role.FILING_LAWYER: _("Filing lawyer"),
    Role.ANALYST: _("Analyst"),
    Role.AUDITOR: _("Auditor"),
}
WILL_SEE: Final = {
    Role.ANALYST: _(
        "You will see numbers here: reports by town, by sex, by method and by agency, without "
        "anybody who could be recognised."
    ),
    Role.FILING_LAWYER: _(
        "You will see the reports here that you sent for your clients, and the answers to them."
    ),
}
"""Roles whose pages come later."""


def in_words(roles: Iterable[Role]) -> str:
    """The roles in the order of the list: «Coordinator, Trained handler»."""
    held = set(roles)
    return ", ".join(gettext(words) for role, words in ROLES.items() if role in held)
