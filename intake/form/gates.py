"""Questions that open or close other pages, so that nobody meets a list against their will."""

from typing import Final

from intake.form.compartments import Compartment
from intake.form.questions import AnyQuestion, Choice, Choices
from intake.form.text import _

_ACCOUNT: Final = Compartment.ACCOUNT

UNDER_NON_DISCLOSURE = Choice(
    "under_non_disclosure",
    _("Did you have to sign a paper that forbids you to speak about the case?"),
    hint=_("If you did, we ask nothing out of the case file."),
    vocabulary="yes_no",
    compartment=Compartment.FACTS,
)
IN_DETAIL = Choice(
    "in_detail",
    _("Do you want to go through short lists of what was done?"),
    hint=_("Your own words are enough. A list helps if something is hard to put into words."),
    vocabulary="yes_no",
    codes=("yes", "no"),
    compartment=_ACCOUNT,
)
METHOD_GROUP = Choices(
    "method_group",
    _("Which of these was done? We then ask about these alone."),
    vocabulary="method_group",
    codes=(
        "blunt",
        "asphyxia",
        "position",
        "wounds",
        "environment",
        "psych",
        "denial",
        "other",
    ),
    compartment=_ACCOUNT,
)
SEXUAL_CHOICE = Choice(
    "sexual_choice",
    _("Was there anything sexual in what they did or said?"),
    hint=_(
        "It happens to men and to women, and it is never the fault of the person. "
        "Whatever you choose, help does not depend on it."
    ),
    vocabulary="sexual_choice",
    compartment=Compartment.INTIMATE,
)
# Asked before the list in parts gave way to one list with pictures; kept for who answered it.
BODY_PART = Choices(
    "body_part",
    _("Where on the body?"),
    vocabulary="body_part",
    compartment=_ACCOUNT,
)

QUESTIONS: Final[tuple[AnyQuestion, ...]] = (
    UNDER_NON_DISCLOSURE,
    IN_DETAIL,
    METHOD_GROUP,
    SEXUAL_CHOICE,
    BODY_PART,
)
