"""Questions about the event: where the person is, what was done, where, when and by whom."""

from typing import Final

from intake.form.compartments import Compartment
from intake.form.questions import (
    AnyQuestion,
    Choice,
    Choices,
    Day,
    LongText,
    Text,
    TimeOfDay,
)
from intake.form.states import UNSAID, UNSURE, UNSURE_OR_UNSAID
from intake.form.text import _

_ACCOUNT: Final = Compartment.ACCOUNT
_FACTS: Final = Compartment.FACTS
_ROUGH: Final = _("A rough date is fine.")

VICTIM_STATUS = Choice(
    "victim_status",
    _("Where is the person now?"),
    own=_("Where are you now?"),
    vocabulary="victim_status",
    states=UNSAID,
    compartment=_FACTS,
)
CUSTODY_PLACE = Text(
    "custody_place",
    _("Town and place"),
    hint=_("For example: Taldykorgan, police station. Write what you know."),
    compartment=_ACCOUNT,
)
CUSTODY_ACKNOWLEDGED = Choice(
    "custody_acknowledged",
    _("Do the authorities say that they hold the person?"),
    own=_("Do the authorities say that they hold you?"),
    vocabulary="custody_acknowledged",
    compartment=_FACTS,
)
DETAINED_ON = Day(
    "detained_on",
    _("On which day was the person taken?"),
    own=_("On which day were you taken?"),
    hint=_ROUGH,
    states=UNSURE,
    compartment=_FACTS,
)
DETAINED_TIME = TimeOfDay("detained_time", _("At what time?"), compartment=_FACTS)
REGISTERED_ON = Day(
    "registered_on",
    _("On which day was the detention written down?"),
    hint=_("Often it is written down later than it began. The difference matters."),
    states=UNSURE,
    compartment=_FACTS,
)
RELEASED_ON = Day(
    "released_on",
    _("On which day was the person let go?"),
    own=_("On which day were you let go?"),
    hint=_ROUGH,
    states=UNSURE,
    compartment=_FACTS,
)
EVENT_CONTEXT = Choices(
    "event_context",
    _("What was it connected with?"),
    vocabulary="event_context",
    states=UNSAID,
    compartment=_FACTS,
)
REGION_OF_EVENT = Choice(
    "region_of_event",
    _("In which region did it happen?"),
    vocabulary="region",
    compartment=_FACTS,
)
PLACE_TYPE = Choices(
    "place_type",
    _("In what kind of place did it happen?"),
    vocabulary="place_type",
    states=UNSAID,
    compartment=_FACTS,
)
PLACE_NAME = Text(
    "place_name",
    _("Name and address of the place"),
    hint=_("For example: the police station beside the market. Write what you know."),
    states=UNSURE_OR_UNSAID,
    compartment=_ACCOUNT,
)
PLACE_DETAIL = LongText(
    "place_detail",
    _("What did the place look like?"),
    hint=_("A door, a floor, a sound, a smell: small things help to find it."),
    rows=4,
    compartment=_ACCOUNT,
)
ACT_DATE_FROM = Day(
    "act_date_from",
    _("When did it begin?"),
    hint=_ROUGH,
    states=UNSURE_OR_UNSAID,
    compartment=_FACTS,
)
ACT_DATE_TO = Day(
    "act_date_to",
    _("When did it happen for the last time?"),
    hint=_("We ask because doctors can see some things for a few days only."),
    states=UNSURE_OR_UNSAID,
    compartment=_FACTS,
)
ACT_TIME_TO = TimeOfDay("act_time_to", _("At what time?"), compartment=_FACTS)
CONTINUES = Choice(
    "continues",
    _("Does it still go on?"),
    vocabulary="yes_no",
    compartment=_FACTS,
)
PHASE = Choices(
    "phase",
    _("At what moment was it?"),
    vocabulary="phase",
    states=UNSAID,
    compartment=_FACTS,
)
NARRATIVE = LongText(
    "narrative",
    _("What happened, in your own words"),
    hint=_("A few words are enough. You can add more later."),
    max_length=40_000,  # three hours of writing; one request holds it in Cyrillic
    compartment=_ACCOUNT,
)
METHOD = Choices(
    "method",
    _("What was done to the person?"),
    own=_("What was done to you?"),
    vocabulary="method",
    hint=_("Choose what you want to. You can leave this empty."),
    compartment=_FACTS,
)
INTIMATE_NARRATIVE = LongText(
    "intimate_narrative",
    _("What you want to say about sexual violence"),
    hint=_("Only a specially trained person reads this. Help does not depend on it."),
    compartment=Compartment.INTIMATE,
)
PURPOSE = Choices(
    "purpose",
    _("Why did they do it, as the person understood?"),
    own=_("Why did they do it, as you understood?"),
    vocabulary="purpose",
    states=UNSAID,
    compartment=_FACTS,
)
WORDS_SAID = LongText("words_said", _("What did they say?"), rows=4, compartment=_ACCOUNT)
AGENCY = Choices(
    "agency",
    _("Which service were they from?"),
    vocabulary="agency",
    states=UNSAID,
    compartment=_FACTS,
)
PERPETRATORS_TEXT = LongText(
    "perpetrators_text",
    _("Who did it?"),
    hint=_("Names, ranks, faces, clothes, a car number: whatever you remember."),
    rows=4,
    compartment=_ACCOUNT,
)
SEARCH_STEPS = LongText(
    "search_steps",
    _("What has been done to find the person?"),
    hint=_("Where did you ask, when, and what was said?"),
    rows=4,
    compartment=_ACCOUNT,
)
PERPETRATOR_IN_POST = Choice(
    "perpetrator_in_post",
    _("Does somebody whom you can name still work in the same post?"),
    vocabulary="yes_no",
    compartment=_FACTS,
)
INVOLVEMENT = Choices(
    "involvement",
    _("What did each of them do?"),
    vocabulary="involvement",
    compartment=_FACTS,
)
WITNESSES = LongText(
    "witnesses",
    _("Who saw or heard it?"),
    hint=_("Names only if it is safe for them. We ask nobody without speaking to you first."),
    rows=4,
    compartment=_ACCOUNT,
)
CCTV_PLACE = Text(
    "cctv_place",
    _("Where could a camera have filmed it?"),
    hint=_("Films are often wiped after some days, so this can be urgent."),
    compartment=_ACCOUNT,
)

QUESTIONS: Final[tuple[AnyQuestion, ...]] = (
    VICTIM_STATUS,
    CUSTODY_PLACE,
    CUSTODY_ACKNOWLEDGED,
    DETAINED_ON,
    DETAINED_TIME,
    REGISTERED_ON,
    RELEASED_ON,
    EVENT_CONTEXT,
    REGION_OF_EVENT,
    PLACE_TYPE,
    PLACE_NAME,
    PLACE_DETAIL,
    ACT_DATE_FROM,
    ACT_DATE_TO,
    ACT_TIME_TO,
    CONTINUES,
    PHASE,
    NARRATIVE,
    METHOD,
    INTIMATE_NARRATIVE,
    PURPOSE,
    WORDS_SAID,
    AGENCY,
    PERPETRATORS_TEXT,
    SEARCH_STEPS,
    PERPETRATOR_IN_POST,
    INVOLVEMENT,
    WITNESSES,
    CCTV_PLACE,
)
