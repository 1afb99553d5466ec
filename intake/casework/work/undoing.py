"""Taking out of the facts what a step put there that another step replaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from intake.case.contacts import REACHED
from intake.case.kinds import contact, legal, wishes
from intake.case.steps import CaseStep
from intake.casework.case_file import CaseFile
from intake.casework.consents import CONTACT
from intake.casework.mail_entries import COALITION, REPORTER
from intake.consent import Consent

AGREED: Final = "agreed"
"""The person knows of the report and agreed: a code of `victim_knowledge`."""


def undo(file: CaseFile, wrong: CaseStep) -> None:
    """Make the facts as they were before `wrong`, as far as they are what it made of them."""
    if undoing := _UNDOING.get(wrong.what):
        undoing(file, wrong)


def says_she_agreed(step: CaseStep) -> bool:
    """Whether the person herself gave a permission, and not through who wrote the report."""
    said = step.answers
    is_hers = said[wishes.CONSENT_BY] == "victim" and said[wishes.CONSENT_HOW] != "mailbox"
    return is_hers and said[wishes.CONSENT_CHANGE] != "withdrawn"


def _attempt(file: CaseFile, wrong: CaseStep) -> None:
    at, facts = _made_at(wrong), file.facts
    others = [step for step in file.record.of("attempt") if step.id != wrong.id]
    reached = [_made_at(s) for s in others if s.answers[contact.ATTEMPT_RESULT] == REACHED]
    if facts.first_contact_at == at:
        file.change_facts(first_contact_at=min(reached, default=None))
    if facts.first_from_coalition_at == at:
        tried = (*map(_made_at, others), *_written_by(file, COALITION))
        file.change_facts(first_from_coalition_at=min(tried, default=None))
    if facts.last_from_reporter_at == at:
        heard = (*reached, *_written_by(file, REPORTER))
        file.change_facts(last_from_reporter_at=max(heard, default=None))


def _made_at(attempt: CaseStep) -> datetime:
    return attempt.done(contact.ATTEMPT_ON, contact.ATTEMPT_AT)


def _written_by(file: CaseFile, author: str) -> tuple[datetime, ...]:
    """When they wrote; a new stage is told by nobody."""
    said = (one for one in file.entries() if one.author == author and one.kind != "stage")
    return tuple(one.at for one in said)


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
    if says_she_agreed(wrong):
        _agreed(file, wrong)


def _agreed(file: CaseFile, wrong: CaseStep) -> None:
    """What was told of her knowledge holds again where no other step says that she agreed."""
    given = (step for step in file.record.of("consent_recorded") if step.id != wrong.id)
    told = file.kept.told_knowledge
    if told is None or any(map(says_she_agreed, given)):
        return
    file.keep(replace(file.kept, told_knowledge=None))
    if file.facts.victim_knowledge == AGREED:
        file.change_facts(victim_knowledge=told)


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
