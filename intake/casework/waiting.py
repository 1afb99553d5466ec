"""What time does to reports that nobody has opened, or that nobody can read just now."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from intake.casework import grid, log, notices, stand_ins, state, warned
from intake.casework.service import Service
from intake.store.service import AttemptRow
from intake.store.tables import CaseRow
from intake.triage.levels import Level

OVER: Final = ("closed", "erased")
_HIGHER: Final = {"u4": "u3", "u3": "u2", "u2": "u1", "u1": "u1"}
_BY_DAY, _HIGHEST = "u4", "u1"


def raise_levels(service: Service, *, now: datetime) -> int:
    """Raise by one level what may rise by now, and say how many rose.

    The stored time was made when the facts were last read (vault.md 4). The state stays as
    it was sealed: it names the old level and the time, and readers allow for this one step.
    A second step waits until somebody reads the facts again: only they tell its time.
    """
    due = (CaseRow.may_rise_at <= now) & CaseRow.stage.not_in(OVER)
    if not _is_any(service, due):
        return 0
    with service.writing() as session:
        rising = session.scalars(select(CaseRow).where(due)).all()
        for row in rising:
            row.level, row.may_rise_at = _HIGHER[row.level], None
            row.answer_by = state.answer_by(row)
            log.append(session, service, "level_rose", case=row, now=now)
            if row.level in notices.TOLD_AT_ONCE:
                _announce(session, service, row, now)
        return len(rising)


def warn_late(service: Service, *, now: datetime) -> int:
    """Leave word of reports that nobody opened in time, once in each period of their level."""
    with service.reading() as session:
        if not _late(session, service, now):
            return 0
    with service.writing() as session:
        late = _late(session, service, now)
        for row in late:
            mark = _mark(service, row, now)
            session.add(AttemptRow(bucket=mark, day=(now + warned.KEPT).date(), count=1))
            _announce(session, service, row, now)
        return len(late)


def warn_of_limits(service: Service, *, now: datetime) -> int:
    """Leave word of cases of which a limit is over, or soon will be; of how many.

    First whoever holds the case is told, or who stands in while she is away, and who is on
    duty where neither is; what is still so after the time of its level wakes everybody who is
    on duty. A closed case that is to be erased wakes nobody. Which limit it is stays sealed;
    the state of the case allows for the later time, as it does for a level that rose.
    """
    due = (CaseRow.warn_at <= now) & (CaseRow.stage != "erased")
    if not _is_any(service, due):
        return 0
    with service.writing() as session:
        rows = session.scalars(select(CaseRow).where(due)).all()
        for row in rows:
            _warn(session, service, row, now)
            row.warn_at = grid.next_warning(row.level, now, stage=row.stage)
            warned.remember(session, service, row.id, row.warn_at, now=now)
        return len(rows)


def _warn(session: Session, service: Service, row: CaseRow, now: datetime) -> None:
    is_over, at = row.stage in OVER, row.warn_at
    if not is_over and at and warned.is_known(session, service, row.id, at):
        _announce(session, service, row, now, level=_HIGHEST)
        return
    level = _BY_DAY if is_over else row.level
    acting = row.holder and _acting_for(session, service, row.holder, now)
    if acting is None or not notices.tell(session, service, acting, now=now, level=level):
        _announce(session, service, row, now, level=level)


def _acting_for(session: Session, service: Service, holder: UUID, now: datetime) -> UUID | None:
    today = now.astimezone(service.settings.zone).date()
    return stand_ins.acting_for(session, service, holder, today)


def _is_any(service: Service, which: ColumnElement[bool]) -> bool:
    """Asked before writing, since a writer keeps reports waiting."""
    with service.reading() as session:
        return bool(session.scalar(select(exists().where(which))))


def _announce(
    session: Session, service: Service, row: CaseRow, now: datetime, *, level: str = ""
) -> None:
    # What was probably sent by a machine wakes nobody up.
    wanted = _BY_DAY if row.automated else level or row.level
    notices.announce(session, service, now=now, level=wanted)


def _late(session: Session, service: Service, now: datetime) -> list[CaseRow]:
    """Late reports that nobody was told about in this period."""
    past = or_(
        *(
            (CaseRow.level == level.code) & (CaseRow.hour <= now - timedelta(hours=level.hours))
            for level in Level
        )
    )
    rows = session.scalars(select(CaseRow).where(CaseRow.stage == "received", past))
    return [row for row in rows if session.get(AttemptRow, _mark(service, row, now)) is None]


def _periods(row: CaseRow, now: datetime) -> int:
    """How many whole periods of its level the report has been late."""
    period = timedelta(hours=Level.of(row.level).hours)
    return (now - row.hour - period) // period


def _mark(service: Service, row: CaseRow, now: datetime) -> bytes:
    """The name under which `attempt` remembers that this lateness was told."""
    told = f"{row.level}/{_periods(row, now)}".encode()
    return service.keys.server.mac("late", row.id.bytes + told)
