"""Whom each answer of a report concerns: who wrote, all that it tells of, or one person."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from intake.form import (
    acting,
    aftermath,
    consenting,
    events,
    files,
    findings,
    gates,
    people,
    recording,
    repeating,
    towns,
)
from intake.form.questions import AnyQuestion


def _names(*questions: AnyQuestion) -> frozenset[str]:
    return frozenset(question.name for question in questions)


OF_WRITER: Final = _names(
    people.REPORTER_ROLE,
    people.REPORTER_NAME,
    acting.ORGANISATION,
    acting.LAWYER_LICENCE,
    people.CONTACT_METHOD,
    people.CONTACT_VALUE,
    people.CONTACT_HOURS,
    people.PHONE_SEEN_BY,
    people.CONTACT_RULES,
    people.CODE_WORD,
    people.CONSENT_CONTACT,
    people.PREFERRED_HANDLER_GENDER,
    people.INTERPRETER_LANGUAGE,
    people.TRAINED_ONLY,
    people.SAFETY_NOTE,
    gates.UNDER_NON_DISCLOSURE,
    recording.CHANNEL,
    recording.TOLD_ON,
    recording.TOLD_AT,
    recording.FILLED_IN_BY,
    recording.TOLD_IN,
    recording.TAKEN_BY,
    recording.TALK_CONDITIONS,
    recording.TALK_PRESENT,
    recording.TALK_OVERHEARD,
    recording.TALK_STOPPED,
)
"""Who wrote and how to answer safely: it goes with every case that the report makes."""

OF_ALL: Final = _names(
    events.NARRATIVE,
    events.EVENT_CONTEXT,
    events.REGION_OF_EVENT,
    towns.TOWN_SAID,
    towns.TOWN,
    events.PLACE_TYPE,
    events.PLACE_NAME,
    events.PLACE_DETAIL,
    events.ACT_DATE_FROM,
    events.ACT_DATE_TO,
    events.ACT_TIME_TO,
    events.CONTINUES,
    events.PHASE,
    events.PURPOSE,
    events.WORDS_SAID,
    events.AGENCY,
    events.PERPETRATORS_TEXT,
    events.PERPETRATOR_IN_POST,
    events.INVOLVEMENT,
    events.WITNESSES,
    events.CCTV_PLACE,
    aftermath.EVIDENCE,
) | {repeating.OCCASIONS.name, repeating.OFFICERS.name}
"""What happened, where, and who did it."""

PARTS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "done": _names(gates.IN_DETAIL, gates.METHOD_GROUP, events.METHOD),
        "held": _names(
            events.CUSTODY_PLACE,
            events.CUSTODY_ACKNOWLEDGED,
            events.DETAINED_ON,
            events.DETAINED_TIME,
            events.REGISTERED_ON,
            events.RELEASED_ON,
            aftermath.LAWYER_ACCESS,
            aftermath.FAMILY_ACCESS,
        ),
        "health": _names(
            aftermath.INJURY,
            gates.BODY_PART,
            aftermath.BODY_REGION,
            aftermath.BODY_MARK,
            aftermath.STILL_PRESENT,
            aftermath.INJURY_WORDS,
            findings.INJURY_STILL,
            aftermath.MEDICAL_EXAM,
            aftermath.MEDICAL_WORDS,
            findings.DOCTOR,
            findings.SEEN_ON,
        ),
        "law": _names(
            aftermath.CASE_STATUS,
            aftermath.ARTICLE_CHARGED,
            aftermath.SIGNED,
            aftermath.LEGAL_STEP,
            aftermath.COMPLAINT_FILED_ON,
            aftermath.ERDR_NUMBER,
            aftermath.DEADLINE_ON,
            aftermath.HEARING_ON,
            aftermath.HEARING_TIME,
        )
        | {repeating.LEDGER.name},
        "danger": _names(
            aftermath.URGENT_SIGNS, aftermath.REPRISAL, aftermath.REMOVAL_ON, aftermath.NEED
        ),
        "sexual": _names(gates.SEXUAL_CHOICE, events.INTIMATE_NARRATIVE),
    }
)
"""What was told of one person and may hold for another too, by a code of `split_part`."""

SEXUAL: Final = "sexual"
"""The part that brings the codes of sexual violence out of all the lists along (E11)."""

OF_ONE: Final = _names(
    people.RELATIONSHIP,
    acting.AUTHORITY_DOC,
    acting.AUTHORITY_UNTIL,
    acting.CLIENT_NAME_FOR_US,
    recording.TALK_ENDED,
    recording.CODE_HANDED,
    recording.CODE_HANDED_ON,
    recording.SHEETS,
    recording.PAPER_FATE,
    people.VICTIM_KNOWLEDGE,
    people.CONSENT,
    people.VICTIM_NAME,
    people.OTHER_NAMES,
    people.VICTIM_BIRTH_DATE,
    people.VICTIM_AGE,
    people.AGE_BAND_THEN,
    people.VICTIM_SEX,
    people.NATIONALITY,
    people.OCCUPATION_PROFILE,
    people.VULNERABILITY,
    people.HOME_REGION,
    people.ADDRESS,
    people.VICTIMS_COUNT,
    events.VICTIM_STATUS,
    events.SEARCH_STEPS,
    aftermath.DIED_ON,
    aftermath.DIED_IN_CUSTODY,
    aftermath.BURIAL_OR_AUTOPSY_PENDING,
    findings.DEATH_PAPERS,
    *consenting.QUESTIONS,
) | {repeating.PERSONS.name, *(things.name for things in files.EVERY)}
"""What is of one person alone and never of another: above all, consents (E05)."""
