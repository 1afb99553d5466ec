"""What is asked of the state and granted or not: examination, protection, suspension."""

from typing import Final

from intake.case.kinds.kind import Kind, page
from intake.case.kinds.legal import OURS
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.questions import Choice, Day, Text, TimeOfDay
from intake.form.text import _

_WORK: Final = Compartment.WORK
ASKED: Final = "asked"
DECIDED: Final = frozenset({"ordered", "refused", "done"})
_GRANTED_OR_NOT: Final = ("asked", "ordered", "refused")


def _status(kind: str, codes: tuple[str, ...] = ()) -> Choice:
    return Choice(
        f"{kind}_status",
        _("How does it stand?"),
        vocabulary="request_status",
        codes=codes,
        compartment=_WORK,
    )


def _by(kind: str) -> Choice:
    return Choice(
        f"{kind}_by", _("Who asked for it?"), vocabulary="filed_by", compartment=_WORK
    )


def _on(kind: str) -> Day:
    return Day(f"{kind}_on", _("On which day?"), compartment=_WORK)


def _at(kind: str) -> TimeOfDay:
    return TimeOfDay(f"{kind}_at", _("At what time?"), compartment=_WORK)


FORENSIC_STATUS, FORENSIC_BY, FORENSIC_ON, FORENSIC_AT = (
    _status("forensic"),
    _by("forensic"),
    _on("forensic"),
    _at("forensic"),
)
FORENSIC_PROTOCOL = Choice(
    "forensic_protocol",
    _("Does it follow the Istanbul Protocol?"),
    vocabulary="yes_no",
    codes=("yes", "no", "unknown"),
    compartment=_WORK,
)
FORENSIC_WHO = Text("forensic_who", _("Who carries it out, or did?"), compartment=_WORK)

PROTECTION_MEASURE = Choice(
    "protection_measure",
    _("What is asked for?"),
    vocabulary="protection_measure",
    compartment=_WORK,
)
PROTECTION_STATUS, PROTECTION_BY, PROTECTION_ON, PROTECTION_AT = (
    _status("protection", _GRANTED_OR_NOT),
    _by("protection"),
    _on("protection"),
    _at("protection"),
)

SUSPENSION_STATUS, SUSPENSION_BY, SUSPENSION_ON, SUSPENSION_AT = (
    _status("suspension", _GRANTED_OR_NOT),
    _by("suspension"),
    _on("suspension"),
    _at("suspension"),
)
SUSPENSION_WHOM = Text("suspension_whom", _("Of which officer?"), compartment=_WORK)


def _forensic_goes_out(answers: Answers) -> bool:
    return answers[FORENSIC_STATUS] == ASKED and answers[FORENSIC_BY] == OURS


def _protection_goes_out(answers: Answers) -> bool:
    return answers[PROTECTION_STATUS] == ASKED and answers[PROTECTION_BY] == OURS


def _suspension_goes_out(answers: Answers) -> bool:
    return answers[SUSPENSION_STATUS] == ASKED and answers[SUSPENSION_BY] == OURS


REQUEST_KINDS: Final = (
    Kind(
        "forensic",
        _("Forensic examination"),
        _("Save the examination"),
        page(
            "forensic",
            _("Forensic examination"),
            FORENSIC_STATUS,
            FORENSIC_BY,
            FORENSIC_ON,
            FORENSIC_AT,
            FORENSIC_PROTOCOL,
            FORENSIC_WHO,
        ),
        needed=(FORENSIC_STATUS,),
        track="medical_forensic",
        act="state_complaint",
        goes_out=_forensic_goes_out,
    ),
    Kind(
        "protection",
        _("Protection"),
        _("Save the protection"),
        page(
            "protection",
            _("Protection of the person"),
            PROTECTION_MEASURE,
            PROTECTION_STATUS,
            PROTECTION_BY,
            PROTECTION_ON,
            PROTECTION_AT,
        ),
        needed=(PROTECTION_MEASURE, PROTECTION_STATUS, PROTECTION_ON),
        track="protection",
        act="protection",
        goes_out=_protection_goes_out,
        about=("protection",),
    ),
    Kind(
        "suspension",
        _("Suspension of the officer"),
        _("Save the suspension"),
        page(
            "suspension",
            _("Suspension of the officer"),
            SUSPENSION_WHOM,
            SUSPENSION_STATUS,
            SUSPENSION_BY,
            SUSPENSION_ON,
            SUSPENSION_AT,
        ),
        needed=(SUSPENSION_STATUS, SUSPENSION_ON),
        track="protection",
        act="protection",
        goes_out=_suspension_goes_out,
        about=("suspension",),
    ),
)
