"""The reports of the briefing arrive, are opened and end, in the order of time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias
from uuid import uuid4

from sqlalchemy import select

from intake.case import Stage
from intake.case.kinds.moving import RETENTION_ON
from intake.case.steps import CaseStep
from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import open_case
from intake.casework.demo_entering import send_at_once
from intake.casework.demo_report import DemoReport
from intake.casework.reader import Reader
from intake.casework.service import Service
from intake.casework.work.step_writing import write_step
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.dates import CivilDate
from intake.store.tables import CaseRow

Refs: TypeAlias = dict[str, str]

_DETAILS: Final[Mapping[str, Mapping[str, str]]] = {
    "consent_pending": {"stage": "consent_pending"},
    "closed": {"stage": "closed", "outcome": "documented_only"},
}
_NOTES: Final = {
    "consent_pending": "Зарегистрировано. Спросили, на что человек согласен.",
    "closed": "Решение: только запись. Сообщение вошло в сводку, дальше ничего не передано.",
}

_KEPT: Final = timedelta(days=20 * 365)
"""Older than any demonstration, so that nobody is asked to erase its reports."""


@dataclass(frozen=True)
class _Act:
    """What happens to one report `at` a time; `stage` is where it comes to."""

    at: datetime
    stage: str
    report: DemoReport
    reader: Reader


def retell(service: Service, reports: Sequence[DemoReport], readers: Sequence[Reader]) -> None:
    """Store `reports` as cases that ended long ago; `readers` open them in turn.

    They end without having been passed on, on the way that one coordinator may go alone.
    """
    refs: Refs = {}
    acts = [
        act
        for number, report in enumerate(reports)
        for act in _acts(report, readers[number % len(readers)])
    ]
    for act in sorted(acts, key=lambda act: act.at):
        _do(service, act, refs)


def _acts(report: DemoReport, reader: Reader) -> Iterator[_Act]:
    arrived = report.received_at
    yield _Act(arrived, "received", report, reader)
    yield _Act(arrived + timedelta(hours=1), "screening", report, reader)
    yield _Act(arrived + timedelta(hours=2), "consent_pending", report, reader)
    yield _Act(arrived + timedelta(days=7), "closed", report, reader)


def _do(service: Service, act: _Act, refs: Refs) -> None:
    key = act.report.key
    match act.stage:
        case "received":
            known = references(service)
            send_at_once(service, act.report)
            (refs[key],) = references(service) - known
        case "screening":
            open_case(act.reader, refs[key], now=act.at)
        case _:
            _move(act, refs[key])


def _move(act: _Act, ref: str) -> None:
    detail = _DETAILS[act.stage]
    with opened(act.reader, ref, "note_added", detail=detail, now=act.at) as file:
        note = {"text": _NOTES[act.stage], "by": act.reader.handle}
        file.add_document(Compartment.WORK, "note", note)
        file.move_to(act.stage)
        if act.stage == Stage.CLOSED:
            _keep_until(file, CivilDate(act.at.date() + _KEPT))


def _keep_until(file: CaseFile, day: CivilDate) -> None:
    answers = Answers().having(RETENTION_ON, day)
    write_step(file, CaseStep(uuid4(), 0, file.now, file.reader.member, "retention", answers))


def references(service: Service) -> set[str]:
    """The references of all cases."""
    with service.reading() as session:
        return set(session.scalars(select(CaseRow.ref)))
