"""Telling whoever is on duty that something waits, and nothing more; no request waits for mail.

A row without a member says that somebody is to be told, a row with one is a letter to her.
Both are called the same, so that rows show nothing but what the hours of arrival show already.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import duty, log
from intake.casework.codec import decode, encode, hour, instant, moment
from intake.casework.member_states import SIGNS_IN
from intake.casework.service import Service
from intake.mail import MailError, Notice
from intake.store.people import MemberRow
from intake.store.service import AttemptRow, OutboxRow
from intake.vault import UnsealError, box_outbox, open_outbox

Send = Callable[[Notice], None]

TOLD_AT_ONCE: Final = frozenset({"u1", "u2"})
DAY_AND_NIGHT: Final = frozenset({"u1"})  # domain.md 6.2
FOLDED: Final = timedelta(minutes=5)
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
_DOUBLINGS: Final = 7  # by then the longest pause is reached
TRIED_FOR: Final = timedelta(hours=24)


@dataclass(frozen=True)
class Letter:
    """A notice to one member: first due `since`, next at `due`."""

    id: UUID
    member: UUID
    tries: int
    since: datetime
    due: datetime


def announce(session: Session, service: Service, *, now: datetime, level: str = "u1") -> None:
    """Leave word, in the caller's transaction, that something of `level` waits."""
    at_night = level in DAY_AND_NIGHT
    words = [_content(service, row) for row in _words(session)]
    if not any(word.get("at_night", True) >= at_night for word in words):
        _add(session, service, {"at_night": at_night}, due=now)


def tell(
    session: Session, service: Service, member: UUID, *, now: datetime, level: str
) -> bool:
    """Leave word for one member that something of `level` waits; False when she is off duty."""
    told = duty.on_duty(
        _entries(session, service),
        now,
        zone=service.settings.zone,
        day_and_night=level in DAY_AND_NIGHT,
    )
    if member not in {entry.member for entry in told}:
        return False
    write_to(session, service, member, now)
    return True


def deliver(service: Service, *, send: Send, now: datetime) -> int:
    """Send what is due and count what went; what failed is tried later, for a day."""
    if _is_anybody_to_be_told(service):
        with service.writing() as session:
            _address(session, service, now)
    addresses, letters = _due(service, now)
    return sum(_deliver(service, letter, addresses, send, now) for letter in letters)


def _is_anybody_to_be_told(service: Service) -> bool:
    """Asked before writing, since a writer keeps reports waiting."""
    with service.reading() as session:
        return bool(_words(session) and _entries(session, service))


def _address(session: Session, service: Service, now: datetime) -> None:
    """Write to everybody who is to be told; word stays while there is nobody."""
    entries = _entries(session, service)
    for row in _words(session):
        told = duty.on_duty(
            entries,
            now,
            zone=service.settings.zone,
            day_and_night=_content(service, row).get("at_night", True),
        )
        for entry in told:
            write_to(session, service, entry.member, now)
        if told:
            session.delete(row)
    session.flush()


def write_to(session: Session, service: Service, member: UUID, now: datetime) -> None:
    """One letter at a time for each member, and one in five minutes: a flood is one notice."""
    waiting = session.scalars(select(OutboxRow).where(OutboxRow.member_id == member)).first()
    if waiting is not None:
        if waiting.tries:
            _hasten(service, waiting, now)
        return
    told_already = session.get(AttemptRow, _mark(service, member, now))
    due = _window(now) + FOLDED if told_already else now
    times = {"since": instant(due), "due": instant(due)}
    _add(session, service, times, due=due, member=member)
    session.flush()


def _hasten(service: Service, row: OutboxRow, now: datetime) -> None:
    """What failed to go is tried again at once, and for another day, when there is new word."""
    row.due = hour(now)
    times = {"since": instant(now), "due": instant(now)}
    row.box = box_outbox(service.keys.server, encode(times), id=row.id)


