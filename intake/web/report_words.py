"""What the facts of a case tell: the coded answers behind them, and what a report is about."""

from dataclasses import fields
from datetime import time
from typing import Any, Final

from flask_babel import gettext

from intake.form.dates import CivilDate
from intake.form.questionnaire import BY_NAME
from intake.form.text import _
from intake.form.vocabularies import VOCABULARIES
from intake.triage.facts import Facts
from intake.web.said import civil_date, labels

__all__ = ["civil_date", "coded_answers", "kinds_of_content"]

# Facts are called after what they mean for triage; these are not called as their question is.
QUESTION_OF: Final = {
    "methods": "method",
    "injuries": "injury",
    "reprisals": "reprisal",
    "legal_steps": "legal_step",
    "last_ill_treatment_on": "act_date_to",
    "last_ill_treatment_time": "act_time_to",
    "death_on": "died_on",
    "perpetrator_identified_in_post": "perpetrator_in_post",
    "region": "region_of_event",
    "deadlines": "deadline_on",
}
SIGN_OF: Final = {
    "minor_now": "under_18",
    "medical_denied_now": "hurt_no_doctor",
    "isolated_now": "no_contact",
    "self_harm_marked": "self_harm_risk",
    "removal_soon": "removal_soon",
}
ELSEWHERE: Final = frozenset({"trained_only", "locality", "region_then"})


def coded_answers(facts: Facts) -> dict[str, object]:
    """The answers that the facts of a case hold, by question's name, as JSON has them."""
    signs = [sign for fact, sign in SIGN_OF.items() if getattr(facts, fact)]
    told = {
        QUESTION_OF.get(f.name, f.name): _written(getattr(facts, f.name))
        for f in fields(Facts)
        if f.name not in ELSEWHERE and getattr(facts, f.name) != f.default
    }
    found = {"urgent_signs": signs, **told} if signs else told
    return {name: value for name, value in found.items() if name in BY_NAME}


def _written(value: Any) -> object:  # noqa: ANN401 - whatever a fact holds
    match value:
        case CivilDate():
            return str(value)
        case time():
            return value.isoformat("minutes")
        case tuple():
            return [_written(part) for part in value]
        case _:
            return value


def kinds_of_content(facts: Facts) -> list[str]:
    """What somebody is about to read, before she opens it (E19)."""
    methods = VOCABULARIES["method"].by_code
    told = {methods[code].attributes.get("group") for code in facts.methods if code in methods}
    groups = [group for group in VOCABULARIES["method_group"].codes if group in told]
    return [
        *labels("method_group", groups),
        *(gettext(words) for applies, words in _MARKS if applies(facts)),
    ]


_MARKS: Final = (
    (lambda facts: facts.is_minor, _("a child")),
    (lambda facts: bool(facts.injuries or facts.injured), _("injuries")),
    (lambda facts: facts.self_harm_marked, _("suicide or self-harm")),
    (lambda facts: bool(facts.death_on or facts.victim_status == "deceased"), _("a death")),
    (lambda facts: facts.needs_trained_reader, _("words for a specially trained reader")),
)
