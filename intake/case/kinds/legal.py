"""The legal record: complaints, register number, qualification, who investigates."""

from typing import Final

from intake.case.kinds.kind import Kind, page
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.questions import Choice, Day, LongText, Text, Tick, TimeOfDay
from intake.form.text import _

_WORK: Final = Compartment.WORK
OURS: Final = "coalition"
LEGAL: Final = "legal"

COMPLAINT_BODY = Choice(
    "complaint_body", _("To which body?"), vocabulary="complaint_body", compartment=_WORK
)
COMPLAINT_BY = Choice(
    "complaint_by", _("Who filed it?"), vocabulary="filed_by", compartment=_WORK
)
COMPLAINT_ON = Day("complaint_on", _("Filed on which day?"), compartment=_WORK)
COMPLAINT_AT = TimeOfDay("complaint_at", _("At what time?"), compartment=_WORK)
COMPLAINT_NUMBER = Text("complaint_number", _("Incoming number"), compartment=_WORK)
ASKED_FORENSIC = Tick(
    "complaint_forensic", _("It asks for a forensic examination"), compartment=_WORK
)
ASKED_SECURITY = Tick(
    "complaint_security", _("It asks for security measures"), compartment=_WORK
)
COMPLAINT_WORDS = LongText("complaint_words", _("What does it say?"), rows=4, compartment=_WORK)

ERDR_NUMBER = Text("erdr_number", _("Number in the register (ERDR)"), compartment=_WORK)
ERDR_ON = Day("erdr_on", _("Registered on which day?"), compartment=_WORK)
ERDR_BODY = Choice(
    "erdr_body",
    _("Which body registered it?"),
    vocabulary="complaint_body",
    compartment=_WORK,
)

QUALIFICATION = Choice(
    "qualification",
    _("Under which article of the Criminal Code?"),
    vocabulary="qualification",
    compartment=_WORK,
)
QUALIFIED_BY = Choice(
    "qualified_by", _("Who decided it?"), vocabulary="decider", compartment=_WORK
)
QUALIFIED_ON = Day("qualified_on", _("On which day?"), compartment=_WORK)

INVESTIGATING = Choice(
    "investigating",
    _("Which body investigates now?"),
    vocabulary="agency",
    compartment=_WORK,
)
INVESTIGATING_SINCE = Day("investigating_since", _("Since which day?"), compartment=_WORK)

WITHDRAWN_ON = Day(
    "complaint_withdrawn_on",
    _("On which day was the complaint to the state taken back?"),
    compartment=_WORK,
)
UNDER_PRESSURE = Choice(
    "under_pressure",
    _("Was the person pressed to do it?"),
    hint=_("Ask without pressing. Every answer is all right."),
    vocabulary="pressure",
    compartment=_WORK,
)
WITHDRAWN_WHY = LongText(
    "withdrawn_why", _("What did the person say?"), rows=4, compartment=_WORK
)


def is_filed_by_us(answers: Answers) -> bool:
    """The coalition files it, so it goes out."""
    return answers[COMPLAINT_BY] == OURS


LEGAL_KINDS: Final = (
    Kind(
        "complaint",
        _("Complaint"),
        _("Save the complaint"),
        page(
            "complaint",
            _("A complaint to the state"),
            COMPLAINT_BODY,
            COMPLAINT_BY,
            COMPLAINT_ON,
            COMPLAINT_AT,
            COMPLAINT_NUMBER,
            ASKED_FORENSIC,
            ASKED_SECURITY,
            COMPLAINT_WORDS,
        ),
        needed=(COMPLAINT_BODY, COMPLAINT_BY, COMPLAINT_ON),
        track=LEGAL,
        act="state_complaint",
        goes_out=is_filed_by_us,
    ),
    Kind(
        "erdr",
        _("Number in the register"),
        _("Save the number"),
        page("erdr", _("Number in the register"), ERDR_NUMBER, ERDR_ON, ERDR_BODY),
        needed=(ERDR_NUMBER,),
        track=LEGAL,
        about=("complaint",),
    ),
    Kind(
        "qualification",
        _("Qualification"),
        _("Save the qualification"),
        page("qualification", _("Qualification"), QUALIFICATION, QUALIFIED_BY, QUALIFIED_ON),
        needed=(QUALIFICATION, QUALIFIED_BY),
        track=LEGAL,
    ),
    Kind(
        "investigation",
        _("Investigating body"),
        _("Save who investigates"),
        page("investigation", _("Who investigates"), INVESTIGATING, INVESTIGATING_SINCE),
        needed=(INVESTIGATING,),
        track=LEGAL,
    ),
    Kind(
        "complaint_withdrawn",
        _("Complaint taken back"),
        _("Save that it was taken back"),
        page(
            "complaint-withdrawn",
            _("A complaint was taken back"),
            WITHDRAWN_ON,
            UNDER_PRESSURE,
            WITHDRAWN_WHY,
        ),
        needed=(UNDER_PRESSURE,),
        track=LEGAL,
        about=("complaint",),
    ),
)
