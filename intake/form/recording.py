"""Questions about how a report was told, where one of the coalition takes it down."""

from typing import Final

from intake.form.compartments import Compartment
from intake.form.questions import AnyQuestion, Choice, Day, LongText, Number, Text, TimeOfDay
from intake.form.text import _

_ACCOUNT: Final = Compartment.ACCOUNT
_IDENTITY: Final = Compartment.IDENTITY

CHANNEL = Choice(
    "channel",
    _("How did it come to us?"),
    vocabulary="channel",
    codes=(
        "phone",
        "messenger",
        "email",
        "office_visit",
        "letter",
        "lawyer_referral",
        "npm_referral",
        "member_org",
        "media_monitoring",
        "other",
    ),
    compartment=Compartment.FACTS,
)
TOLD_ON = Day("told_on", _("On which day?"), compartment=_ACCOUNT)
TOLD_AT = TimeOfDay("told_at", _("At what time?"), compartment=_ACCOUNT)
FILLED_IN_BY = Choice(
    "filled_in_by", _("Who filled it in?"), vocabulary="filled_in_by", compartment=_ACCOUNT
)
TOLD_IN = Choice(
    "told_in",
    _("In which language was it told?"),
    vocabulary="language",
    compartment=_ACCOUNT,
)
TAKEN_BY = Text(
    "taken_by",
    _("Who of us took it?"),
    hint=_("The name you sign in with."),
    compartment=_IDENTITY,
)
TALK_CONDITIONS = LongText(
    "talk_conditions",
    _("Where, and under which conditions?"),
    hint=_("The room, the time there was, glass or a phone between you, handcuffs."),
    rows=3,
    compartment=_ACCOUNT,
)
TALK_PRESENT = LongText(
    "talk_present",
    _("Who was present?"),
    hint=_("Interpreter, family, guards: what each of them could hear and see."),
    rows=3,
    compartment=_ACCOUNT,
)
TALK_OVERHEARD = Choice(
    "talk_overheard",
    _("Could somebody listen or watch?"),
    vocabulary="yes_no",
    compartment=_ACCOUNT,
)
TALK_STOPPED = LongText(
    "talk_stopped",
    _("What did somebody say or do to stop the talk?"),
    rows=3,
    compartment=_ACCOUNT,
)
TALK_ENDED = LongText(
    "talk_ended",
    _("How was the person when you parted, and what was agreed?"),
    rows=3,
    compartment=_IDENTITY,
)
CODE_HANDED = Choice(
    "code_handed",
    _("Was the code handed over?"),
    hint=_(
        "You get it when you have typed the form in. Write it on a piece of paper of its "
        "own, without a name, and give it from hand to hand. It never stands on this form."
    ),
    vocabulary="code_handed",
    compartment=_IDENTITY,
)
CODE_HANDED_ON = Day("code_handed_on", _("On which day?"), compartment=_IDENTITY)
SHEETS = Number(
    "sheets",
    _("How many more sheets, pictures and papers belong to it?"),
    most=1000,
    compartment=_IDENTITY,
)
PAPER_FATE = Choice(
    "paper_fate",
    _("If it came on paper: what became of the paper?"),
    vocabulary="paper_fate",
    compartment=_IDENTITY,
)

QUESTIONS: Final[tuple[AnyQuestion, ...]] = (
    CHANNEL,
    TOLD_ON,
    TOLD_AT,
    FILLED_IN_BY,
    TOLD_IN,
    TAKEN_BY,
    TALK_CONDITIONS,
    TALK_PRESENT,
    TALK_OVERHEARD,
    TALK_STOPPED,
    TALK_ENDED,
    CODE_HANDED,
    CODE_HANDED_ON,
    SHEETS,
    PAPER_FATE,
)
