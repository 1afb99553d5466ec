"""What a report begins with about the next client of the same place and day.

Only what is named here is carried: who writes, where, when and by which service. Of the client
before nothing stays.
"""

from types import MappingProxyType
from typing import Final

from intake.form import acting, conditions, events, gates, people, recording, repeating, towns
from intake.form.answers import Answers, Item
from intake.form.draft import Draft
from intake.form.journey import asked_steps, questions_of
from intake.form.question import Condition
from intake.form.questions import AnyQuestion
from intake.form.steps import Step


def _is_reached_herself(answers: Answers) -> bool:
    """Who acts for the person is answered by no way that may lead to the client's family."""
    ways = answers[people.CONTACT_METHOD] or ()
    return conditions.acts_for_the_person(answers) and "via_relative" not in ways


CARRIED: Final[tuple[tuple[Condition, tuple[AnyQuestion, ...]], ...]] = (
    (
        conditions.acts_for_the_person,
        (
            people.REPORTER_ROLE,
            people.REPORTER_NAME,
            acting.ORGANISATION,
            acting.LAWYER_LICENCE,
            gates.UNDER_NON_DISCLOSURE,
        ),
    ),
    (
        _is_reached_herself,
        (
            people.CONTACT_METHOD,
            people.CONTACT_VALUE,
            people.CONTACT_HOURS,
            people.PHONE_SEEN_BY,
            people.CONTACT_RULES,
            people.CODE_WORD,
        ),
    ),
    (
        conditions.in_custody,
        (events.VICTIM_STATUS, events.CUSTODY_PLACE, events.CUSTODY_ACKNOWLEDGED),
    ),
    (
        conditions.is_found,
        (
            towns.TOWN_SAID,
            towns.TOWN,
            events.REGION_OF_EVENT,
            events.PLACE_NAME,
            events.PLACE_TYPE,
            events.EVENT_CONTEXT,
            events.AGENCY,
            events.DETAINED_ON,
            events.ACT_DATE_FROM,
            events.ACT_DATE_TO,
        ),
    ),
    (conditions.is_recorded, (recording.CHANNEL, recording.TOLD_ON, recording.TAKEN_BY)),
)
"""The questions whose answers are carried, each with when that is so."""
OF_OFFICERS: Final[tuple[AnyQuestion, ...]] = (
    repeating.OFFICER_NAME,
    repeating.OFFICER_RANK,
    repeating.OFFICER_BADGE,
    repeating.OFFICER_VEHICLE,
    repeating.OFFICER_IN_POST,
)
"""What is carried of each officer: who it is, never what was done to the client before."""


def carried(draft: Draft) -> Draft:
    """A fresh draft with what may be carried; pages that it fills whole count as passed.

    The others are met again with what is carried in them, and all of it stands on the page
    that is looked at before sending.
    """
    answers = _carried(draft.answers)
    asked = (step for step in asked_steps(answers) if step.slug in draft.passed)
    passed = (step.slug for step in asked if _is_filled(step, answers))
    return Draft(answers, tuple(passed))


def _carried(answers: Answers) -> Answers:
    names = {q.name for holds, those in CARRIED if holds(answers) for q in those}
    fresh = _only(answers, names)
    of_officers = {question.name for question in OF_OFFICERS}
    for officer in answers.of(repeating.OFFICERS):
        if known := _only(officer.answers, of_officers):
            fresh = fresh.with_item(repeating.OFFICERS, Item(officer.id, known))
    return fresh


def _only(answers: Answers, names: set[str]) -> Answers:
    kept = {name: value for name, value in answers.values.items() if name in names}
    return Answers(MappingProxyType(kept))


def _is_filled(step: Step, answers: Answers) -> bool:
    """Whether something is told on this page, and nothing on it is asked of each client."""
    asked = {question.name for question in questions_of(step, answers)}
    return asked <= _NAMES and not asked.isdisjoint(answers.values)


_NAMES: Final = frozenset(question.name for _holds, those in CARRIED for question in those)
