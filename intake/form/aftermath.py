"""Questions about what followed: injuries, doctors, death, the law, pressure and help."""

from typing import Final

from intake.form.body import Marks, Regions
from intake.form.compartments import Compartment
from intake.form.questions import AnyQuestion, Choice, Choices, Day, LongText, Text, TimeOfDay
from intake.form.states import UNSAID, UNSURE, UNSURE_OR_UNSAID
from intake.form.text import _

_ACCOUNT: Final = Compartment.ACCOUNT
_FACTS: Final = Compartment.FACTS


INJURY = Choices(
    "injury",
    _("What injuries or troubles came of it?"),
    vocabulary="injury",
    hint=_("Marks on the body are not needed for help."),
    compartment=_FACTS,
)
BODY_REGION = Regions(
    "body_region",
    _("Where on the body?"),
    vocabulary="body_region",
    compartment=_ACCOUNT,
)
BODY_MARK = Marks(
    "body_mark",
    _("What is there, place by place?"),
    vocabulary="body_mark",
    compartment=_ACCOUNT,
)
STILL_PRESENT = Choice(
    "still_present",
    _("Are these troubles still there now?"),
    vocabulary="yes_no",
    compartment=_FACTS,
)
INJURY_WORDS = LongText(
    "injury_words", _("The injuries in your own words"), rows=4, compartment=_ACCOUNT
)
MEDICAL_EXAM = Choices(
    "medical_exam",
    _("Has a doctor seen the person?"),
    own=_("Has a doctor seen you?"),
    vocabulary="medical_exam",
    compartment=_FACTS,
)
MEDICAL_WORDS = LongText(
    "medical_words",
    _("Which doctor, where and when, and what was found?"),
    rows=4,
    compartment=_ACCOUNT,
)
DIED_ON = Day(
    "died_on",
    _("On which day did the person die?"),
    states=UNSURE,
    compartment=_FACTS,
)
DIED_IN_CUSTODY = Choice(
    "died_in_custody",
    _("Did the person die while held, or from what was done?"),
    vocabulary="yes_no",
    compartment=_FACTS,
)
BURIAL_OR_AUTOPSY_PENDING = Choice(
    "burial_or_autopsy_pending",
    _("Is the burial or the examination of the body still to come?"),
    vocabulary="yes_no",
    compartment=_FACTS,
)
CASE_STATUS = Choice(
    "case_status",
    _("Is there a case against the person?"),
    own=_("Is there a case against you?"),
    vocabulary="case_status",
    states=UNSAID,
    compartment=_FACTS,
)
ARTICLE_CHARGED = Text(
    "article_charged",
    _("Under which article?"),
    hint=_("We do not ask whether it is true. This helps a lawyer."),
    states=UNSURE_OR_UNSAID,
    compartment=_ACCOUNT,
)
SIGNED = Choices(
    "signed",
    _("Did the person have to sign papers?"),
    own=_("Did you have to sign papers?"),
    vocabulary="signed",
    states=UNSAID,
    compartment=_FACTS,
)
LAWYER_ACCESS = Choice(
    "lawyer_access",
    _("Does the person have a lawyer?"),
    own=_("Do you have a lawyer?"),
    vocabulary="lawyer_access",
    states=UNSAID,
    compartment=_FACTS,
)
FAMILY_ACCESS = Choice(
    "family_access",
    _("Is the family let in?"),
    own=_("Is your family let in?"),
    vocabulary="yes_no",
    compartment=_FACTS,
)
LEGAL_STEP = Choices(
    "legal_step",
    _("What has been done so far?"),
    vocabulary="legal_step",
    states=UNSAID,
    compartment=_FACTS,
)
COMPLAINT_FILED_ON = Day(
    "complaint_filed_on",
    _("On which day was the complaint handed in?"),
    compartment=_FACTS,
)
ERDR_NUMBER = Text("erdr_number", _("Number in the register (ERDR)"), compartment=_ACCOUNT)
DEADLINE_ON = Day(
    "deadline_on",
    _("Until which day must something be handed in?"),
    future=True,
    compartment=_FACTS,
)
HEARING_ON = Day(
    "hearing_on",
    _("On which day is the next court hearing?"),
    future=True,
    compartment=_FACTS,
)
HEARING_TIME = TimeOfDay("hearing_time", _("At what time?"), compartment=_FACTS)
REMOVAL_ON = Day(
    "removal_on",
    _("On which day may the person be taken out of the country or far away?"),
    own=_("On which day may you be taken out of the country or far away?"),
    future=True,
    compartment=_FACTS,
)
REPRISAL = Choices(
    "reprisal",
    _("Are there threats or pressure now?"),
    vocabulary="reprisal",
    states=UNSAID,
    compartment=_FACTS,
)
NEED = Choices("need", _("What help is needed?"), vocabulary="need", compartment=_FACTS)
EVIDENCE = Choices(
    "evidence",
    _("What is there that shows what happened?"),
    vocabulary="evidence",
    hint=_("You do not have to have anything."),
    states=UNSAID,
    compartment=_FACTS,
)
URGENT_SIGNS = Choices(
    "urgent_signs",
    _("Does any of this apply now?"),
    vocabulary="urgent_sign",
    states=UNSAID,
    compartment=_FACTS,
)

QUESTIONS: Final[tuple[AnyQuestion, ...]] = (
    INJURY,
    BODY_REGION,
    BODY_MARK,
    STILL_PRESENT,
    INJURY_WORDS,
    MEDICAL_EXAM,
    MEDICAL_WORDS,
    DIED_ON,
    DIED_IN_CUSTODY,
    BURIAL_OR_AUTOPSY_PENDING,
    CASE_STATUS,
    ARTICLE_CHARGED,
    SIGNED,
    LAWYER_ACCESS,
    FAMILY_ACCESS,
    LEGAL_STEP,
    COMPLAINT_FILED_ON,
    ERDR_NUMBER,
    DEADLINE_ON,
    HEARING_ON,
    HEARING_TIME,
    REMOVAL_ON,
    REPRISAL,
    NEED,
    EVIDENCE,
    URGENT_SIGNS,
)
