"""Saving a changed case: its facts, what follows of them, its version and its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake.casework import state
from intake.casework.facts_box import facts_content
from intake.casework.work import facets
from intake.casework.work.reckoning import reckoned, warn_at
from intake.form.compartments import Compartment
from intake.store.tables import DocumentRow
from intake.triage import Level, Triage, may_rise_at, settled
from intake.vault import Ring, RingKey, Slot, box_facts

if TYPE_CHECKING:
    from intake.casework.case_file import CaseFile


def save(file: CaseFile) -> None:
    """Store what was changed under a new version and state."""
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
    case = file.situation()
    file.keep(reckoned(file.kept, case))
    file.row.warn_at = warn_at(case)


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
