"""Help inside the coalition: interview, plan, the kinds of help side by side, reviews."""

from typing import Final

from intake.case.kinds.kind import Kind, always, page
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.questions import Choice, Choices, Day, LongText, Member, Text, Tick
from intake.form.text import _

_WORK: Final = Compartment.WORK
_YES_NO: Final = ("yes", "no")
INTERNATIONAL: Final = "international"
"""A kind of help and the act by which it is begun: it takes a permission of its own."""
TRACKS: Final = ("legal", "medical_forensic", "psychological", "protection", INTERNATIONAL)
ENDED_HELP: Final = frozenset({"stopped", "no_action", "closed"})
"""Codes of `track_status` of what does not go on."""
SET_ASIDE_CODES: Final = (
    "lawyer_u1",
    "medical_u1",
    "prosecutor",
    "erdr",
    "protection",
    "forensic",
    "npm",
    "un_urgent",
    "missing_wgeid",
    "appeal_106",
    "appeal_verdict",
    "admin_appeal",
    "psych",
    "un_sr_2y",
)
"""The limits that may turn out not to be needed; the others hold for every case."""

INTERVIEWER_TRAINED = Choice(
    "interviewer_trained",
    _("Was the interviewer trained for this?"),
    vocabulary="yes_no",
    codes=_YES_NO,
    compartment=_WORK,
)
INTERVIEWER_SEX = Choice(
    "interviewer_sex",
    _("Was it a woman or a man, as the person chose?"),
    vocabulary="as_chosen",
    compartment=_WORK,
)
INTERVIEW_LANGUAGE = Choice(
    "interview_language",
    _("Was it in the language that the person chose?"),
    vocabulary="as_chosen",
    compartment=_WORK,
)
INTERPRETER = Choice(
    "interview_interpreter",
    _("Did somebody interpret?"),
    vocabulary="yes_no",
    codes=_YES_NO,
    compartment=_WORK,
)
SUPPORTIVE_ADULT = Choice(
    "supportive_adult",
    _("For a child: was a grown-up there whom the child trusts?"),
    vocabulary="supportive_adult",
    compartment=_WORK,
)
TRAINED_FOR_CHILDREN = Choice(
    "trained_for_children",
    _("For a child: was the interviewer trained to talk with children?"),
    vocabulary="yes_no",
    codes=_YES_NO,
    compartment=_WORK,
)
PRIVATE_PLACE = Choice(
    "private_place",
    _("Was the place private and safe?"),
    vocabulary="yes_no",
    codes=_YES_NO,
    compartment=_WORK,
)
NEEDS = Choices(
    "interview_needs",
    _("What help does the person need?"),
    vocabulary="need",
    compartment=_WORK,
)
RISKS = LongText("interview_risks", _("What is dangerous now?"), rows=4, compartment=_WORK)
WHY_AGAIN = Text(
    "interview_again",
    _("If this is not the first talk: why a second one?"),
    hint=_("Telling it again may hurt. A second talk needs a reason."),
    compartment=_WORK,
)
INTERVIEW_WORDS = LongText("interview_words", _("What was said?"), compartment=_WORK)

PLAN_WHAT = LongText("plan_what", _("What is to be done?"), rows=5, compartment=_WORK)
PLAN_WHO = Text("plan_who", _("By whom?"), compartment=_WORK)
PLAN_UNTIL = Day("plan_until", _("Until which day?"), future=True, compartment=_WORK)

TRACK = Choice("track", _("Which kind of help?"), vocabulary="track", compartment=_WORK)
TRACK_STATUS = Choice(
    "track_status", _("How does it stand?"), vocabulary="track_status", compartment=_WORK
)
TRACK_MEMBER = Member(
    "track_member",
    _("Who leads it?"),
    hint=_("A member whom you choose is told, with nothing but the reference of the case."),
    compartment=_WORK,
)
TRACK_LEAD = Text(
    "track_lead",
    _("Or somebody who is not on this list: who?"),
    hint=_("A name, and where this person works."),
    compartment=_WORK,
)
TRACK_AGREED = Tick(
    "track_agreed",
    _("The person was asked and agrees to somebody who does not fit the wish"),
    compartment=_WORK,
)
TRACK_NOTE = LongText("track_note", _("What else matters?"), rows=4, compartment=_WORK)

