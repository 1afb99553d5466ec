"""A case as the pure rules see it: facts, consents, plain columns and record in one value."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from intake.case.record import Record
from intake.case.situation import Situation
from intake.casework.facts_box import KeptFacts
from intake.consent import Asked, Person, allowed, ends
from intake.form.moments import earliest, midnight
from intake.triage import PATTERN, Facts, triage

_SPEAKS_FOR_SELF: Final = frozenset({"victim", "", "prefer_not_to_say"})
_KNOWS_NOT: Final = frozenset(
    {"knows_not_agreed", "does_not_know", "cannot_ask", "objects", "deceased"}
)
_AT_RISK: Final = frozenset(
    {"abuse_ongoing", "medical_red_flag", "suicide_risk", "violence_again"}
)
_HURT: Final = frozenset({"medical_red_flag", "medical_denied", "fresh_injuries"})
_CARE: Final = frozenset({"medical_urgent", "medical", "forensic"})
_REPRISALS: Final = frozenset({"reprisal_active", "violence_again"})


class Standing(Protocol):
    """Where a case stands, by its plain columns."""

    @property
    def stage(self) -> str: ...
    @property
    def level(self) -> str: ...


def situation(
    kept: KeptFacts,
    row: Standing,
    record: Record,
    *,
    now: datetime,
    has_news: bool = False,
    contact_rules: Collection[str] = (),
) -> Situation:
    """The case at this moment; `contact_rules` only guards ask for."""
    facts, factors = kept.facts, _factors(kept.facts, now)
    person = person_of(facts, record)
    return Situation(
        stage=row.stage,
        level=row.level,
        now=now,
        received_at=facts.received_at,
        opened_at=_opened_at(facts, row, record),
        stage_changed_at=facts.stage_changed_at,
        first_contact_at=facts.first_contact_at,
        last_from_coalition_at=facts.last_from_coalition_at,
        last_from_reporter_at=facts.last_from_reporter_at,
        try_again_at=_try_again_at(facts, record),
        last_act_at=_last_act_at(facts),
        has_news=has_news,
        contact_method=facts.contact_method,
        contact_rules=tuple(contact_rules),
        in_custody=facts.in_custody,
        is_missing=person.is_missing,
        is_dead=person.is_dead,
        is_minor=person.is_minor,
        life_at_risk=not factors.isdisjoint(_AT_RISK),
        needs_medical=bool(factors & _HURT or _CARE & set(facts.need)),
        is_sexual=facts.tells_sexual_violence,
        has_reprisals=not factors.isdisjoint(_REPRISALS),
        is_cluster=facts.pattern_count >= PATTERN,
        reporter_is_proxy=person.reporter_is_proxy,
        victim_knowledge=facts.victim_knowledge,
        agencies=facts.agency,
        needs=facts.need,
        allowed=allowed(kept.given, person, now),
        allowed_until=ends(kept.given, person, now),
        withdrawal_asked=facts.withdrawal_asked,
        erasure_asked=facts.erasure_asked,
        record=record,
    )


def asked(kept: KeptFacts, record: Record, *, now: datetime) -> Asked:
    """What the gate for outgoing acts looks at."""
    return Asked(
        consents=kept.given,
        person=person_of(kept.facts, record),
        has_safety_plan=record.has_safety_plan,
        has_assent=record.has_assent,
        objects_to=record.objects_to,
        tells_sexual=kept.facts.tells_sexual_violence,
        naming_sexual=record.consents_naming_sexual,
        vital_until=_vital_until(record, now),
    )


def _vital_until(record: Record, now: datetime) -> datetime | None:
    """Until when a decision to save life holds, or held if nobody looked at it since."""
    is_seen = record.vital_reviewed_at is not None
    return record.vital_until(now) if is_seen else record.vital_end


def person_of(facts: Facts, record: Record) -> Person:
    """For whom consents are given."""
    return Person(
        is_minor=facts.is_minor,
        is_dead=_is_dead(facts),
        is_missing=facts.victim_status == "missing",
        reporter_is_proxy=_is_proxy(facts),
        victim_knowledge=facts.victim_knowledge,
        guardian_is_set_aside=record.guardian_is_set_aside,
    )


def _factors(facts: Facts, now: datetime) -> frozenset[str]:
    """What is so, also where two decided that it counts no more for the urgency."""
    return frozenset(triage(replace(facts, switched_off=()), now).factors)


def _is_dead(facts: Facts) -> bool:
    told = {facts.victim_status, facts.victim_knowledge}
    return "deceased" in told or facts.death_on is not None


def _is_proxy(facts: Facts) -> bool:
    return facts.reporter_role not in _SPEAKS_FOR_SELF or facts.victim_knowledge in _KNOWS_NOT


def _opened_at(facts: Facts, row: Standing, record: Record) -> datetime | None:
    """When it was opened; of older cases, of which no step says it, when they last moved."""
    if row.stage == "received":
        return None
    return record.moves.opened_at or facts.stage_changed_at or facts.received_at


def _try_again_at(facts: Facts, record: Record) -> datetime | None:
    said = facts.try_again_on
    return midnight(said.day) if said else record.moves.try_again_at


def _last_act_at(facts: Facts) -> datetime | None:
    """The first moment that the words allow: a limit counted from it is never too long."""
    said = facts.last_ill_treatment_on
    if said is None:
        return None
    return earliest(said, facts.last_ill_treatment_time) or midnight(said.day)
