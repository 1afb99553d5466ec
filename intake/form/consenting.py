"""Questions about children and about who allows what, and until when."""

from typing import Final

from intake.form.compartments import Compartment
from intake.form.questions import AnyQuestion, Choice, Day, Text
from intake.form.text import _

_IDENTITY: Final = Compartment.IDENTITY

CHILD_WITH = Text(
    "child_with",
    _("Who is with the child now?"),
    own=_("Who is with you now?"),
    compartment=_IDENTITY,
)
SAFE_ADULT = Text(
    "safe_adult",
    _("With which grown-up is the child safe?"),
    own=_("Which grown-up do you trust?"),
    hint=_("A relative, a teacher, a neighbour, anybody. You can leave this empty."),
    compartment=_IDENTITY,
)
PARENTS_MAY_KNOW = Choice(
    "parents_may_know",
    _("May both parents know about this report?"),
    own=_("May your parents know about this report?"),
    hint=_("If not, we ask you first with whom we may speak."),
    vocabulary="yes_no",
    compartment=_IDENTITY,
)
CHILD_ASSENT = Choice(
    "child_assent",
    _("Does the child agree to this too?"),
    hint=_("A child who can understand it is asked as well. Without a yes we do not go on."),
    vocabulary="yes_no",
    compartment=_IDENTITY,
)
CONSENT_GIVER = Choice(
    "consent_giver",
    _("Who allows this?"),
    vocabulary="consent_giver",
    codes=("victim", "guardian_assent", "representative", "family_deceased_missing", "none"),
    compartment=_IDENTITY,
)
CONSENT_UNTIL = Day(
    "consent_until",
    _("Until which day does it hold?"),
    hint=_("Leave this empty if it holds until you take it back."),
    future=True,
    compartment=_IDENTITY,
)

QUESTIONS: Final[tuple[AnyQuestion, ...]] = (
    CHILD_WITH,
    SAFE_ADULT,
    PARENTS_MAY_KNOW,
    CHILD_ASSENT,
    CONSENT_GIVER,
    CONSENT_UNTIL,
)
