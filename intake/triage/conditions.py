# ruff: noqa: D103 - each function is called like its factor, whose words are in the vocabulary
"""When each reason for urgency applies, over the facts and the time now (domain 6.3).

Unknown and unanswered never count as no, and by themselves they never count as yes.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from intake.form.dates import CivilDate
from intake.form.moments import earliest, latest, local_day
from intake.form.vocabularies import vocabulary
from intake.triage.facts import SEXUAL, Facts

_INJURY: Final = vocabulary("injury")
_RED_FLAGS: Final = _INJURY.codes_with("red_flag")
_VISIBLE: Final = _INJURY.codes_with("visible")
_PENETRATIVE: Final = vocabulary("method").codes_with("penetrative")
_OTHER_SEXUAL: Final = SEXUAL - _PENETRATIVE
_ISOLATING: Final = frozenset({"solitary", "incommunicado"})
_HIDDEN: Final = frozenset({"not_disclosed", "denied"})
_VULNERABLE: Final = vocabulary("vulnerability").codes_with("vulnerable")
_TARGETED: Final = vocabulary("occupation_profile").codes_with("targeted")
_WITHOUT_LAWYER: Final = vocabulary("lawyer_access").codes_with("without")
_ACTIVE_REPRISAL: Final = vocabulary("reprisal").codes_with("active")
_KEEPERS: Final = {
    term.code: frozenset(term.attributes.get("keepers", ()))
    for term in vocabulary("victim_status").terms
}

HOURS_24: Final = timedelta(hours=24)
HOURS_48: Final = timedelta(hours=48)
HOURS_72: Final = timedelta(hours=72)
DAYS_7: Final = timedelta(days=7)
DAYS_42: Final = timedelta(days=42)
SOON_DAYS: Final = 3
COMING_DAYS: Final = 15
PATTERN: Final = 3


def _happened_within(
    span: timedelta, said: CivilDate | None, at: time | None, now: datetime
) -> bool:
    moment = latest(said, at) if said else None
    return moment is not None and now - moment <= span


def _comes_within(
    span: timedelta, said: CivilDate | None, at: time | None, now: datetime
) -> bool:
    if said is None:
        return False
    first, last = earliest(said, at), latest(said, at)
    return first is not None and last is not None and first - now <= span and now <= last


def _last_within(span: timedelta, facts: Facts, now: datetime) -> bool:
    return _happened_within(
        span, facts.last_ill_treatment_on, facts.last_ill_treatment_time, now
    )


def whereabouts_unknown(facts: Facts, _now: datetime) -> bool:
    return facts.victim_status == "missing" or facts.custody_acknowledged in _HIDDEN


def abuse_ongoing(facts: Facts, now: datetime) -> bool:
    return facts.continues == "yes" or (facts.in_custody and _last_within(HOURS_72, facts, now))


def medical_red_flag(facts: Facts, _now: datetime) -> bool:
    return facts.still_present != "no" and not _RED_FLAGS.isdisjoint(facts.injuries)


def suicide_risk(facts: Facts, _now: datetime) -> bool:
    return facts.self_harm_marked or "self_harm" in facts.injuries


def minor_in_custody(facts: Facts, _now: datetime) -> bool:
    return facts.minor_held_among or (facts.in_custody and facts.is_minor)


def detention_first_72h(facts: Facts, now: datetime) -> bool:
    return facts.in_custody and _happened_within(
        HOURS_72, facts.detained_on, facts.detained_time, now
    )


def sexual_72h(facts: Facts, now: datetime) -> bool:
    return not _PENETRATIVE.isdisjoint(facts.methods) and _last_within(HOURS_72, facts, now)


def removal_imminent(facts: Facts, now: datetime) -> bool:
    said_soon = facts.removal_soon and now - facts.received_at <= HOURS_72
    return said_soon or _comes_within(HOURS_72, facts.removal_on, None, now)


def _is_death(facts: Facts) -> bool:
    return facts.victim_status == "deceased" and facts.died_in_custody != "no"


def death_recent(facts: Facts, now: datetime) -> bool:
    return _is_death(facts) and (
        facts.burial_or_autopsy_pending == "yes"
        or _happened_within(DAYS_7, facts.death_on, None, now)
    )


def death_older(facts: Facts, now: datetime) -> bool:
    return _is_death(facts) and not death_recent(facts, now)


def hearing_48h(facts: Facts, now: datetime) -> bool:
    return _comes_within(HOURS_48, facts.hearing_on, facts.hearing_time, now)


def in_custody(facts: Facts, _now: datetime) -> bool:
    return facts.in_custody


def custody_same_agency(facts: Facts, _now: datetime) -> bool:
    return facts.in_custody and (
        "same_custody" in facts.reprisals
        or facts.held_by_agency in facts.agency
        or not _KEEPERS[facts.victim_status].isdisjoint(facts.agency)
    )


def isolated(facts: Facts, _now: datetime) -> bool:
    return facts.isolated_now or (
        facts.in_custody
        and (
            facts.custody_acknowledged == "disclosed_no_contact"
            or not _ISOLATING.isdisjoint(facts.methods)
        )
    )


def medical_denied(facts: Facts, _now: datetime) -> bool:
    return facts.medical_denied_now or (
        facts.in_custody
        and ("medical_denied" in facts.methods or "requested_refused" in facts.medical_exam)
    )


def _has_traces(facts: Facts) -> bool:
    return facts.injured or not _VISIBLE.isdisjoint(facts.injuries)


def fresh_injuries(facts: Facts, now: datetime) -> bool:
    return _has_traces(facts) and _last_within(HOURS_72, facts, now)


def recent_injuries(facts: Facts, now: datetime) -> bool:
    return (
        _has_traces(facts)
        and _last_within(DAYS_42, facts, now)
        and not _last_within(HOURS_72, facts, now)
    )


def sexual_7d(facts: Facts, now: datetime) -> bool:
    if not _last_within(DAYS_7, facts, now):
        return False
    unnamed = facts.sexual_told and SEXUAL.isdisjoint(facts.methods)
    other = unnamed or not _OTHER_SEXUAL.isdisjoint(facts.methods)
    return other or (sexual_any(facts, now) and not _last_within(HOURS_72, facts, now))


def sexual_any(facts: Facts, _now: datetime) -> bool:
    return facts.sexual_told or not SEXUAL.isdisjoint(facts.methods)


def minor(facts: Facts, _now: datetime) -> bool:
    is_another = facts.minors_among > 0 and not facts.minor_held_among
    return is_another or (facts.is_minor and not facts.in_custody)


def reprisal_active(facts: Facts, _now: datetime) -> bool:
    return not _ACTIVE_REPRISAL.isdisjoint(facts.reprisals)


def violence_again(facts: Facts, _now: datetime) -> bool:
    return "violence" in facts.reprisals


def _days_left(facts: Facts, today: date) -> list[int]:
    return [(deadline.day - today).days for deadline in facts.deadlines]


def deadline_3d(facts: Facts, now: datetime) -> bool:
    if not facts.deadlines:
        return False
    return any(0 <= left <= SOON_DAYS for left in _days_left(facts, local_day(now)))


def deadline_15d(facts: Facts, now: datetime) -> bool:
    if not facts.deadlines:
        return False
    return any(SOON_DAYS < left <= COMING_DAYS for left in _days_left(facts, local_day(now)))


def erdr_overdue(facts: Facts, now: datetime) -> bool:
    if facts.complaint_filed_on is None or facts.erdr_number_known:
        return False
    filed = earliest(facts.complaint_filed_on, None)
    return filed is not None and now - filed > HOURS_24 and "erdr" not in facts.legal_steps


def vulnerable(facts: Facts, _now: datetime) -> bool:
    return not _VULNERABLE.isdisjoint(facts.vulnerability)


def no_lawyer(facts: Facts, _now: datetime) -> bool:
    return facts.lawyer_access in _WITHOUT_LAWYER


def lawyer_pressured(facts: Facts, _now: datetime) -> bool:
    return facts.lawyer_access == "pressured" or "nda" in facts.signed


def targeted_profile(facts: Facts, _now: datetime) -> bool:
    return not _TARGETED.isdisjoint(facts.occupation_profile)


def pattern(facts: Facts, _now: datetime) -> bool:
    return facts.pattern_count >= PATTERN


def suspect_in_post(facts: Facts, _now: datetime) -> bool:
    return facts.perpetrator_identified_in_post == "yes"