def _due(service: Service, now: datetime) -> tuple[dict[UUID, str], list[Letter]]:
    with service.reading() as session:
        addresses = {entry.member: entry.mail for entry in _entries(session, service)}
        rows = session.scalars(
            select(OutboxRow).where(OutboxRow.member_id.is_not(None), OutboxRow.due <= now)
        )
        letters = [_letter(service, row) for row in rows]
    return addresses, [letter for letter in letters if letter.due <= now]


def _deliver(
    service: Service, letter: Letter, addresses: dict[UUID, str], send: Send, now: datetime
) -> bool:
    """Whether it went; no transaction is open while the mail server takes its time."""
    if letter.member not in addresses:
        _take_out(service, letter, now, was_sent=False)
        return False
    try:
        send(Notice(addresses[letter.member]))
    except MailError:
        _try_later(service, letter, now)
        return False
    _take_out(service, letter, now, was_sent=True)
    return True


def _take_out(service: Service, letter: Letter, now: datetime, *, was_sent: bool) -> None:
    with service.writing() as session:
        _delete(session, letter)
        if was_sent:
            mark = _mark(service, letter.member, now)
            session.merge(AttemptRow(bucket=mark, day=now.date(), count=1))


def _try_later(service: Service, letter: Letter, now: datetime) -> None:
    with service.writing() as session:
        if now - letter.since >= TRIED_FOR:
            _delete(session, letter)
            member = {"member": letter.member.hex}
            log.append(session, service, "notice_failed", detail=member, now=now)
            return
        row = session.get_one(OutboxRow, letter.id)
        row.tries += 1
        due = now + min(SHORTEST_PAUSE * 2 ** min(letter.tries, _DOUBLINGS), LONGEST_PAUSE)
        row.due = hour(due)
        times = {"since": instant(letter.since), "due": instant(due)}
        row.box = box_outbox(service.keys.server, encode(times), id=row.id)


def _delete(session: Session, letter: Letter) -> None:
    row = session.get(OutboxRow, letter.id)
    if row is not None:
        session.delete(row)


def _words(session: Session) -> Sequence[OutboxRow]:
    return session.scalars(select(OutboxRow).where(OutboxRow.member_id.is_(None))).all()


def _entries(session: Session, service: Service) -> tuple[duty.Entry, ...]:
    """The rota without those who left since it was kept."""
    gone = set(session.scalars(select(MemberRow.id).where(MemberRow.state.not_in(SIGNS_IN))))
    return tuple(
        entry for entry in duty.kept(session, service).entries if entry.member not in gone
    )


def _add(
    session: Session,
    service: Service,
    content: dict[str, Any],
    *,
    due: datetime,
    member: UUID | None = None,
) -> None:
    id_ = uuid4()
    box = box_outbox(service.keys.server, encode(content), id=id_)
    session.add(OutboxRow(id=id_, kind="notice", due=hour(due), box=box, member_id=member))


def _letter(service: Service, row: OutboxRow) -> Letter:
    content = _content(service, row)
    since, due = (
        moment(content[name]) if name in content else row.due for name in ("since", "due")
    )
    return Letter(row.id, _member(row), row.tries, since, due)


def _member(row: OutboxRow) -> UUID:
    if row.member_id is None:
        raise ValueError("A letter goes to a member.")
    return row.member_id


def _content(service: Service, row: OutboxRow) -> dict[str, Any]:
    """What the row says; nothing when it was changed, and then it counts as most urgent."""
    try:
        return decode(open_outbox(service.keys.server, row.box, id=row.id))
    except UnsealError:
        return {}


def _mark(service: Service, member: UUID, now: datetime) -> bytes:
    """The name under which `attempt` remembers that `member` was told in these five minutes."""
    return service.keys.server.mac("told", member.bytes + instant(_window(now)).encode())


def _window(now: datetime) -> datetime:
    length = int(FOLDED.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // length * length, UTC)
