"""Questions about who acts for the person by profession: by which paper, and for how long."""

from typing import Final

from intake.form.compartments import Compartment
from intake.form.questions import AnyQuestion, Choices, Day, Text
from intake.form.text import _

_IDENTITY: Final = Compartment.IDENTITY

ORGANISATION = Text("organisation", _("Your organisation"), compartment=_IDENTITY)
LAWYER_LICENCE = Text("lawyer_licence", _("Your licence number"), compartment=_IDENTITY)
AUTHORITY_DOC = Choices(
    "authority_doc",
    _("Which paper shows that you act for the person?"),
    hint=_("You do not need one to report. Later we need it to act in the person's name."),
    vocabulary="authority_doc",
    compartment=_IDENTITY,
)
AUTHORITY_UNTIL = Day(
    "authority_until",
    _("Until when is this paper good?"),
    hint=_("Leave this empty if the paper names no last day."),
    future=True,
    compartment=_IDENTITY,
)
CLIENT_NAME_FOR_US = Text(
    "client_name_for_us",
    _("A name by which you and we speak of this client"),
    hint=_("Not the real name, where others may read your papers."),
    compartment=_IDENTITY,
)

QUESTIONS: Final[tuple[AnyQuestion, ...]] = (
    ORGANISATION,
    LAWYER_LICENCE,
    AUTHORITY_DOC,
    AUTHORITY_UNTIL,
    CLIENT_NAME_FOR_US,
)
