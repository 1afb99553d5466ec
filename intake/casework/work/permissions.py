"""What a step says of permissions: which are given or taken back, since when, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import uuid4

from intake.case.kinds import wishes
from intake.case.steps import CaseStep
from intake.casework.case_file import CaseFile
from intake.casework.consents import told
from intake.consent import Consent, TakenBack
from intake.form.answers import Answers
from intake.form.consent_texts import consent_text
from intake.form.moments import latest, midnight

KIND: Final = "consent_recorded"
_BY_CODE: Final = "mailbox"


def codes_in(step: CaseStep) -> tuple[str, ...]:
    """The permissions that it is about."""
    return step.answers[wishes.CONSENT_CODES] or ()


def tell(file: CaseFile, step: CaseStep) -> None:
    """What was allowed or taken back by word or paper stands beside what the report allows."""
    if _is_withdrawal(step):
        file.keep(told(file.kept, taken_back=_taken_back(file, step)))
    else:
        file.keep(told(file.kept, _given(file, step)))


def says_she_agreed(step: CaseStep) -> bool:
    """Whether the person herself gave a permission, and not through who wrote the report."""
    said = step.answers
    is_hers = said[wishes.CONSENT_BY] == "victim" and said[wishes.CONSENT_HOW] != _BY_CODE
    return is_hers and not _is_withdrawal(step)


def is_ended_already(file: CaseFile, answers: Answers) -> bool:
    """Whether it was taken back since the day on which a permission is said to be given."""
    step = CaseStep(uuid4(), 0, file.now, file.reader.member, KIND, answers)
    given = () if _is_withdrawal(step) else _given(file, step)
    return any(one.ends(consent) for one in file.kept.withdrawals for consent in given)


def _is_withdrawal(step: CaseStep) -> bool:
    return step.answers[wishes.CONSENT_CHANGE] == "withdrawn"


def _given(file: CaseFile, step: CaseStep) -> tuple[Consent, ...]:
    """Every permission from the first moment that its day allows, which is the safe side."""
    first_told_at = [one.at for one in _versions(file, step)][-1]
    is_later_day = step.done(wishes.CONSENT_ON) >= first_told_at
    at = None if is_later_day else step.began(wishes.CONSENT_ON)
    at, giver, until = at or first_told_at, step.answers[wishes.CONSENT_BY] or "", _end(step)
    return tuple(
        Consent(code, giver, at, consent_text(code).version, until, step=step.id)
        for code in codes_in(step)
    )


def _taken_back(file: CaseFile, step: CaseStep) -> Iterator[TakenBack]:
    """All that was given until it was first told has ended, whatever day was said."""
    for code in codes_in(step):
        told_at = _first_taken_back_at(file, step, code)
        yield TakenBack((code,), min(step.done(wishes.CONSENT_ON), told_at), told_at, step.id)


def _first_taken_back_at(file: CaseFile, step: CaseStep, code: str) -> datetime:
    """When this was told: a correction of other words tells nothing anew."""
    told_at = step.at
    for one in _versions(file, step):
        if not _is_withdrawal(one) or code not in codes_in(one):
            break
        told_at = one.at
    return told_at


def _versions(file: CaseFile, step: CaseStep) -> Iterator[CaseStep]:
    """The step and those that it corrects, the first that was written last."""
    by_id = {one.id: one for one in file.steps}
    found: CaseStep | None = step
    while found is not None:
        yield found
        found = by_id.get(found.replaces) if found.replaces else None


def _end(step: CaseStep) -> datetime | None:
    """The end of the last day that was said."""
    said = step.answers[wishes.CONSENT_UNTIL]
    if said is None:
        return None
    return latest(said, None) or midnight(said.day)
