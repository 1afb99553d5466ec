"""Questions about what doctors found, what is still there, and what papers say of a death."""

from typing import Final

from intake.form.aftermath import INJURY
from intake.form.compartments import Compartment
from intake.form.questions import AnyQuestion, Choices, Day, LongText, Text
from intake.form.states import UNSURE, UNSURE_OR_UNSAID
from intake.form.text import _

_ACCOUNT: Final = Compartment.ACCOUNT

INJURY_STILL = Choices(
    "injury_still",
    _("Which of them are still there?"),
    vocabulary="injury",
    among=INJURY,
    compartment=_ACCOUNT,
)
DOCTOR = Text(
    "doctor",
    _("Which doctor or hospital was it?"),
    hint=_("We ask no doctor about the person without a yes."),
    states=UNSURE_OR_UNSAID,
    compartment=_ACCOUNT,
)
SEEN_ON = Day(
    "seen_on",
    _("On which day was it?"),
    hint=_("If it was several times: the first day."),
    states=UNSURE,
    compartment=_ACCOUNT,
)
DEATH_PAPERS = LongText(
    "death_papers",
    _("What do the papers say?"),
    hint=_("The death certificate, the examination of the body: what cause, who signed?"),
    rows=4,
    compartment=_ACCOUNT,
)

QUESTIONS: Final[tuple[AnyQuestion, ...]] = (
    INJURY_STILL,
    DOCTOR,
    SEEN_ON,
    DEATH_PAPERS,
)
