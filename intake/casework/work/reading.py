"""The record of a case as its reader sees it: what was done, what runs, what is possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from intake.case.clocks import ClockNow, clocks
from intake.case.flags import flags
from intake.case.guards import Way, open_ways
from intake.case.record import Record
from intake.case.situation import Situation
from intake.case.steps import CaseStep
from intake.casework import additions
from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import demand_opened
from intake.casework.consents import plain
from intake.casework.reader import Reader
from intake.casework.work import proposals
from intake.casework.work.deciding import deciders
from intake.casework.work.deeds import gate
from intake.casework.work.leading import Leader, leaders, names
from intake.casework.work.pages import is_kept_from, told_flags
from intake.casework.work.proposals_shown import Proposal, in_file
from intake.casework.work.rules_of_contact import contact_rules
from intake.consent import ACTS
from intake.vault import Slot

NOT_HERE: Final = frozenset({"received_to_screening"})
"""Ways that are gone elsewhere: opening a report is one."""


@dataclass(frozen=True)
class Work:
    """What was done about a case, what must happen until when, and what could be done now.

    `steps` are all that were ever written, oldest first, of which those `standing` were neither
    replaced nor struck out; of the `hidden` ones a part may be for trained handlers alone.
    `gates` tells for every outgoing act what is missing (codes of `gate`), `ways` the same for
    every way (codes of `missing`). `allowed` are the consents in force whose giver's word
    counts, with when they were given. `leaders` are the members who could lead help in it.
    `others` are the coordinators who could decide beside the reader: where there is none, a
    step that takes two waits.
    """

    ref: str
    number: str | None
    stage: str
    level: str
    version: int
    holder: str | None
    situation: Situation
    steps: tuple[CaseStep, ...]
    standing: frozenset[UUID]
    hidden: frozenset[UUID]
    clocks: tuple[ClockNow, ...]
    ways: tuple[Way, ...]
    flags: tuple[str, ...]
    gates: Mapping[str, tuple[str, ...]]
    allowed: Mapping[str, datetime]
    proposals: tuple[Proposal, ...]
    handles: Mapping[UUID, str] = field(repr=False)
    leaders: tuple[Leader, ...]
    others: int
    differences: tuple[str, ...]

    @property
    def record(self) -> Record:
        """What the steps say stands now."""
        return self.situation.record


def work(reader: Reader, ref: str, *, now: datetime) -> Work:
    """The record of a case; `NotAllowed` before it was opened."""
    with opened(reader, ref, "read_steps", now=now) as file:
        demand_opened(file)
        additions.merge(file)
        return _work(file)


def _work(file: CaseFile) -> Work:
    row, reader = file.row, file.reader
    case = file.situation(contact_rules=contact_rules(file))
    handles = names(file)
    rows = proposals.of_case(file.session, file.keys)
    return Work(
        ref=row.ref,
        number=row.number,
        stage=row.stage,
        level=row.level,
        version=row.version + file.is_changed,
        holder=handles.get(row.holder) if row.holder else None,
        situation=case if reader.is_trained else replace(case, is_sexual=False),
        steps=file.steps,
        standing=frozenset(step.id for step in case.record.steps),
        hidden=frozenset(s.id for s in file.steps if _is_kept(file, s)),
        clocks=clocks(case),
        ways=tuple(way for way in open_ways(case) if way.code not in NOT_HERE),
        flags=told_flags(reader, flags(case)),
        gates={act: gate(file, act) for act in ACTS},
        allowed=_allowed(reader, case),
        proposals=tuple(in_file(file, row, kept, handles) for row, kept in rows),
        handles=handles,
        leaders=leaders(file),
        others=len(deciders(file, beside=reader.member)),
        differences=file.differences,
    )


def _is_kept(file: CaseFile, step: CaseStep) -> bool:
    return is_kept_from(step, holds_intimate=Slot.INTIMATE in file.keys)


def _allowed(reader: Reader, case: Situation) -> Mapping[str, datetime]:
    if reader.is_trained:
        return case.allowed
    told = plain(case.allowed)
    return {code: at for code, at in case.allowed.items() if code in told}
