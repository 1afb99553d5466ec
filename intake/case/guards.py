"""What is missing before a case may go to another stage (domain 6.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from intake.case import conditions as it
from intake.case.conditions import Condition
from intake.case.situation import Situation
from intake.case.stages import Transition, ways_from
from intake.form.answers import Answers


@dataclass(frozen=True)
class Need:
    """One condition of a way; what to do when it does not hold is a term of `missing`.

    `on_page` where the page of the way asks for it, so that it may be met while moving.
    """

    code: str
    holds: Condition
    on_page: bool = False


_OUTCOME: Final = Need("outcome", it.has_outcome, on_page=True)
_WHY: Final = Need("why", it.says_why, on_page=True)
_CONTACT: Final = Need("contact_made", it.contact_was_made)
_NEXT_TRY: Final = Need("next_try", it.has_next_try, on_page=True)
_RETENTION: Final = Need("retention", it.has_retention, on_page=True)
_NEWS: Final = Need("news", it.has_news, on_page=True)
_ENDING: Final = (
    _OUTCOME,
    Need("last_contact", it.has_last_contact, on_page=True),
    _RETENTION,
)

NEEDS: Final[Mapping[str, tuple[Need, ...]]] = {
    "received_to_screening": (),
    "screening_to_closed": (
        _OUTCOME,
        Need("same_as", it.names_the_other, on_page=True),
        _WHY,
    ),
    "screening_to_contacting": (
        Need("urgency", it.urgency_is_confirmed, on_page=True),
        Need("lowering", it.urgency_is_not_lowered, on_page=True),
        Need("contact_wanted", it.contact_is_wanted),
    ),
    "screening_to_consent_pending": (Need("not_agreed", it.person_has_not_agreed),),
    "screening_to_decision": (Need("no_contact", it.no_contact_is_wanted),),
    "contacting_to_assessment": (
        _CONTACT,
        Need("code_word", it.contact_was_checked),
        Need("safety_plan", it.safety_plan_is_noted),
    ),
    "contacting_to_on_hold": (Need("three_attempts", it.three_attempts_failed), _NEXT_TRY),
    "contacting_to_consent_pending": (
        _CONTACT,
        Need("consents_there", it.consents_are_missing),
    ),
    "consent_pending_to_assessment": (
        Need("consent_store", it.may_be_kept),
        Need("consent_contact", it.may_be_contacted),
        Need("assent", it.child_agrees),
    ),
    "consent_pending_to_decision": (
        Need("danger", it.is_in_danger),
        Need("cannot_ask", it.cannot_be_asked),
        Need("least_data", it.least_data_is_noted, on_page=True),
    ),
    "consent_pending_to_closed": (
        _OUTCOME,
        Need("record_only_offered", it.recording_was_offered, on_page=True),
        Need("record_only_consent", it.may_be_recorded, on_page=True),
    ),
    "assessment_to_decision": (
        Need("interview", it.was_interviewed),
        Need("interviewer", it.interviewer_was_as_chosen),
        Need("child_interview", it.child_was_supported),
        Need("needs", it.needs_are_noted),
        Need("risks", it.risks_are_noted),
    ),
    "decision_to_active": (Need("lead", it.has_lead), Need("plan", it.has_plan)),
    "decision_to_closed": (_OUTCOME, _WHY),
    "active_to_monitoring": (Need("clocks", it.only_the_review_runs),),
    "monitoring_to_active": (_NEWS,),
    "active_to_on_hold": (Need("hold_reason", it.has_hold_reason, on_page=True), _NEXT_TRY),
    "on_hold_to_contacting": (Need("try_day", it.try_day_has_come),),
    "on_hold_to_closed": (
        _OUTCOME,
        Need("last_try", it.last_try_failed),
        Need("unread_news", it.nothing_new_waits),
    ),
    "active_to_closed": _ENDING,
    "monitoring_to_closed": _ENDING,
    "closed_to_screening": (_NEWS,),
    "any_to_closed": (
        Need("withdrawal", it.person_withdraws, on_page=True),
        _OUTCOME,
        Need("pressure", it.pressure_was_asked, on_page=True),
    ),
    "any_to_erased": (Need("erasure", it.may_be_erased, on_page=True),),
}


@dataclass(frozen=True)
class Way:
    """A way that starts where the case stands; `missing` is what its own page cannot give."""

    transition: Transition
    missing: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.transition.code

    @property
    def target(self) -> str:
        return self.transition.target

    @property
    def people(self) -> int:
        return self.transition.people

    @property
    def is_open(self) -> bool:
        return not self.missing


def missing(way: Transition, case: Situation, answers: Answers) -> tuple[str, ...]:
    """What keeps the case from going this way now: codes of `missing`; none when it may go."""
    if not way.starts(case.stage):
        return ("stage",)
    needs = (need for need in NEEDS[way.code] if not need.holds(way, case, answers))
    return tuple(need.code for need in needs)


def open_ways(case: Situation) -> tuple[Way, ...]:
    """Every way that starts on the stage of the case, with what must be done before."""
    return tuple(Way(way, _before(way, case)) for way in ways_from(case.stage))


def _before(way: Transition, case: Situation) -> tuple[str, ...]:
    before = (need for need in NEEDS[way.code] if not need.on_page)
    return tuple(need.code for need in before if not need.holds(way, case, Answers()))
