"""Handing on the cases of who goes: in batches, each whole, so that it can be cut off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from intake.casework import alarm, log, state
from intake.casework.case_rows import keys_of, newest_facts
from intake.casework.entering import demand_own
from intake.casework.errors import CaseworkError, NotAllowed, UnknownCase
from intake.casework.facts_box import read_facts
from intake.casework.members import Member, colleagues, one
from intake.casework.proof import Proof
from intake.casework.reader import Reader
from intake.casework.team import hand_overs
from intake.casework.work import facets
from intake.roles import Permission
from intake.store.tables import CaseRow
from intake.vault import NotForYou, Ring, Slot, UnsealError

AT_ONCE: Final = 50
BATCHES: Final = 20
_FIRST: Final = UUID(int=0)


class CannotHold(CaseworkError):  # noqa: N818 - reads as what is the matter
    """Cases go to a colleague who can open them, or back to the queue."""


def hand_on(
    reader: Reader, member: UUID, to: UUID | None, *, proof: Proof, now: datetime
) -> int:
    """Give the cases `member` holds to `to`, or back to the queue; how many are still hers.

    Each case gets its line. What this reader may not open stays; so does what is more than
    a thousand, for the next time. Raises `CannotHold`, `UnknownMember`.
    """
    reader.demand(Permission.TAKE_CASE)
    demand_own(reader, proof)
    if to is not None and to not in {one.id for one in colleagues(reader, beside=member)}:
        raise CannotHold
    if not can_be_handed_on(one(reader, member)):
        raise NotAllowed
    give_all(reader, member, to, act="handed_on", now=now)
    return one(reader, member).cases


def give_all(
    reader: Reader,
    member: UUID,
    to: UUID | None,
    *,
    act: str,
    stages: Collection[str] = (),
    now: datetime,
) -> None:
    """Give what `member` holds to `to` or to nobody, each case with its line `act`.

    With `stages`, only cases in these.
    """
    last: UUID | None = _FIRST
    way = _Way(member, to, act, tuple(stages), now)
    for _ in range(BATCHES):
        if last is not None:
            last = _batch(reader, way, last)


@dataclass(frozen=True)
class _Way:
    """From whom cases go to whom, and what the log calls it."""

    member: UUID
    to: UUID | None
    act: str
    stages: tuple[str, ...]
    now: datetime

    @property
    def cases(self) -> ColumnElement[bool]:
        """What it is about."""
        hers = CaseRow.holder == self.member
        return hers & CaseRow.stage.in_(self.stages) if self.stages else hers


def can_be_handed_on(member: Member) -> bool:
    """Whether she holds cases that she cannot open any more."""
    return bool(member.cases) and not (member.is_in and Ring.CASE in member.rings)


def _batch(reader: Reader, way: _Way, after: UUID) -> UUID | None:
    """One transaction; the last case it came to, or None when there are no more."""
    with reader.service.writing() as session:
        rows = session.scalars(
            select(CaseRow)
            .where(way.cases, CaseRow.id > after)
            .order_by(CaseRow.id)
            .limit(AT_ONCE)
        ).all()
        for row in rows:
            _give(session, reader, row, way)
        return rows[-1].id if len(rows) == AT_ONCE else None


def _give(session: Session, reader: Reader, row: CaseRow, way: _Way) -> None:
    service, before, to, now = reader.service, row.holder, way.to, way.now
    try:
        keys = keys_of(reader, session, row)
        found = alarm.differences(session, service, row, keys, now=now)
        if to and not _may_be_of(session, reader, row, to):
            to = None
    except (NotForYou, UnsealError, UnknownCase):
        return
    taken_in = state.taken_in(row, keys[Slot.STATE])
    hand_overs.close(session, keys, by=reader.member)
    row.holder = to
    row.version += 1
    facets.carry_on(reader, session, row)
    state.keep(session, row, keys[Slot.STATE], found=found, taken_in=taken_in)
    told = {
        "from": before.hex if before else None,
        "to": to.hex if to else None,
        **({"differences": list(found)} if found else {}),
    }
    log.append(session, service, way.act, by=reader.member, case=row, detail=told, now=now)


def _may_be_of(session: Session, reader: Reader, row: CaseRow, member: UUID) -> bool:
    """False for who is not named where a case is kept: it goes back to the queue instead."""
    sealed = newest_facts(session, row.id)
    ring = reader.ring_at(session, Ring.FACTS, sealed.generation)
    named = read_facts(sealed, ring).restricted_to
    return not named or member.hex in named
