"""Things that may be several: other times, officers, other people, and steps taken."""

from typing import Final

from intake.form.compartments import Compartment
from intake.form.questions import Choice, Choices, Day, LongText, Repeated, Text
from intake.form.states import UNSAID, UNSURE
from intake.form.text import _

_ACCOUNT: Final = Compartment.ACCOUNT
_IDENTITY: Final = Compartment.IDENTITY

OCCASION_ON = Day(
    "occasion_on",
    _("On which day was it?"),
    hint=_("A rough date is fine."),
    states=UNSURE,
    compartment=_ACCOUNT,
)
OCCASION_PLACE = Text("occasion_place", _("Where was it?"), compartment=_ACCOUNT)
OCCASION_PLACE_TYPE = Choice(
    "occasion_place_type",
    _("In what kind of place?"),
    vocabulary="place_type",
    codes=(
        "street",
        "vehicle",
        "police_office",
        "ivs",
        "special_reception",
        "sizo",
        "knb_office",
        "colony",
        "makeshift",
        "other",
        "unknown",
    ),
    compartment=_ACCOUNT,
)
OCCASION_PHASE = Choices(
    "occasion_phase", _("At what moment was it?"), vocabulary="phase", compartment=_ACCOUNT
)
OCCASION_WORDS = LongText(
    "occasion_words", _("What happened then?"), rows=4, compartment=_ACCOUNT
)

OFFICER_NAME = Text(
    "officer_name",
    _("Name"),
    hint=_("Or what others called this person."),
    compartment=_ACCOUNT,
)
OFFICER_RANK = Text("officer_rank", _("Rank and post"), compartment=_ACCOUNT)
OFFICER_BADGE = Text("officer_badge", _("Number on the badge"), compartment=_ACCOUNT)
OFFICER_LOOKS = LongText(
    "officer_looks",
    _("What did this person look like?"),
    hint=_("Age, face, voice, clothes, a mask: whatever you remember."),
    rows=3,
    compartment=_ACCOUNT,
)
OFFICER_VEHICLE = Text("officer_vehicle", _("Car and its number"), compartment=_ACCOUNT)
OFFICER_INVOLVEMENT = Choices(
    "officer_involvement",
    _("What did this person do?"),
    vocabulary="involvement",
    compartment=_ACCOUNT,
)
OFFICER_IN_POST = Choice(
    "officer_in_post",
    _("Does this person still work in the same post?"),
    vocabulary="yes_no",
    compartment=_ACCOUNT,
)

PERSON_NAME = Text(
    "person_name",
    _("Name"),
    hint=_("A first name or initials are enough."),
    states=UNSAID,
    compartment=_IDENTITY,
)
PERSON_SEX = Choice("person_sex", _("Is the person…"), vocabulary="sex", compartment=_IDENTITY)
PERSON_AGE = Choice(
    "person_age",
    _("How old was the person when it happened?"),
    vocabulary="age_band",
    compartment=_IDENTITY,
)
PERSON_STATUS = Choice(
    "person_status",
    _("Where is the person now?"),
    vocabulary="victim_status",
    codes=("free", "police_custody", "sizo", "hospital_free", "missing", "deceased", "unknown"),
    compartment=_IDENTITY,
)
PERSON_KNOWS = Choice(
    "person_knows",
    _("Does the person know about this report?"),
    vocabulary="yes_no",
    compartment=_IDENTITY,
)
PERSON_CONTACT = Text(
    "person_contact",
    _("How can we reach this person safely?"),
    hint=_("Only if the person wants it. We do not write to anybody without a yes."),
    compartment=_IDENTITY,
)

STEP_KIND = Choice(
    "step_kind",
    _("What was it?"),
    vocabulary="legal_step",
    codes=(
        "oral",
        "prosecutor",
        "internal_security",
        "other_body",
        "ombudsman_npm",
        "erdr",
        "not_registered",
        "under_investigation",
        "requalified",
        "discontinued",
        "court_106",
        "trial",
        "conviction",
        "compensation",
        "un_sr",
        "un_committee",
        "media",
        "withdrawn",
    ),
    compartment=_ACCOUNT,
)
STEP_BODY = Text("step_body", _("To whom did it go?"), compartment=_ACCOUNT)
STEP_ON = Day("step_on", _("On which day?"), states=UNSURE, compartment=_ACCOUNT)
STEP_NUMBER = Text(
    "step_number", _("Number of the paper or in the register (ERDR)"), compartment=_ACCOUNT
)
STEP_ANSWER = LongText("step_answer", _("What was answered?"), rows=3, compartment=_ACCOUNT)
STEP_ANSWERED_ON = Day("step_answered_on", _("When was it answered?"), compartment=_ACCOUNT)
STEP_LIMIT = Day(
    "step_limit",
    _("Until which day can something be done about it?"),
    hint=_("If a paper names a day, write it here: we watch it with you."),
    future=True,
    compartment=_ACCOUNT,
)

OCCASIONS: Final = Repeated(
    "occasions",
    _("Another time"),
    _("Add another time"),
    (OCCASION_ON, OCCASION_PLACE, OCCASION_PLACE_TYPE, OCCASION_PHASE, OCCASION_WORDS),
    (OCCASION_ON.name, OCCASION_PLACE.name),
)
OFFICERS: Final = Repeated(
    "officers",
    _("One of those who did it"),
    _("Add one of them"),
    (
        OFFICER_NAME,
        OFFICER_RANK,
        OFFICER_BADGE,
        OFFICER_LOOKS,
        OFFICER_VEHICLE,
        OFFICER_INVOLVEMENT,
        OFFICER_IN_POST,
    ),
    (OFFICER_NAME.name, OFFICER_RANK.name, OFFICER_LOOKS.name),
)
PERSONS: Final = Repeated(
    "persons",
    _("Another person it happened to"),
    _("Add a person"),
    (PERSON_NAME, PERSON_SEX, PERSON_AGE, PERSON_STATUS, PERSON_KNOWS, PERSON_CONTACT),
    (PERSON_NAME.name, PERSON_AGE.name),
)
LEDGER: Final = Repeated(
    "ledger",
    _("A step that was taken"),
    _("Add a step"),
    (
        STEP_KIND,
        STEP_BODY,
        STEP_ON,
        STEP_NUMBER,
        STEP_ANSWER,
        STEP_ANSWERED_ON,
        STEP_LIMIT,
    ),
    (STEP_KIND.name, STEP_BODY.name, STEP_ON.name),
)
