"""Reading the facts of a case out of the answers of a report."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from intake.form import aftermath, events, people
from intake.form.answers import Answers
from intake.form.dates import CivilDate
from intake.form.places import locality_in, unit_in, unit_of
from intake.form.questions import Question
from intake.triage.moments import local_day

_COPIED: Final[Mapping[str, Question[Any]]] = {
    "reporter_role": people.REPORTER_ROLE,
    "victim_knowledge": people.VICTIM_KNOWLEDGE,
    "contact_method": people.CONTACT_METHOD,
    "consent_contact": people.CONSENT_CONTACT,
    "victim_sex": people.VICTIM_SEX,
    "victims_count": people.VICTIMS_COUNT,
    "age_band_then": people.AGE_BAND_THEN,
    "vulnerability": people.VULNERABILITY,
    "occupation_profile": people.OCCUPATION_PROFILE,
    "victim_status": events.VICTIM_STATUS,
    "custody_acknowledged": events.CUSTODY_ACKNOWLEDGED,
    "detained_on": events.DETAINED_ON,
    "detained_time": events.DETAINED_TIME,
    "released_on": events.RELEASED_ON,
    "last_ill_treatment_on": events.ACT_DATE_TO,
    "last_ill_treatment_time": events.ACT_TIME_TO,
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
    "legal_steps": aftermath.LEGAL_STEP,
    "complaint_filed_on": aftermath.COMPLAINT_FILED_ON,
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
_ADULT: Final = 18


def gathered(answers: Answers, received_at: datetime) -> dict[str, Any]:
    """The fields of `Facts` that these answers fill; what was not answered is not there."""
    told = {name: answers[question] for name, question in _COPIED.items()}
    found = {name: value for name, value in told.items() if value is not None}
    for sign in answers[aftermath.URGENT_SIGNS] or ():
        found |= _SIGNS.get(sign, {})
    return found | _derived(answers) | _place(answers, received_at)


def _derived(answers: Answers) -> dict[str, Any]:
    deadline = answers[aftermath.DEADLINE_ON]
    age = answers[people.VICTIM_AGE]
    found = {
        "deadlines": (deadline,) if deadline else (),
        "erdr_number_known": bool(answers[aftermath.ERDR_NUMBER]),
        "trained_only": bool(
            answers[people.TRAINED_ONLY] or answers[events.INTIMATE_NARRATIVE]
        ),
        "minor_now": age is not None and age < _ADULT,
    }
    return {name: value for name, value in found.items() if value}


def _place(answers: Answers, received_at: datetime) -> dict[str, str]:
    """Town and unit out of the place in words; a chosen region is believed first."""
    words = answers[events.CUSTODY_PLACE] or answers[events.PLACE_NAME] or ""
    town = locality_in(words)
    today = local_day(received_at)
    day = (answers[events.DETAINED_ON] or CivilDate(today)).day
    region = answers[events.REGION_OF_EVENT] or (unit_of(town.code, today) if town else None)
    found = {
        "locality": town and town.code,
        "region": region or unit_in(words),
        "region_then": town and unit_of(town.code, day),
    }
    return {name: value for name, value in found.items() if value}
