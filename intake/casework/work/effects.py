"""What a step changes in the facts of its case, beside being written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from intake.case.contacts import REACHED
from intake.case.kinds import contact, legal, wishes
from intake.case.kinds import help as helping
from intake.case.running import due_of, running
from intake.case.situation import Situation
from intake.case.steps import CaseStep
from intake.casework.case_file import CaseFile
from intake.casework.consents import Change, applied
from intake.casework.work.lowering import lower
from intake.casework.work.step_writing import write_step
from intake.casework.work.undoing import AGREED, says_she_agreed, undo
from intake.consent import Consent
from intake.form.consent_texts import consent_text
from intake.form.dates import CivilDate
from intake.form.moments import latest, local_day, midnight
from intake.triage import Level

_APPEALS: Final = frozenset({"appeal_106", "appeal_verdict", "admin_appeal"})
_AGREED: Final = frozenset({"is_reporter", AGREED})
Effect = Callable[[CaseFile, CaseStep], None]


def keep(file: CaseFile, step: CaseStep) -> CaseStep:
    """Write the step down and change what follows of it; the step as it was written."""
    before = _appeals(file.situation())
    if replaced := next((one for one in file.steps if one.id == step.replaces), None):
        undo(file, replaced)
    written = write_step(file, step)
    if effect := _EFFECTS.get(step.what):
        effect(file, written)
    _count_appeals(file, before)
    return written


def _attempt(file: CaseFile, step: CaseStep) -> None:
    """Every attempt is an answer to who wrote; whoever was reached has spoken with us."""
    at, facts = step.done(contact.ATTEMPT_ON, contact.ATTEMPT_AT), file.facts
    file.change_facts(first_from_coalition_at=min(at, facts.first_answer_at or at))
    if step.answers[contact.ATTEMPT_RESULT] != REACHED:
        return
    file.change_facts(
        first_contact_at=min(at, facts.first_contact_at or at),
        last_from_reporter_at=max(at, facts.last_from_reporter_at or at),
    )


def _complaint(file: CaseFile, step: CaseStep) -> None:
    said = step.answers[legal.COMPLAINT_ON]
    earlier = [day for day in (file.facts.complaint_filed_on, said) if day]
    file.change_facts(complaint_filed_on=min(earlier, key=_day, default=None))


def _erdr(file: CaseFile, _step: CaseStep) -> None:
    file.change_facts(erdr_number_known=True)


def _interview(file: CaseFile, step: CaseStep) -> None:
    needs = step.answers[helping.NEEDS] or ()
    file.change_facts(need=tuple(dict.fromkeys((*file.facts.need, *needs))))


def _consent(file: CaseFile, step: CaseStep) -> None:
    """What was allowed or taken back by word or paper stands beside what the report allows."""
    codes = step.answers[wishes.CONSENT_CODES] or ()
    at = step.done(wishes.CONSENT_ON)
    if step.answers[wishes.CONSENT_CHANGE] == "withdrawn":
        file.keep(applied(file.kept, Change(at, withdrawn=codes)))
        return
    giver, until = step.answers[wishes.CONSENT_BY] or "", _end(step)
    given = tuple(Consent(c, giver, at, consent_text(c).version, until) for c in codes)
    file.keep(applied(file.kept, Change(at, given)))
    told = file.facts.victim_knowledge
    if says_she_agreed(step) and told not in _AGREED:
        file.keep(replace(file.kept, told_knowledge=told))
        file.change_facts(victim_knowledge=AGREED)


def _end(step: CaseStep) -> datetime | None:
    """The end of the last day that was said."""
    said = step.answers[wishes.CONSENT_UNTIL]
    if said is None:
        return None
    return latest(said, None) or midnight(said.day)


def _lowering(file: CaseFile, step: CaseStep) -> None:
    level = Level.of(step.answers[helping.LOWER_TO] or file.row.level)
    file.keep(replace(file.kept, facts=lower(file.facts, level, file.now)))
    file.row.level = level.code


_EFFECTS: Final[Mapping[str, Effect]] = {
    "attempt": _attempt,
    "complaint": _complaint,
    "erdr": _erdr,
    "interview": _interview,
    "consent_recorded": _consent,
    "lowering": _lowering,
}


def _count_appeals(file: CaseFile, before: frozenset[CivilDate]) -> None:
    """The days until which decisions can be appealed are deadlines while they run."""
    after = _appeals(file.situation())
    if after == before:
        return
    told = [day for day in file.facts.deadlines if day not in before]
    file.change_facts(deadlines=tuple(sorted({*told, *after}, key=_day)))


def _appeals(case: Situation) -> frozenset[CivilDate]:
    limits = (one for one in running(case) if one.code in _APPEALS)
    ends = (due_of(one, case.level, case.now) for one in limits)
    return frozenset(CivilDate(local_day(end)) for end in ends if end)


def _day(said: CivilDate) -> date:
    return said.day
