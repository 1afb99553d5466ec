"""Who is away from when to when, who stands in, and giving the cases to others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from intake.case import OPEN_STAGES
from intake.casework import account_notices, leaving, log, stand_ins
from intake.casework.codec import instant
from intake.casework.errors import CaseworkError, NotAllowed
from intake.casework.leaving import CannotHold
from intake.casework.reader import Reader
from intake.casework.stand_ins import Absence
from intake.casework.team import papers
from intake.casework.team.absences import KIND, Away, days
from intake.casework.team.colleagues import coordinators
from intake.roles import Permission
from intake.store import team


class AwayAlready(CaseworkError):  # noqa: N818 - reads as what is the matter
    """She is away on some of these days already, or so is who would stand in for her."""


def away(reader: Reader, *, today: date) -> tuple[Away, ...]:
    """Everybody who is away now or will be, the nearest first."""
    reader.demand(Permission.READ_QUEUE)
    with reader.service.reading() as session:
        found = [one for one in days(reader, session) if one.until >= today]
    return tuple(sorted(found, key=lambda one: (one.since, one.handle)))


def away_today(reader: Reader, *, today: date) -> Mapping[UUID, Away]:
    """Who is away on this day, by member."""
    return {one.member: one for one in away(reader, today=today) if one.is_on(today)}


def keep_away(  # noqa: PLR0913 - all that one form brings
    reader: Reader,
    id_: UUID,
    member: UUID,
    since: date,
    until: date,
    *,
    substitute: UUID | None,
    now: datetime,
) -> None:
    """Remember that a coordinator is away; the same form sent again changes nothing.

    Raises `AwayAlready`, `CannotHold` for who is no coordinator, `ValueError` for days that
    are no time.
    """
    reader.demand(Permission.KEEP_TEAM)
    if until < since:
        raise ValueError("Nobody is back before she goes.")
    known = {one.id for one in coordinators(reader)}
    if member not in known or substitute == member or substitute not in {None, *known}:
        raise CannotHold
    content = {
        "member": member.hex,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "substitute": substitute.hex if substitute else None,
        "by": reader.handle,
        "at": instant(now),
    }
    with reader.service.writing() as session:
        others = [one for one in days(reader, session) if one.id != id_]
        if any(
            one.member in {member, substitute} and one.meets(since, until) for one in others
        ):
            raise AwayAlready
        if papers.keep_shared(reader, session, KIND, id_, content, seen=papers.NEW):
            today = now.astimezone(reader.service.settings.zone).date()
            absence = Absence(id_, member, since, until, substitute)
            stand_ins.add(session, reader.service, absence, today=today)
            log.append(session, reader.service, "away_kept", by=reader.member, now=now)


def end_away(reader: Reader, id_: UUID, *, now: datetime) -> None:
    """She is back, or goes not at all; nothing where that is known."""
    reader.demand(Permission.KEEP_TEAM)
    with reader.service.writing() as session:
        if papers.take_out(session, KIND, id_):
            stand_ins.remove(session, reader.service, id_)
            log.append(session, reader.service, "away_ended", by=reader.member, now=now)


def reassign(reader: Reader, id_: UUID, to: UUID | None, *, today: date, now: datetime) -> int:
    """Give the open cases of who is away to a colleague, or to the queue; how many she keeps.

    Those stay that the reader may not open. For others than herself she must be away today.
    Raises `CannotHold`, `NotAllowed`.
    """
    reader.demand(Permission.HAND_OVER)
    found = next((one for one in away(reader, today=today) if one.id == id_), None)
    if found is None or not (found.is_on(today) or found.member == reader.member):
        raise NotAllowed
    known = {one.id for one in coordinators(reader)}
    if to is not None and (to == found.member or to not in known):
        raise CannotHold
    before = held(reader, found.member)
    leaving.give_all(reader, found.member, to, act="reassigned", stages=OPEN_STAGES, now=now)
    left = held(reader, found.member)
    if to is not None and to != reader.member and left < before:
        _tell(reader, to, now)
    return left


def held(reader: Reader, member: UUID) -> int:
    """How many open cases she holds; a number, and no case."""
    reader.demand(Permission.HAND_OVER)
    with reader.service.reading() as session:
        return team.held(session, member)


def _tell(reader: Reader, member: UUID, now: datetime) -> None:
    about = {"handle": reader.handle}
    with reader.service.writing() as session:
        account_notices.tell(
            session, reader.service, [member], "reassigned", about=about, now=now
        )
