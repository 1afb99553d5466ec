"""Taking out of the facts what a step put there that another step replaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from intake.case.contacts import REACHED
from intake.case.kinds import contact, legal, wishes
from intake.case.steps import CaseStep
from intake.casework.case_file import CaseFile
from intake.casework.consents import CONTACT
from intake.consent import Consent


def undo(file: CaseFile, wrong: CaseStep) -> None:
    """Make the facts as they were before `wrong`, as far as they are what it made of them."""
    if undoing := _UNDOING.get(wrong.what):
        undoing(file, wrong)


def _attempt(file: CaseFile, wrong: CaseStep) -> None:
    at = wrong.done(contact.ATTEMPT_ON, contact.ATTEMPT_AT)
    if file.facts.first_contact_at != at:
        return
    others = (step for step in file.record.of("attempt") if step.id != wrong.id)
    reached = (s for s in others if s.answers[contact.ATTEMPT_RESULT] == REACHED)
    made = (step.done(contact.ATTEMPT_ON, contact.ATTEMPT_AT) for step in reached)
    file.change_facts(first_contact_at=min(made, default=None))


def _complaint(file: CaseFile, wrong: CaseStep) -> None:
    if file.facts.complaint_filed_on != wrong.answers[legal.COMPLAINT_ON]:
        return
    others = (step for step in file.record.of("complaint") if step.id != wrong.id)
    days = [day for step in others if (day := step.answers[legal.COMPLAINT_ON])]
    file.change_facts(complaint_filed_on=min(days, key=lambda said: said.day, default=None))


def _consent(file: CaseFile, wrong: CaseStep) -> None:
    """What was never allowed is no consent; what was never taken back holds again."""
    given = tuple(one for old in file.kept.given if (one := _before(old, wrong)) is not None)
    kept = file.kept.with_given(given)
    is_contact = CONTACT in (wrong.answers[wishes.CONSENT_CODES] or ())
    if is_contact:
        facts = replace(kept.facts, consent_contact=CONTACT in kept.consents)
        kept = replace(kept, facts=facts)
    file.keep(kept)


def _before(consent: Consent, wrong: CaseStep) -> Consent | None:
    """The consent as it was before the wrong step, None where that step alone made it."""
    if consent.code not in (wrong.answers[wishes.CONSENT_CODES] or ()):
        return consent
    at = wrong.done(wishes.CONSENT_ON)
    if wrong.answers[wishes.CONSENT_CHANGE] == "withdrawn":
        is_meant = consent.withdrawn_at == at
        return replace(consent, withdrawn_at=None) if is_meant else consent
    is_made = (consent.giver, consent.given_at) == (wrong.answers[wishes.CONSENT_BY], at)
    return None if is_made else consent


_UNDOING: Final[Mapping[str, Callable[[CaseFile, CaseStep], None]]] = {
    "attempt": _attempt,
    "complaint": _complaint,
    "consent_recorded": _consent,
}
