"""Saving a changed case: its facts, what follows of them, its version and its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from intake.case import OPEN_STAGES, Stage
from intake.case.running import Started
from intake.case.situation import Situation
from intake.casework import log, state, warned
from intake.casework.facts_box import facts_content
from intake.casework.work import facets
from intake.casework.work.reckoning import is_still_told, reckoned, warn_at
from intake.form.compartments import Compartment
from intake.store.tables import DocumentRow
from intake.triage import Level, Triage, may_rise_at, settled
from intake.vault import Ring, RingKey, Slot, box_facts

if TYPE_CHECKING:
    from intake.casework.case_file import CaseFile

_WORKED_ON: Final = frozenset(OPEN_STAGES) - {Stage.RECEIVED, Stage.SCREENING}


def finish(file: CaseFile) -> None:
    """Save the case where it was changed, and leave its line in the log."""
    if file.is_changed:
        save(file)
    if file.act:
        found = {"differences": list(file.differences)} if file.differences else {}
        service, who, told = file.reader.service, file.reader.member, {**file.told, **found}
        session, act, case = file.session, file.act, file.row
        log.append(session, service, act, by=who, case=case, detail=told, now=file.now)


def save(file: CaseFile) -> None:
    """Store what was changed under a new version and state."""
    if file.row.automated and _is_taken_up(file):
        file.row.automated = False
        file.told["no_longer_automated"] = True
    if file.known:
        _save_facts(file)
    file.row.version += 1
    if file.known:
        facets.keep(file.session, file.row, file.kept, _ring(file))
    state.keep(
        file.session,
        file.row,
        file.keys[Slot.STATE],
        found=file.differences,
        taken_in=file.taken_in,
    )


def _is_taken_up(file: CaseFile) -> bool:
    """Whether somebody holds it, answered it or went on with it: then it is no machine's."""
    is_answered = file.known is not None and file.facts.first_answer_at is not None
    return file.row.holder is not None or file.row.stage in _WORKED_ON or is_answered


def _save_facts(file: CaseFile) -> None:
    """A new revision of the facts, and the plain columns that follow of it."""
    outcome = settled(Level.of(file.row.level), file.facts, file.now)
    file.row.level = outcome.level.code
    file.row.answer_by = state.answer_by(file.row)
    file.row.may_rise_at = may_rise_at(file.facts, file.now, above=outcome.level)
    _reckon(file)
    file.session.add(_revision(file, outcome))


def _reckon(file: CaseFile) -> None:
    """Keep beside the facts what follows of the record; who cannot read it leaves it."""
    if Slot.WORK not in file.keys:
        return
    file.session.flush()
    case, before = file.situation(), file.kept.clocks
    file.keep(reckoned(file.kept, case))
    _warn(file, case, before)


def _warn(file: CaseFile, case: Situation, before: tuple[Started, ...]) -> None:
    """Set when the worker is to leave word; word that is due already is not put off."""
    row, limits = file.row, file.kept.clocks
    told_at, row.warn_at = row.warn_at, warn_at(case, limits)
    if told_at is None:
        return
    if is_still_told(case, limits, before, told_at):
        row.warn_at = min(told_at, row.warn_at or told_at)
    else:
        warned.forget(file.session, file.reader.service, row.id, told_at)


def _revision(file: CaseFile, outcome: Triage) -> DocumentRow:
    kept, newest = file.kept_with_row
    ring, revision, case = _ring(file), newest.revision + 1, file.row.id
    content = facts_content(kept, outcome)
    return DocumentRow(
        id=newest.id,
        revision=revision,
        case_id=case,
        compartment=Compartment.FACTS,
        kind="report",
        box=box_facts(ring, content, case=case, revision=revision),
        generation=ring.generation,
    )


def _ring(file: CaseFile) -> RingKey:
    return file.reader.ring(file.session, Ring.FACTS)
