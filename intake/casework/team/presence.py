"""Who else is on a case now, as its own log tells, and who is asked to take it over.

There is no lease, and nothing locks: a colleague who writes too is a reason to talk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.case_rows import find, keys_of
from intake.casework.codec import decode, moment
from intake.casework.errors import UnknownCase
from intake.casework.filings.following import ENDED, FOLLOWING
from intake.casework.reader import Reader
from intake.casework.team import hand_overs
from intake.casework.team.absences import Away
from intake.casework.team.away import away_today
from intake.casework.team.hand_overs import OfferShown, shown
from intake.roles import Permission
from intake.store import log, members
from intake.store.service import AuditRow
from intake.vault import NotForYou, Ring, UnsealError, open_audit_line, pseudonym

_FROM_OUTSIDE: Final = frozenset({"received", FOLLOWING, ENDED})
"""What lawyers do, who are on no case."""
NOW_IS: Final = timedelta(minutes=10)
_AT_MOST: Final = 40
"""Lines that are opened for one page: of a case that is busier, the newest tell enough."""


@dataclass(frozen=True)
class Here:
    """A colleague who used the case lately, and when last."""

    handle: str
    at: datetime


@dataclass(frozen=True)
class Around:
    """Colleagues who used a case in the last ten minutes, and the offer of it that waits.

    `holder_away`: who holds it is not here, so long and with this one in her place.
    """

    here: tuple[Here, ...] = ()
    offer: OfferShown | None = None
    holder_away: Away | None = None


def around(reader: Reader, ref: str, *, now: datetime) -> Around:
    """What goes on around a case, the latest colleague first; it says nothing of the case.

    `UnknownCase` for a case that she may not open.
    """
    reader.demand(Permission.OPEN_CASE)
    with reader.service.reading() as session:
        row = find(session, ref)
        try:
            keys = keys_of(reader, session, row, boxes=False)
        except (NotForYou, UnsealError):
            raise UnknownCase from None
        handles = members.handles(session)
        here = _here(session, reader, row.id, handles, now - NOW_IS)
        found = hand_overs.waiting(session, row, keys)
    today = now.astimezone(reader.service.settings.zone).date()
    absent = away_today(reader, today=today).get(row.holder) if row.holder else None
    return Around(here, shown(reader, found, handles) if found else None, absent)


def _here(
    session: Session,
    reader: Reader,
    case: UUID,
    handles: Mapping[UUID, str],
    since: datetime,
) -> tuple[Here, ...]:
    last: dict[UUID, datetime] = {}
    for member, at in _uses(session, reader, case, since):
        if member != reader.member:
            last[member] = max(at, last.get(member, at))
    found = (Here(handles.get(member, "?"), at) for member, at in last.items())
    return tuple(sorted(found, key=lambda here: here.at, reverse=True))


def _uses(
    session: Session, reader: Reader, case: UUID, since: datetime
) -> Iterator[tuple[UUID, datetime]]:
    """Who did something there since then, and when; the newest first."""
    name = pseudonym(reader.service.keys.audit, case)
    for row in log.newest_about(session, name, at_most=_AT_MOST):
        line = _opened(session, reader, row)
        if line is None:
            continue
        at = moment(line["at"])
        if at < since:
            return
        if line["by"] and line["act"] not in _FROM_OUTSIDE:
            yield UUID(line["by"]), at


def _opened(session: Session, reader: Reader, row: AuditRow) -> dict[str, Any] | None:
    try:
        ring = reader.ring_at(session, Ring.AUDIT, row.generation)
        return decode(open_audit_line(ring, row.box, sequence=row.seq))
    except (NotForYou, UnsealError):
        return None
