"""Doing what was checked: a step written down, another stage, a case erased."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from intake.case.kinds import moved, moving
from intake.case.number import next_number
from intake.case.stages import BY_CODE, Transition
from intake.case.steps import CaseStep
from intake.casework import ledger
from intake.casework.case_file import CaseFile
from intake.casework.codec import instant
from intake.casework.splitting import merging
from intake.casework.work.deeds import MOVE, Deed
from intake.casework.work.effects import keep
from intake.casework.work.leading import TRACK, with_name
from intake.casework.work.lowering import changed, counted_again
from intake.casework.work.situations import person_of
from intake.casework.work.step_documents import parted
from intake.casework.work.step_writing import ends_intimate
from intake.form.answers import Answers
from intake.form.moments import local_day
from intake.store import cases
from intake.store.tables import ErasedRow
from intake.triage import Level, Raise

_ERASED = "erased"
_ABOUT_THE_PERSON = frozenset({"assessment", "decision", "active", "monitoring"})


@dataclass(frozen=True)
class Doers:
    """Who does it: the one who wrote it, and the second where two decided."""

    by: UUID
    second: UUID | None = None


def do(file: CaseFile, deed: Deed, doers: Doers, *, id_: UUID) -> None:
    """Do what `deeds.demand` found may be done; the line in the log names it."""
    if doers.second:
        file.told["proposed_by"] = doers.by.hex
    if deed.action == MOVE:
        way = BY_CODE[deed.code]
        if way.target == _ERASED:
            _erase(file)
        else:
            go(file, way, deed.answers, doers, id_=id_)
        return
    file.act = "step_added"
    if not _is_all_intimate(file, deed):
        file.told["what"] = deed.code
    step = CaseStep(
        id=id_,
        number=0,
        at=file.now,
        by=doers.by,
        what=deed.code,
        answers=with_name(file, deed.answers) if deed.code == TRACK else deed.answers,
        replaces=deed.replaces,
        about=deed.about,
        second=doers.second,
    )
    _keep(file, step)


def _is_all_intimate(file: CaseFile, deed: Deed) -> bool:
    is_told = parted(deed.answers, hides_words=False).is_all_intimate
    return is_told or ends_intimate(file, deed.code, deed.about)


def go(
    file: CaseFile, way: Transition, answers: Answers, doers: Doers, *, id_: UUID | None = None
) -> None:
    """Take the case along `way`: stage and facts, the step, word to the reporter, merging."""
    source = file.row.stage
    if file.act is not None and file.act.startswith(("moved", "proposal")):
        file.act = "moved"
    file.told["way"] = way.code
    is_told = _may_be_told(file, way)
    kept = moved(way, source, answers)
    step = CaseStep(id_ or uuid4(), 0, file.now, doers.by, "moved", kept, second=doers.second)
    _keep(file, step)
    file.move_to(way.target, is_told=is_told)
    _change_facts(file, way, answers)
    merging.merge_or_part(file, way, answers, doers.by)
    if way.code == "decision_to_active":
        _accept(file, doers)


def _change_facts(file: CaseFile, way: Transition, answers: Answers) -> None:
    file.change_facts(try_again_on=answers[moving.TRY_AGAIN_ON])
    if way.code == "any_to_closed":
        file.change_facts(withdrawal_asked=False)
    level = answers[moving.LEVEL]
    if level and Level.of(level) > Level.of(file.row.level):
        handle = file.reader.handle
        file.change_facts(raised=Raise(Level.of(level), handle, file.now))


def _accept(file: CaseFile, doers: Doers) -> None:
    """Give the case its number, once; writers take turns, so that no two get the same."""
    if file.row.number is not None:
        return
    year = local_day(file.now).year
    file.row.number = next_number(year, cases.numbers_of(file.session, year))
    answers = Answers().having(moving.NUMBER, file.row.number)
    step = CaseStep(uuid4(), 0, file.now, doers.by, "acceptance", answers, second=doers.second)
    keep(file, step)


def _may_be_told(file: CaseFile, way: Transition) -> bool:
    """False where a stage would tell what the reporter may not follow (E13, E14)."""
    if way.target not in _ABOUT_THE_PERSON:
        return True
    return person_of(file.facts, file.record).reporter_may_follow


def _keep(file: CaseFile, step: CaseStep) -> None:
    """Keep the step; what was set aside counts again where its facts are others now."""
    before = file.facts
    keep(file, step)
    file.keep(replace(file.kept, facts=counted_again(file.facts, changed(before, file.facts))))


def _erase(file: CaseFile) -> None:
    """Destroy every key and every box; number, dates and outcome stay, in the log."""
    file.act = _ERASED
    moves = file.record.moves
    file.told |= {
        "outcome": moves.outcome,
        "number": file.row.number or "",
        "received": instant(file.row.hour),
        "accepted": instant(moves.accepted_at) if moves.accepted_at else "",
        "closed": instant(moves.closed_at) if moves.closed_at else "",
    }
    file.session.flush()
    file.session.add(ErasedRow(id=file.row.id, day=file.now.date()))
    ledger.destroy(file.session, file.row)
    file.is_changed = False
