# ruff: noqa: D103 - each function is called like what it finds out
"""The conditions of the ways between stages, each over the case and the answers of the move."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, TypeAlias

from intake.case.clocks import ClockState, clocks
from intake.case.kinds import help as interview
from intake.case.kinds import moving as asked
from intake.case.kinds import wishes
from intake.case.kinds.legal import UNDER_PRESSURE
from intake.case.situation import Situation
from intake.case.stages import Transition
from intake.case.steps import CaseStep
from intake.form.answers import Answers
from intake.form.moments import midnight
from intake.form.vocabularies import vocabulary

Condition: TypeAlias = Callable[[Transition, Situation, Answers], bool]

ATTEMPTS: Final = 3
LONGEST_HOLD: Final = timedelta(days=30)
_LEVELS: Final = vocabulary("urgency").codes
"""The most urgent first."""
_KEPT: Final = frozenset({"as_chosen", "no_wish", "other_agreed"})
_LEADING: Final = ("legal", "psychological")
_PENDING: Final = frozenset({ClockState.RUNNING, ClockState.LATE, ClockState.PAUSED})
_HORIZON: Final = frozenset({"review", "un_sr_2y"})


def has_outcome(way: Transition, _case: Situation, answers: Answers) -> bool:
    return answers[asked.OUTCOME] in way.outcomes


def says_why(_way: Transition, _case: Situation, answers: Answers) -> bool:
    return bool(answers[asked.WHY])


def names_the_other(_way: Transition, _case: Situation, answers: Answers) -> bool:
    return answers[asked.OUTCOME] != asked.DUPLICATE or bool(answers[asked.SAME_AS])


def urgency_is_confirmed(_way: Transition, _case: Situation, answers: Answers) -> bool:
    """A first answer does not wait for it; it confirms nothing in anybody's name."""
    return answers[asked.LEVEL] in _LEVELS or answers[asked.FIRST_ANSWER] is True


def urgency_is_not_lowered(_way: Transition, case: Situation, answers: Answers) -> bool:
    level = answers[asked.LEVEL]
    return level not in _LEVELS or _LEVELS.index(level) <= _LEVELS.index(case.level)


def contact_is_wanted(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return not case.wants_no_contact


def no_contact_is_wanted(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return case.wants_no_contact


def person_has_not_agreed(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return not case.has_agreed


def contact_was_made(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return case.contact_made_at is not None


def contact_was_checked(_way: Transition, case: Situation, _answers: Answers) -> bool:
    """The code word was right; where none was agreed, the return code stands for it."""
    said = case.record.contacts.code_word
    is_agreed = "code_word" in case.contact_rules
    behind_code = case.first_contact_at is not None and not said
    return said == "right" or (not is_agreed and (said == "none_agreed" or behind_code))


def safety_plan_is_noted(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return case.record.has_safety_plan


def three_attempts_failed(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return len(case.record.contacts.failed) >= ATTEMPTS


def has_next_try(_way: Transition, case: Situation, answers: Answers) -> bool:
    """The day of the next try lies ahead, and no further than a case may be on hold."""
    said = answers[asked.TRY_AGAIN_ON]
    return said is not None and case.now < midnight(said.day) <= case.now + LONGEST_HOLD


def consents_are_missing(way: Transition, case: Situation, answers: Answers) -> bool:
    is_allowed = may_be_kept(way, case, answers) and may_be_contacted(way, case, answers)
    return not (is_allowed and child_agrees(way, case, answers))


def may_be_kept(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return "store" in case.allowed


def may_be_contacted(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return "contact" in case.allowed


def child_agrees(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return not case.is_minor or case.record.has_assent


def is_in_danger(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return case.is_in_danger


def cannot_be_asked(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return case.cannot_be_asked


def least_data_is_noted(_way: Transition, _case: Situation, answers: Answers) -> bool:
    needed = (wishes.CANNOT_ASK_WHY, wishes.LEAST_DATA, wishes.VITAL_TO)
    return all(answers[question] for question in needed)


def recording_was_offered(_way: Transition, _case: Situation, answers: Answers) -> bool:
    return answers[asked.RECORD_OFFERED] is True


def may_be_recorded(_way: Transition, case: Situation, answers: Answers) -> bool:
    return answers[asked.OUTCOME] != "documented_only" or "store" in case.allowed


def was_interviewed(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return bool(case.record.interviews)


def interviewer_was_as_chosen(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return any(map(_is_as_chosen, case.record.interviews))


def _is_as_chosen(step: CaseStep) -> bool:
    answers = step.answers
    is_trained = answers[interview.INTERVIEWER_TRAINED] == "yes"
    wishes_kept = (answers[interview.INTERVIEWER_SEX], answers[interview.INTERVIEW_LANGUAGE])
    return is_trained and all(kept in _KEPT for kept in wishes_kept)


def child_was_supported(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return not case.is_minor or any(map(_is_for_a_child, case.record.interviews))


def _is_for_a_child(step: CaseStep) -> bool:
    is_trained = step.answers[interview.TRAINED_FOR_CHILDREN] == "yes"
    return is_trained and step.answers[interview.SUPPORTIVE_ADULT] in {"present", "declined"}


def needs_are_noted(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return any(step.answers[interview.NEEDS] for step in case.record.interviews)


def risks_are_noted(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return any(step.answers[interview.RISKS] for step in case.record.interviews)


def has_lead(_way: Transition, case: Situation, _answers: Answers) -> bool:
    tracks = (case.record.tracks.get(code) for code in _LEADING)
    return any(track is not None and track.has_lead for track in tracks)


def has_plan(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return case.record.plan is not None


def only_the_review_runs(_way: Transition, case: Situation, _answers: Answers) -> bool:
    """The two years of the Special Rapporteur are a horizon that monitoring keeps in view."""
    pending = {clock.code for clock in clocks(case) if clock.state in _PENDING}
    return pending <= _HORIZON


def has_news(_way: Transition, case: Situation, answers: Answers) -> bool:
    return case.has_news or bool(answers[asked.NEWS])


def has_hold_reason(_way: Transition, _case: Situation, answers: Answers) -> bool:
    return answers[asked.HOLD_REASON] in vocabulary("hold_reason")


def try_day_has_come(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return case.has_news or case.try_again_at is None or case.is_over(case.try_again_at)


def last_try_failed(_way: Transition, case: Situation, _answers: Answers) -> bool:
    """The day of the next try has come, and somebody tried again in vain."""
    day = case.try_again_at or case.stage_changed_at or case.received_at
    return case.record.contacts.failed_since(day)


def nothing_new_waits(_way: Transition, case: Situation, _answers: Answers) -> bool:
    return not case.has_news


def has_last_contact(_way: Transition, _case: Situation, answers: Answers) -> bool:
    return answers[asked.LAST_CONTACT_ON] is not None


def has_retention(_way: Transition, case: Situation, answers: Answers) -> bool:
    return answers[asked.RETENTION_ON] is not None or case.record.retention_on is not None


def person_withdraws(_way: Transition, case: Situation, answers: Answers) -> bool:
    return case.withdrawal_asked or bool(answers[asked.ASKED_HOW])


def pressure_was_asked(_way: Transition, _case: Situation, answers: Answers) -> bool:
    return answers[UNDER_PRESSURE] in vocabulary("pressure")


def may_be_erased(_way: Transition, case: Situation, answers: Answers) -> bool:
    """The person asks for it, or the day has come that was set when the case was closed."""
    is_over = case.stage == "closed" and case.is_over(case.record.retention_on)
    return is_over or case.erasure_asked or bool(answers[asked.ASKED_HOW])
