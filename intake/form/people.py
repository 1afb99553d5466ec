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
from intake.form.text import _

_IDENTITY: Final = Compartment.IDENTITY
_FACTS: Final = Compartment.FACTS

REPORTER_ROLE = Choice(
    "reporter_role",
    _("Who are you in this story?"),
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
    compartment=_IDENTITY,
)
ORGANISATION = Text("organisation", _("Your organisation"), compartment=_IDENTITY)
LAWYER_LICENCE = Text("lawyer_licence", _("Your licence number"), compartment=_IDENTITY)
AUTHORITY_DOC = Choices(
    "authority_doc",
    _("Which paper shows that you act for the person?"),
    vocabulary="authority_doc",
    compartment=_IDENTITY,
)
VICTIM_KNOWLEDGE = Choice(
    "victim_knowledge",
    _("Does the person know about this report?"),
    vocabulary="victim_knowledge",
    compartment=_FACTS,
)
CONTACT_METHOD = Choices(
    "contact_method",
    _("How may we answer you?"),
    vocabulary="contact_method",
    compartment=_FACTS,
)
CONTACT_VALUE = Text(
    "contact_value",
    _("Number, name or address for this way"),
    compartment=_IDENTITY,
)
CONTACT_HOURS = Text(
    "contact_hours",
    _("When is it safe, and who else sees this phone?"),
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
    "consent_contact",
    _("You may contact me in this way"),
    compartment=_FACTS,
)
CONSENT = Choices(
    "consent",
    _("What do you allow?"),
    vocabulary="consent",
    compartment=_FACTS,
)
PREFERRED_HANDLER_GENDER = Choice(
    "preferred_handler_gender",
    _("Whom would you rather talk to?"),
    vocabulary="sex",
    codes=("female", "male"),
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
    hint=_("A first name or initials are enough."),
    compartment=_IDENTITY,
)
OTHER_NAMES = Text("other_names", _("Other names of the person"), compartment=_IDENTITY)
VICTIM_BIRTH_DATE = Day(
    "victim_birth_date",
    _("When was the person born?"),
    earliest=date(1900, 1, 1),
    compartment=_IDENTITY,
)
VICTIM_AGE = Number(
    "victim_age",
    _("How old is the person now?"),
    most=120,
    compartment=_IDENTITY,
)
AGE_BAND_THEN = Choice(
    "age_band_then",
    _("How old was the person when it happened?"),
    vocabulary="age_band",
    compartment=_FACTS,
)
VICTIM_SEX = Choice("victim_sex", _("Is the person…"), vocabulary="sex", compartment=_FACTS)
NATIONALITY = Text("nationality", _("Citizenship of the person"), compartment=_IDENTITY)
OCCUPATION_PROFILE = Choices(
    "occupation_profile",
    _("What does the person do that could be a reason for this?"),
    vocabulary="occupation_profile",
    compartment=_FACTS,
)
VULNERABILITY = Choices(
    "vulnerability",
    _("Does any of this make the danger greater?"),
    vocabulary="vulnerability",
    compartment=_FACTS,
)
HOME_REGION = Choice(
    "home_region",
    _("Where does the person live?"),
    vocabulary="region",
    compartment=_IDENTITY,
)
ADDRESS = Text("address", _("Home address"), compartment=_IDENTITY)
VICTIMS_COUNT = Number(
    "victims_count",
    _("How many people did it happen to?"),
    least=1,
    compartment=_FACTS,
)
SAFETY_NOTE = LongText(
    "safety_note",
    _("Who could harm you or the person because of this report?"),
    compartment=_IDENTITY,
)

QUESTIONS: Final[tuple[AnyQuestion, ...]] = (
    REPORTER_ROLE,
    RELATIONSHIP,
    REPORTER_NAME,
    ORGANISATION,
    LAWYER_LICENCE,
    AUTHORITY_DOC,
    VICTIM_KNOWLEDGE,
    CONTACT_METHOD,
    CONTACT_VALUE,
    CONTACT_HOURS,
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
