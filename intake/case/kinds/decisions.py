"""Decisions of the state that can be appealed, and what was done against them."""

from typing import Final

from intake.case.kinds.kind import Kind, page
from intake.case.kinds.legal import LEGAL, OURS
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.questions import Choice, Day, LongText, Text
from intake.form.text import _

_WORK: Final = Compartment.WORK

DECISION = Choice("decision", _("What was decided?"), vocabulary="decision", compartment=_WORK)
DECISION_BY = Choice(
    "decision_by", _("Who decided it?"), vocabulary="decider", compartment=_WORK
)
DECIDED_ON = Day("decided_on", _("Decided on which day?"), compartment=_WORK)
LEARNED_ON = Day(
    "learned_on",
    _("When did the person or the lawyer learn of it?"),
    hint=_("The days for a complaint to the court are counted from here."),
    compartment=_WORK,
)
APPEAL_UNTIL = Day(
    "appeal_until",
    _("Until which day can it be appealed, as the paper says?"),
    hint=_("If the paper names a day, that day counts."),
    future=True,
    compartment=_WORK,
)
DECISION_NUMBER = Text("decision_number", _("Number of the paper"), compartment=_WORK)

APPEAL_RESULT = Choice(
    "appeal_result", _("What was done about it?"), vocabulary="appeal_result", compartment=_WORK
)
APPEAL_BY = Choice("appeal_by", _("Who filed it?"), vocabulary="filed_by", compartment=_WORK)
APPEAL_WHERE = Text("appeal_where", _("To which court or body?"), compartment=_WORK)
APPEAL_ON = Day("appeal_on", _("On which day?"), compartment=_WORK)
APPEAL_WORDS = LongText("appeal_words", _("What else matters?"), rows=4, compartment=_WORK)


def _goes_out(answers: Answers) -> bool:
    return answers[APPEAL_RESULT] == "filed" and answers[APPEAL_BY] == OURS


DECISION_KINDS: Final = (
    Kind(
        "decision",
        _("Decision"),
        _("Save the decision"),
        page(
            "decision",
            _("A decision of the state"),
            DECISION,
            DECISION_BY,
            DECIDED_ON,
            LEARNED_ON,
            APPEAL_UNTIL,
            DECISION_NUMBER,
        ),
        needed=(DECISION, LEARNED_ON),
        track=LEGAL,
        about=("complaint",),
    ),
    Kind(
        "appeal",
        _("Appeal"),
        _("Save the appeal"),
        page(
            "appeal",
            _("Against a decision"),
            APPEAL_RESULT,
            APPEAL_BY,
            APPEAL_WHERE,
            APPEAL_ON,
            APPEAL_WORDS,
        ),
        needed=(APPEAL_RESULT,),
        track=LEGAL,
        act="state_complaint",
        goes_out=_goes_out,
        about=("decision",),
    ),
)
