"""Writing a step down, in two documents where the writer holds the key of `intimate` (E11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from intake.case.kinds.striking import STRUCK
from intake.case.steps import CaseStep
from intake.casework.case_file import CaseFile
from intake.casework.work.step_documents import KIND, Parted, beside, content_of, parted
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.vault import NotForYou, Slot


def write_step(file: CaseFile, step: CaseStep) -> CaseStep:
    """Write down a step under the next number; what few may read stands beside it.

    `NotForYou` where it tells what only a trained handler can keep.
    """
    is_trained = Slot.INTIMATE in file.keys
    number = max((one.number for one in file.steps), default=0) + 1
    step = replace(step, number=number, by_trained=is_trained)
    hides_words = is_trained and file.facts.needs_trained_reader
    parts = parted(step.answers, hides_words=hides_words)
    if ends_intimate(file, step.what, step.about):
        parts = Parted(Answers(), step.answers)
    if parts.intimate and not is_trained:
        raise NotForYou(Slot.INTIMATE)
    _add(file, content_of(_shown(step, parts)), _slot(parts), step.id)
    if is_trained:
        more = Answers() if parts.is_all_intimate else parts.intimate
        _add(file, beside(step, more), Slot.INTIMATE, uuid4())
    file.know_step(step)
    return step


def ends_intimate(file: CaseFile, what: str, about: UUID | None) -> bool:
    """Whether it strikes out a step of which only trained handlers know that it is there."""
    ended = next((one for one in file.steps if what == STRUCK and one.id == about), None)
    return ended is not None and parted(ended.answers, hides_words=False).is_all_intimate


def _shown(step: CaseStep, parts: Parted) -> CaseStep:
    """What the document of the step holds: all of it where that lies with the intimate."""
    return step if parts.is_all_intimate else replace(step, answers=parts.plain)


def _slot(parts: Parted) -> Slot:
    return Slot.INTIMATE if parts.is_all_intimate else Slot.WORK


def _add(file: CaseFile, content: Mapping[str, object], slot: Slot, id_: UUID) -> None:
    file.add_document(Compartment.WORK, KIND, content, id_=id_, slot=slot)
