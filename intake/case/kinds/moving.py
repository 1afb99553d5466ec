"""What a move from stage to stage asks and writes down, the number, the date of erasing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from intake.case.kinds.kind import Kind, page
from intake.case.kinds.legal import UNDER_PRESSURE
from intake.case.kinds.wishes import CANNOT_ASK_WHY, LEAST_DATA, VITAL_TO
from intake.case.stages import Transition
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.questions import AnyQuestion, Choice, Day, LongText, Text, Tick
from intake.form.steps import Group, Step
from intake.form.text import _

_WORK: Final = Compartment.WORK

MOVED_FROM = Choice("moved_from", _("From stage"), vocabulary="stage", compartment=_WORK)
MOVED_TO = Choice("moved_to", _("To stage"), vocabulary="stage", compartment=_WORK)
MOVED_WAY = Choice("moved_way", _("Condition"), vocabulary="transition", compartment=_WORK)

LEVEL = Choice(
    "moved_level",
    _("How urgent is it?"),
    hint=_("Confirm the level or raise it. To lower it, two coordinators decide."),
    vocabulary="urgency",
    compartment=_WORK,
)
FIRST_ANSWER = Tick(
    "moved_first_answer",
    _("The first answer began the contact. Nobody confirmed the urgency."),
    compartment=_WORK,
)
OUTCOME = Choice(
    "moved_outcome", _("What is the outcome?"), vocabulary="outcome", compartment=_WORK
)
DUPLICATE: Final = "duplicate"
SAME_AS = Text(
    "moved_same_as",
    _("If it is a duplicate: of which case?"),
    hint=_(
        "That case goes on, with the earlier arrival and the higher urgency of both. What only "
        "this report tells, write down there first: limits, custody, hearings. Whoever wrote "
        "this report sees that it is closed: tell them first what happens now, and never that "
        "somebody else reported too."
    ),
    compartment=_WORK,
)
RECORD_OFFERED = Tick(
    "moved_record_offered", _("It was offered only to record the case"), compartment=_WORK
)
HOLD_REASON = Choice(
    "moved_hold_reason", _("Why does it wait?"), vocabulary="hold_reason", compartment=_WORK
)
TRY_AGAIN_ON = Day(
    "moved_try_again_on",
    _("On which day is the next try?"),
    hint=_("Within 30 days."),
    future=True,
    compartment=_WORK,
)
NEWS = LongText("moved_news", _("What is new?"), rows=4, compartment=_WORK)
LAST_CONTACT_ON = Day(
    "moved_last_contact_on",
    _("When did you last speak or write with the person?"),
    compartment=_WORK,
)
RETENTION_ON = Day(
    "retention_on",
    _("On which day is the case to be erased?"),
    future=True,
    compartment=_WORK,
)
ASKED_HOW = Choice(
    "moved_asked_how",
    _("How did the person ask for it?"),
    vocabulary="told_how",
    compartment=_WORK,
)
WHY = LongText("moved_why", _("Why?"), rows=4, compartment=_WORK)
WORDS = LongText("moved_words", _("What else matters?"), rows=4, compartment=_WORK)

NUMBER = Text("accepted_number", _("Number of the case"), compartment=_WORK)

_ENDING: Final = (OUTCOME, LAST_CONTACT_ON, RETENTION_ON, WORDS)
ASKED: Final[Mapping[str, tuple[AnyQuestion, ...]]] = {
    "received_to_screening": (),
    "screening_to_closed": (OUTCOME, SAME_AS, WHY, RETENTION_ON),
    "screening_to_contacting": (LEVEL, WORDS),
    "screening_to_consent_pending": (WORDS,),
    "screening_to_decision": (WORDS,),
    "contacting_to_assessment": (WORDS,),
    "contacting_to_on_hold": (TRY_AGAIN_ON, WORDS),
    "contacting_to_consent_pending": (WORDS,),
    "consent_pending_to_assessment": (WORDS,),
    "consent_pending_to_decision": (CANNOT_ASK_WHY, LEAST_DATA, VITAL_TO),
    "consent_pending_to_closed": (OUTCOME, RECORD_OFFERED, WORDS, RETENTION_ON),
    "assessment_to_decision": (WORDS,),
    "decision_to_active": (WORDS,),
    "decision_to_closed": (OUTCOME, WHY, RETENTION_ON),
    "active_to_monitoring": (WORDS,),
    "monitoring_to_active": (NEWS,),
    "active_to_on_hold": (HOLD_REASON, TRY_AGAIN_ON, WORDS),
    "on_hold_to_contacting": (WORDS,),
    "on_hold_to_closed": (OUTCOME, WORDS, RETENTION_ON),
    "active_to_closed": _ENDING,
    "monitoring_to_closed": _ENDING,
    "closed_to_screening": (NEWS,),
    "any_to_closed": (OUTCOME, ASKED_HOW, UNDER_PRESSURE, WORDS, RETENTION_ON),
    "any_to_erased": (ASKED_HOW, WORDS),
}
"""The questions of each way; the words of its condition stand over them."""


def page_of(way: Transition) -> Step:
    """What is asked when a case goes this way; `outcome` offers what the way may end with."""
    asked = (_for(way, question) for question in ASKED[way.code])
    return Step(way.code.replace("_", "-"), _("Change the stage"), (Group("", tuple(asked)),))


def _for(way: Transition, question: AnyQuestion) -> AnyQuestion:
    if question is OUTCOME:
        return replace(OUTCOME, codes=way.outcomes)
    return question


def moved(way: Transition, source: str, answers: Answers) -> Answers:
    """What the step of a move keeps: the answers with from, to and way."""
    known = answers.having(MOVED_FROM, source).having(MOVED_TO, way.target)
    return known.having(MOVED_WAY, way.code)


MOVING_KINDS: Final = (
    Kind(
        "moved",
        _("Stage changed"),
        _("Change the stage"),
        page(
            "moved",
            _("Stage changed"),
            MOVED_FROM,
            MOVED_TO,
            MOVED_WAY,
            LEVEL,
            FIRST_ANSWER,
            OUTCOME,
            SAME_AS,
            RECORD_OFFERED,
            HOLD_REASON,
            TRY_AGAIN_ON,
            NEWS,
            ASKED_HOW,
            UNDER_PRESSURE,
            CANNOT_ASK_WHY,
            LEAST_DATA,
            VITAL_TO,
            LAST_CONTACT_ON,
            RETENTION_ON,
            WHY,
            WORDS,
        ),
        automatic=True,
    ),
    Kind(
        "acceptance",
        _("Accepted"),
        _("Accept the case"),
        page("acceptance", _("The case gets its number"), NUMBER),
        automatic=True,
    ),
    Kind(
        "retention",
        _("Date of erasing"),
        _("Save the date"),
        page("retention", _("When the case is to be erased"), RETENTION_ON, WORDS),
        needed=(RETENTION_ON,),
    ),
)
