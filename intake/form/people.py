"""Questions about people: who reports, how to answer safely, and whom it happened to."""

from datetime import date
from typing import Final

from intake.form.compartments import Compartment
from intake.form.questions import (
    AnyQuestion,
    Choice,
    Choices,
    Day,
    LongText,
    Number,
    Text,
    Tick,
)
from intake.form.states import UNSAID, UNSURE_OR_UNSAID
from intake.form.text import _

_IDENTITY: Final = Compartment.IDENTITY
_FACTS: Final = Compartment.FACTS

REPORTER_ROLE = Choice(
    "reporter_role",
    _("Which of these are you?"),
    vocabulary="reporter_role",
    compartment=_FACTS,
)
RELATIONSHIP = Choice(
    "relationship",
    _("Who are you to the person?"),
    vocabulary="relationship",
    compartment=_IDENTITY,
)
REPORTER_NAME = Text(
    "reporter_name",
    _("Your name"),
    hint=_("You can leave this empty or use another name."),
    states=UNSAID,
    compartment=_IDENTITY,
)
VICTIM_KNOWLEDGE = Choice(
    "victim_knowledge",
    _("Does the person know about this report?"),
    vocabulary="victim_knowledge",
    states=UNSAID,
    compartment=_FACTS,
)
CONTACT_METHOD = Choices(
    "contact_method",
    _("How may we answer you?"),
    vocabulary="contact_method",
    compartment=_FACTS,
)
CONTACT_VALUE = Text(
    "contact_value", _("Number, name or address for this way"), compartment=_IDENTITY
)
CONTACT_HOURS = Text(
    "contact_hours", _("When is it safe, and who else sees this phone?"), compartment=_IDENTITY
)
PHONE_SEEN_BY = Text(
    "phone_seen_by",
    _("Who else sees this phone or reads these letters?"),
    hint=_("For example: my mother; the phone was taken by the police for a day."),
    compartment=_IDENTITY,
)
CONTACT_RULES = Choices(
    "contact_rules",
    _("What should we take care of when we contact you?"),
    vocabulary="contact_rule",
    compartment=_IDENTITY,
)
CODE_WORD = Text(
    "code_word",
    _("A word by which you will know us"),
    hint=_("Whoever contacts you for us will say this word first."),
    compartment=_IDENTITY,
)
CONSENT_CONTACT = Tick(
    "consent_contact", _("You may contact me in this way"), compartment=_FACTS
)
CONSENT = Choices("consent", _("What do you allow?"), vocabulary="consent", compartment=_FACTS)
PREFERRED_HANDLER_GENDER = Choice(
    "preferred_handler_gender",
    _("Whom would you rather talk to?"),
    vocabulary="handler_gender",
    hint=_("We keep to this. If nobody fits, we tell you so and ask you again."),
    compartment=_IDENTITY,
)
INTERPRETER_LANGUAGE = Choices(
    "interpreter_language",
    _("In which languages is it easiest to talk?"),
    vocabulary="language",
    compartment=_IDENTITY,
)
TRAINED_ONLY = Tick(
    "trained_only",
    _("Let only a specially trained person read what I write"),
    compartment=_FACTS,
)

VICTIM_NAME = Text(
    "victim_name",
    _("Name of the person"),
    own=_("Your name"),
    hint=_("A first name or initials are enough."),
    states=UNSURE_OR_UNSAID,
    compartment=_IDENTITY,
)
OTHER_NAMES = Text(
    "other_names",
    _("Other names of the person"),
    own=_("Other names you have"),
    hint=_("For example: an earlier surname, or a spelling in a passport."),
    compartment=_IDENTITY,
)
VICTIM_BIRTH_DATE = Day(
    "victim_birth_date",
    _("When was the person born?"),
    own=_("When were you born?"),
    hint=_("The year alone is enough."),
    earliest=date(1900, 1, 1),
    states=UNSURE_OR_UNSAID,
    compartment=_IDENTITY,
)
VICTIM_AGE = Number(
    "victim_age",
    _("How old is the person now?"),
    own=_("How old are you now?"),
    most=120,
    compartment=_IDENTITY,
)
AGE_BAND_THEN = Choice(
    "age_band_then",
    _("How old was the person when it happened?"),
    own=_("How old were you when it happened?"),
    vocabulary="age_band",
    states=UNSAID,
    compartment=_FACTS,
)
VICTIM_SEX = Choice(
    "victim_sex", _("Is the person…"), own=_("Are you…"), vocabulary="sex", compartment=_FACTS
)
NATIONALITY = Text(
    "nationality",
    _("Citizenship of the person"),
    own=_("Your citizenship"),
    hint=_("It matters if somebody may be sent out of the country."),
    states=UNSURE_OR_UNSAID,
    compartment=_IDENTITY,
)
OCCUPATION_PROFILE = Choices(
    "occupation_profile",
    _("Which of these could be a reason for it?"),
    vocabulary="occupation_profile",
    states=UNSAID,
    compartment=_FACTS,
)
VULNERABILITY = Choices(
    "vulnerability",
    _("Does any of this make the danger greater?"),
    hint=_("We ask because it changes how fast and in what way we should help."),
    vocabulary="vulnerability",
    states=UNSAID,
    compartment=_FACTS,
)
HOME_REGION = Choice(
    "home_region",
    _("Where is the home of the person?"),
    own=_("Where do you live?"),
    vocabulary="region",
    states=UNSAID,
    compartment=_IDENTITY,
)
ADDRESS = Text(
    "address",
    _("Home address"),
    hint=_("Only if somebody should be able to find the person there."),
    states=UNSAID,
    compartment=_IDENTITY,
)
VICTIMS_COUNT = Number(
    "victims_count",
    _("How many people did it happen to?"),
    hint=_("A rough number is fine. Count the person you write about too."),
    least=1,
    compartment=_FACTS,
)
SAFETY_NOTE = LongText(
    "safety_note",
    _("Who could harm you or the person because of this report?"),
    hint=_("Before each step we think about this with you."),
    rows=4,
    compartment=_IDENTITY,
)

QUESTIONS: Final[tuple[AnyQuestion, ...]] = (
    REPORTER_ROLE,
    RELATIONSHIP,
    REPORTER_NAME,
    VICTIM_KNOWLEDGE,
    CONTACT_METHOD,
    CONTACT_VALUE,
    CONTACT_HOURS,
    PHONE_SEEN_BY,
    CONTACT_RULES,
    CODE_WORD,
    CONSENT_CONTACT,
    CONSENT,
    PREFERRED_HANDLER_GENDER,
    INTERPRETER_LANGUAGE,
    TRAINED_ONLY,
    VICTIM_NAME,
    OTHER_NAMES,
    VICTIM_BIRTH_DATE,
    VICTIM_AGE,
    AGE_BAND_THEN,
    VICTIM_SEX,
    NATIONALITY,
    OCCUPATION_PROFILE,
    VULNERABILITY,
    HOME_REGION,
    ADDRESS,
    VICTIMS_COUNT,
    SAFETY_NOTE,
)
