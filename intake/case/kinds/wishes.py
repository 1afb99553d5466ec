"""What the person allows or objects to, a child's own yes, and when nobody can be asked."""

from typing import Final

from intake.case.kinds.kind import Kind, always, page
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.questions import AnyQuestion, Choice, Choices, Day, LongText, Tick
from intake.form.text import _

_WORK: Final = Compartment.WORK

CONSENT_CHANGE = Choice(
    "consent_change",
    _("Given or taken back?"),
    vocabulary="consent_change",
    compartment=_WORK,
)
CONSENT_CODES = Choices(
    "consent_codes", _("Which permission?"), vocabulary="consent", compartment=_WORK
)
CONSENT_BY = Choice(
    "consent_by",
    _("Who said so?"),
    vocabulary="consent_giver",
    codes=("victim", "guardian_assent", "representative", "family_deceased_missing"),
    compartment=_WORK,
)
CONSENT_HOW = Choice("consent_how", _("How?"), vocabulary="told_how", compartment=_WORK)
CONSENT_ON = Day("consent_on", _("On which day?"), compartment=_WORK)
CONSENT_UNTIL = Day(
    "consent_until_day",
    _("Until which day does it hold?"),
    hint=_("Leave this empty if it holds until it is taken back."),
    future=True,
    compartment=_WORK,
)
CONSENT_SEXUAL = Tick(
    "consent_sexual",
    _("It was said plainly that sexual violence is part of what goes out"),
    compartment=_WORK,
)

OBJECTS = Choice(
    "objects",
    _("Does the person object to anything now?"),
    hint=_("“No” ends every objection that stands."),
    vocabulary="yes_no",
    codes=("yes", "no"),
    compartment=_WORK,
)
OBJECTS_TO = Choices(
    "objects_to",
    _("To what does the person object now?"),
    hint=_("What stands already is ticked. Change only what the person changed."),
    vocabulary="objection",
    compartment=_WORK,
)
OBJECTION_WORDS = LongText(
    "objection_words", _("What did the person say?"), rows=4, compartment=_WORK
)

ASSENT = Choice("assent", _("Does the child agree?"), vocabulary="assent", compartment=_WORK)
GUARDIAN_INVOLVED = Choice(
    "guardian_involved",
    _(
        "Could the parent or guardian be involved in what was done, or refuse against the "
        "child's interest?"
    ),
    vocabulary="yes_no",
    codes=("yes", "no", "unknown"),
    compartment=_WORK,
)
ASSENT_WHY = LongText(
    "assent_why",
    _("How was the child asked? If not, why not?"),
    rows=4,
    compartment=_WORK,
)

CANNOT_ASK_WHY = LongText(
    "cannot_ask_why", _("Why can the person not be asked?"), rows=3, compartment=_WORK
)
LEAST_DATA = LongText(
    "least_data",
    _("What is the least that must go out?"),
    hint=_("Only what saves life. No story, no names of others."),
    rows=3,
    compartment=_WORK,
)
VITAL_TO = LongText("vital_to", _("To whom?"), rows=2, compartment=_WORK)


def guardian_is_set_aside(answers: Answers) -> bool:
    """The guardian may be involved, so two coordinators decide without (E13)."""
    return answers[GUARDIAN_INVOLVED] == "yes"


def _what_it_is(answers: Answers) -> tuple[AnyQuestion, ...]:
    """Whoever objects objects to something."""
    return (OBJECTS_TO,) if answers[OBJECTS] == "yes" else ()


WISH_KINDS: Final = (
    Kind(
        "consent_recorded",
        _("Permission"),
        _("Save the permission"),
        page(
            "consent-recorded",
            _("A permission told by phone, on paper or in person"),
            CONSENT_CHANGE,
            CONSENT_CODES,
            CONSENT_BY,
            CONSENT_HOW,
            CONSENT_ON,
            CONSENT_UNTIL,
            CONSENT_SEXUAL,
        ),
        needed=(CONSENT_CHANGE, CONSENT_CODES, CONSENT_BY, CONSENT_HOW),
    ),
    Kind(
        "objection",
        _("Objection"),
        _("Save what the person said"),
        page("objection", _("The person objects"), OBJECTS, OBJECTS_TO, OBJECTION_WORDS),
        needed=(OBJECTS,),
        then_needed=_what_it_is,
    ),
    Kind(
        "assent",
        _("The child's own yes"),
        _("Save what the child said"),
        page("assent", _("Does the child agree?"), ASSENT, GUARDIAN_INVOLVED, ASSENT_WHY),
        needed=(ASSENT, GUARDIAN_INVOLVED, ASSENT_WHY),
        by_two=guardian_is_set_aside,
    ),
    Kind(
        "vital_interest",
        _("To save life"),
        _("Ask a second coordinator"),
        page(
            "vital-interest",
            _("To save life without asking"),
            CANNOT_ASK_WHY,
            LEAST_DATA,
            VITAL_TO,
            told=(
                _("Only when somebody is missing or in danger of life and cannot be asked."),
                _("Two coordinators decide. It holds for 24 hours; then look at it again."),
            ),
        ),
        needed=(CANNOT_ASK_WHY, LEAST_DATA, VITAL_TO),
        by_two=always,
    ),
)
