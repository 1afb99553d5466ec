"""What a step changes in the facts of its case, beside being written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from intake.case.contacts import REACHED
from intake.case.kinds import contact, legal
from intake.case.kinds import help as helping
from intake.case.running import due_of, running
from intake.case.situation import Situation
from intake.case.steps import CaseStep
from intake.casework.case_file import CaseFile
from intake.casework.work import behind_code, leading, permissions
from intake.casework.work.lowering import lower
from intake.casework.work.permissions import says_she_agreed
from intake.casework.work.remembering import remember
from intake.casework.work.step_writing import write_step
from intake.casework.work.undoing import AGREED, ended_by, undo
from intake.form.dates import CivilDate
from intake.form.moments import local_day
from intake.triage import Level

_APPEALS: Final = frozenset({"appeal_106", "appeal_verdict", "admin_appeal"})
_AGREED: Final = frozenset({"is_reporter", AGREED})
Effect = Callable[[CaseFile, CaseStep], None]


def keep(file: CaseFile, step: CaseStep) -> CaseStep:
    """Write the step down and change what follows of it; the step as it was written."""
    record, before = file.record, _appeals(file.situation())
    wrong = ended_by(file, step)
    written = write_step(file, step)
    if wrong:
        undo(file, wrong)
    if effect := _EFFECTS.get(step.what):
        effect(file, written)
    behind_code.tell(file, _permissions(written, wrong))
    _count_appeals(file, before)
    if step.what == "track":
        leading.tell(file, record, written)
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
    remember(file, "complaint_filed_on")
    said = step.answers[legal.COMPLAINT_ON]
    earlier = [day for day in (file.facts.complaint_filed_on, said) if day]
    file.change_facts(complaint_filed_on=min(earlier, key=_day, default=None))


def _erdr(file: CaseFile, _step: CaseStep) -> None:
    remember(file, "erdr_number_known")
    file.change_facts(erdr_number_known=True)


def _interview(file: CaseFile, step: CaseStep) -> None:
    remember(file, "need")
    needs = step.answers[helping.NEEDS] or ()
    file.change_facts(need=tuple(dict.fromkeys((*file.facts.need, *needs))))


def _consent(file: CaseFile, step: CaseStep) -> None:
    permissions.tell(file, step)
    if says_she_agreed(step) and not _is_said_anew(file, step):
        remember(file, "victim_knowledge")
        file.change_facts(victim_knowledge=AGREED)


def _is_said_anew(file: CaseFile, step: CaseStep) -> bool:
    """Whether it is known already, or was said before somebody told that the person objects."""
    knowledge = file.facts.victim_knowledge
    return knowledge in _AGREED or (step.replaces is not None and knowledge == "objects")


def _permissions(*steps: CaseStep | None) -> tuple[str, ...]:
    """The permissions that these steps tell of."""
    told = (step for step in steps if step and step.what == permissions.KIND)
    return tuple(dict.fromkeys(code for step in told for code in permissions.codes_in(step)))


def _lowering(file: CaseFile, step: CaseStep) -> None:
    remember(file, "raised")
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
