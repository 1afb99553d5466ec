"""Reading the facts of a case out of the answers of a report."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from intake.form import aftermath, conditions, events, findings, gates, people
from intake.form.answers import Answers
from intake.form.moments import local_day
from intake.form.questions import Question
from intake.form.vocabularies import vocabulary
from intake.triage.ages import ages
from intake.triage.several import last_time, others, steps
from intake.triage.whereabouts import whereabouts

_COPIED: Final[Mapping[str, Question[Any]]] = {
    "reporter_role": people.REPORTER_ROLE,
    "victim_knowledge": people.VICTIM_KNOWLEDGE,
    "contact_method": people.CONTACT_METHOD,
    "consent_contact": people.CONSENT_CONTACT,
    "victim_sex": people.VICTIM_SEX,
    "age_band_then": people.AGE_BAND_THEN,
    "vulnerability": people.VULNERABILITY,
    "occupation_profile": people.OCCUPATION_PROFILE,
    "victim_status": events.VICTIM_STATUS,
    "custody_acknowledged": events.CUSTODY_ACKNOWLEDGED,
    "detained_on": events.DETAINED_ON,
    "detained_time": events.DETAINED_TIME,
    "released_on": events.RELEASED_ON,
    "continues": events.CONTINUES,
    "methods": events.METHOD,
    "event_context": events.EVENT_CONTEXT,
    "place_type": events.PLACE_TYPE,
    "phase": events.PHASE,
    "purpose": events.PURPOSE,
    "agency": events.AGENCY,
    "perpetrator_identified_in_post": events.PERPETRATOR_IN_POST,
    "injuries": aftermath.INJURY,
    "still_present": aftermath.STILL_PRESENT,
    "medical_exam": aftermath.MEDICAL_EXAM,
    "death_on": aftermath.DIED_ON,
    "died_in_custody": aftermath.DIED_IN_CUSTODY,
    "burial_or_autopsy_pending": aftermath.BURIAL_OR_AUTOPSY_PENDING,
    "case_status": aftermath.CASE_STATUS,
    "signed": aftermath.SIGNED,
    "lawyer_access": aftermath.LAWYER_ACCESS,
    "family_access": aftermath.FAMILY_ACCESS,
    "hearing_on": aftermath.HEARING_ON,
    "hearing_time": aftermath.HEARING_TIME,
    "removal_on": aftermath.REMOVAL_ON,
    "reprisals": aftermath.REPRISAL,
    "need": aftermath.NEED,
    "evidence": aftermath.EVIDENCE,
}
_SIGNS: Final[Mapping[str, Mapping[str, object]]] = {
    "under_18": {"minor_now": True},
    "hurt_no_doctor": {"medical_denied_now": True, "injured": True},
    "still_going_on": {"continues": "yes"},
    "no_contact": {"isolated_now": True},
    "self_harm_risk": {"self_harm_marked": True},
    "removal_soon": {"removal_soon": True},
}
_SEXUAL_TOLD: Final = frozenset({"tell", "said"})
_WITHOUT_LAWYER: Final = vocabulary("lawyer_access").codes_with("without")


def gathered(answers: Answers, received_at: datetime) -> dict[str, Any]:
    """The fields of `Facts` that these answers fill; what was not answered is not there."""
    today = local_day(received_at)
    told = {name: answers[question] for name, question in _COPIED.items()}
    told |= last_time(answers) | steps(answers) | others(answers)
    told |= ages(answers, today) | whereabouts(answers, today)
    found = {name: value for name, value in told.items() if value}
    for sign in answers[aftermath.URGENT_SIGNS] or ():
        found |= _SIGNS.get(sign, {})
    return found | {name: value for name, value in _derived(answers).items() if value}


def _derived(answers: Answers) -> dict[str, Any]:
    """What follows from several answers together."""
    choice = answers[gates.SEXUAL_CHOICE]
    words = answers[people.TRAINED_ONLY] or answers[events.INTIMATE_NARRATIVE]
    return {
        "trained_only": bool(words),
        "sexual_told": choice in _SEXUAL_TOLD,
        "isolated_now": _is_cut_off(answers),
        "signed": _signed(answers),
        "victim_knowledge": _knowledge(answers),
        "still_present": answers[findings.INJURY_STILL] and "yes",
    }


def _is_cut_off(answers: Answers) -> bool:
    """Held, with neither lawyer nor family let in."""
    return (
        conditions.in_custody(answers)
        and answers[aftermath.FAMILY_ACCESS] == "no"
        and answers[aftermath.LAWYER_ACCESS] in _WITHOUT_LAWYER
    )


def _knowledge(answers: Answers) -> str | None:
    """What the rest of the report says by itself about who knows of it."""
    if conditions.is_reporter_the_person(answers):
        return "is_reporter"
    if conditions.is_deceased(answers):
        return "deceased"
    return "cannot_ask" if conditions.is_missing(answers) else None


def _signed(answers: Answers) -> tuple[str, ...]:
    """The papers signed; a lawyer's duty of silence is one of them."""
    papers = answers[aftermath.SIGNED] or ()
    silence = ("nda",) if conditions.is_under_non_disclosure(answers) else ()
    return tuple(dict.fromkeys((*papers, *silence)))