REVIEW_FOUND = LongText("review_found", _("What did you find?"), rows=4, compartment=_WORK)
REVIEW_NEXT = LongText("review_next", _("What is next?"), rows=4, compartment=_WORK)

SET_ASIDE = Choice(
    "set_aside",
    _("Which step is not needed?"),
    vocabulary="clock",
    codes=SET_ASIDE_CODES,
    compartment=_WORK,
)
SET_ASIDE_WHY = LongText("set_aside_why", _("Why is it not needed?"), rows=4, compartment=_WORK)

LOWER_TO = Choice(
    "lower_to",
    _("To which level?"),
    vocabulary="urgency",
    codes=("u2", "u3", "u4"),
    compartment=_WORK,
)
LOWER_WHY = LongText("lower_why", _("Why is it less urgent?"), rows=4, compartment=_WORK)


def _goes_on_abroad(answers: Answers) -> bool:
    """Help abroad that begins or goes on; it may always be ended."""
    is_abroad = answers[TRACK] == INTERNATIONAL
    return is_abroad and answers[TRACK_STATUS] not in ENDED_HELP


HELP_KINDS: Final = (
    Kind(
        "interview",
        _("Interview"),
        _("Save the interview"),
        page(
            "interview",
            _("Interview"),
            INTERVIEWER_TRAINED,
            INTERVIEWER_SEX,
            INTERVIEW_LANGUAGE,
            INTERPRETER,
            TRAINED_FOR_CHILDREN,
            SUPPORTIVE_ADULT,
            PRIVATE_PLACE,
            NEEDS,
            RISKS,
            WHY_AGAIN,
            INTERVIEW_WORDS,
        ),
        needed=(INTERVIEWER_TRAINED, INTERVIEWER_SEX, INTERVIEW_LANGUAGE, PRIVATE_PLACE),
    ),
    Kind(
        "plan",
        _("Plan"),
        _("Save the plan"),
        page("plan", _("What is to be done"), PLAN_WHAT, PLAN_WHO, PLAN_UNTIL),
        needed=(PLAN_WHAT, PLAN_WHO, PLAN_UNTIL),
    ),
    Kind(
        "track",
        _("Kind of help"),
        _("Save how it stands"),
        page(
            "track",
            _("A kind of help"),
            TRACK,
            TRACK_STATUS,
            TRACK_MEMBER,
            TRACK_AGREED,
            TRACK_LEAD,
            TRACK_NOTE,
        ),
        needed=(TRACK, TRACK_STATUS),
        act=INTERNATIONAL,
        goes_out=_goes_on_abroad,
    ),
    Kind(
        "review",
        _("Review"),
        _("Save the review"),
        page("review", _("Review of the case"), REVIEW_FOUND, REVIEW_NEXT),
        needed=(REVIEW_NEXT,),
    ),
    Kind(
        "set_aside",
        _("Not needed"),
        _("Save that it is not needed"),
        page("set-aside", _("A step that is not needed"), SET_ASIDE, SET_ASIDE_WHY),
        needed=(SET_ASIDE, SET_ASIDE_WHY),
        about=("complaint", "protection", "suspension", "decision"),
    ),
    Kind(
        "lowering",
        _("Urgency lowered"),
        _("Ask for a lower urgency"),
        page(
            "lowering",
            _("Lower the urgency"),
            LOWER_TO,
            LOWER_WHY,
            told=(_("A second coordinator decides on it."),),
        ),
        needed=(LOWER_TO, LOWER_WHY),
        by_two=always,
    ),
)
