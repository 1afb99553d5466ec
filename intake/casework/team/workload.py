"""How much each member has in hand: cases held, help led; numbers, and no case."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.finding.opening import Opening
from intake.casework.reader import Reader
from intake.casework.team.colleagues import coordinators
from intake.casework.work import leading
from intake.roles import Permission
from intake.store import finding, numbers
from intake.store.cases import Selection
from intake.store.numbers import OpenCases
from intake.triage import Level


@dataclass(frozen=True)
class Load:
    """The open cases that one member holds, by level; `on_hold` are among them.

    `led` are kinds of help that she leads in open cases, whoever holds these; not counted are
    those in cases kept for named members, of which not everybody may know.
    """

    member: UUID
    handle: str
    is_me: bool
    by_level: Mapping[str, int]
    on_hold: int
    led: int

    @property
    def open(self) -> int:
        return sum(self.by_level.values())


def workload(reader: Reader, *, now: datetime) -> tuple[Load, ...]:
    """Everybody who is in and can hold cases, or leads help; who holds the most first."""
    reader.demand(Permission.HAND_OVER)
    handles = {one.id: one.handle for one in coordinators(reader)}
    could_lead = leading.everybody(reader)
    with reader.service.reading() as session:
        held, led = _held(session), _led(reader, session, now)
    handles |= {one.id: one.handle for one in could_lead if led[one.id]}
    loads = [
        Load(
            member,
            handle,
            member == reader.member,
            {level.code: held[member, level.code].number for level in Level},
            sum(held[member, level.code].on_hold for level in Level),
            led[member],
        )
        for member, handle in handles.items()
    ]
    return tuple(sorted(loads, key=lambda load: (-load.open, -load.led, load.handle)))


def _held(session: Session) -> defaultdict[tuple[UUID | None, str], OpenCases]:
    """Open cases by holder and level, counted as the numbers of the team are."""
    found = {(one.holder, one.level): one for one in numbers.open_cases(session)}
    return defaultdict(lambda: OpenCases(None, "", 0, 0), found)


def _led(reader: Reader, session: Session, now: datetime) -> Counter[UUID]:
    """How many kinds of help each member leads, as the sheets of open cases say."""
    found: Counter[UUID] = Counter()
    open_cases = finding.cases(session, Selection("open", reader.member))
    for _case, sheet in Opening(reader, session, now).all(open_cases):
        if sheet is not None and not sheet.is_kept:
            found.update(UUID(hex=code) for code in sheet.codes("lead"))
    return found
