"""The town where it happened: as it was said, and which one of the list it is."""

from typing import Final

from intake.form.compartments import Compartment
from intake.form.places import find_localities
from intake.form.questions import AnyQuestion, Sought, Text
from intake.form.text import _

TOWN_SAID = Text(
    "town_said",
    _("In which town or village did it happen?"),
    hint=_("In any spelling. Old names are known too."),
    compartment=Compartment.ACCOUNT,
)
TOWN = Sought(
    "town",
    _("Which of these towns is it?"),
    vocabulary="locality",
    by=TOWN_SAID,
    find=find_localities,
    compartment=Compartment.FACTS,
)

QUESTIONS: Final[tuple[AnyQuestion, ...]] = (TOWN_SAID, TOWN)
