"""Reaching the person: attempts by the safe rules, hours that are safe, the safety plan."""

from typing import Final

from intake.case.kinds.kind import Kind, page
from intake.form.compartments import Compartment
from intake.form.questions import Choice, Day, LongText, Text, TimeOfDay
from intake.form.text import _
from intake.form.vocabularies import vocabulary

_WORK: Final = Compartment.WORK
_WAYS: Final = tuple(c for c in vocabulary("contact_method").codes if c != "none")

ATTEMPT_WAY = Choice(
    "attempt_way",
    _("In which way?"),
    vocabulary="contact_method",
    codes=_WAYS,
    compartment=_WORK,
)
ATTEMPT_ON = Day("attempt_on", _("On which day?"), compartment=_WORK)
ATTEMPT_AT = TimeOfDay("attempt_at", _("At what time?"), compartment=_WORK)
ATTEMPT_RESULT = Choice(
    "attempt_result", _("What came of it?"), vocabulary="contact_result", compartment=_WORK
)
ATTEMPT_RULES = Choice(
    "attempt_rules",
    _("Were all the safe rules kept?"),
    hint=_("The way, the hours and the words that the person asked for."),
    vocabulary="yes_no",
    codes=("yes", "no"),
    compartment=_WORK,
)
CODE_WORD = Choice(
    "code_word", _("Was the code word right?"), vocabulary="code_word", compartment=_WORK
)
ATTEMPT_WORDS = LongText("attempt_words", _("What was said?"), rows=4, compartment=_WORK)

WINDOW_FROM = Day("window_from", _("From which day?"), future=True, compartment=_WORK)
WINDOW_FROM_AT = TimeOfDay("window_from_at", _("From what time?"), compartment=_WORK)
WINDOW_UNTIL = Day("window_until", _("Until which day?"), future=True, compartment=_WORK)
WINDOW_UNTIL_AT = TimeOfDay("window_until_at", _("Until what time?"), compartment=_WORK)
WINDOW_WORDS = Text("window_words", _("Who said so?"), compartment=_WORK)

SAFETY_WHO = LongText(
    "safety_who", _("Who may take revenge, and on whom?"), rows=4, compartment=_WORK
)
SAFETY_WHEN = LongText(
    "safety_when", _("When will they know, and from what?"), rows=4, compartment=_WORK
)
SAFETY_THEN = LongText(
    "safety_then", _("What is to be done then, and by whom?"), rows=4, compartment=_WORK
)
SAFETY_AGREED = Choice(
    "safety_agreed",
    _("Is it agreed with the person?"),
    vocabulary="yes_no",
    codes=("yes", "no"),
    compartment=_WORK,
)

CONTACT_KINDS: Final = (
    Kind(
        "attempt",
        _("Attempt at contact"),
        _("Write down the attempt"),
        page(
            "attempt",
            _("An attempt to reach the person"),
            ATTEMPT_WAY,
            ATTEMPT_ON,
            ATTEMPT_AT,
            ATTEMPT_RESULT,
            ATTEMPT_RULES,
            CODE_WORD,
            ATTEMPT_WORDS,
        ),
        needed=(ATTEMPT_WAY, ATTEMPT_RESULT, ATTEMPT_RULES),
    ),
    Kind(
        "safe_hours",
        _("Safe hours"),
        _("Write down the safe hours"),
        page(
            "safe-hours",
            _("When it is safe to reach the person"),
            WINDOW_FROM,
            WINDOW_FROM_AT,
            WINDOW_UNTIL,
            WINDOW_UNTIL_AT,
            WINDOW_WORDS,
            told=(_("The first attempt is then due by the end of these hours."),),
        ),
        needed=(WINDOW_UNTIL,),
    ),
    Kind(
        "safety_plan",
        _("Safety plan"),
        _("Save the safety plan"),
        page(
            "safety-plan",
            _("Safety plan"),
            SAFETY_WHO,
            SAFETY_WHEN,
            SAFETY_THEN,
            SAFETY_AGREED,
            told=(
                _(
                    "Nothing that names anybody leaves the Coalition before this is thought "
                    "through."
                ),
            ),
        ),
        needed=(SAFETY_WHO, SAFETY_WHEN, SAFETY_THEN),
    ),
)
