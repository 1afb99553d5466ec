"""What members are to know of their accounts: sealed to each of them, forgotten in 90 days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.casework import duty, standing
from intake.casework import notices as mail
from intake.casework.codec import decode, encode, instant, moment
from intake.casework.member_states import SIGNS_IN
from intake.casework.reader import Reader
from intake.casework.service import Service
from intake.roles import Role
from intake.store.people import MemberRow, NoticeRow
from intake.vault import PublicKey, UnsealError, open_notice, seal_notice

KEPT_FOR: Final = timedelta(days=90)
# Letters are folded within five minutes: what happens daily must not hold an urgent one back.
WITHOUT_MAIL: Final = frozenset(
    {
        "signed_in",
        "mentioned",
        "track_led",
        "hand_over_accepted",
        "hand_over_declined",
        "proposal_made",  # where it is urgent, those on duty get a mail of their own
        "proposal_done",
        "proposal_not_agreed",
        "following",
        "following_news",
        "following_ended",
    }
)
NOTHING: Final[Mapping[str, object]] = {}


@dataclass(frozen=True)
class AccountNotice:
    """One notice: its kind (a code), when it happened, and what its words need."""

    id: UUID
    kind: str
    at: datetime
    about: Mapping[str, Any] = field(repr=False)


def tell(
    session: Session,
    service: Service,
    members: Iterable[UUID],
    kind: str,
    *,
    about: Mapping[str, object] = NOTHING,
    now: datetime,
) -> None:
    """Leave `members` a notice, in the caller's transaction; those on the rota a mail too."""
    told = set(members)
    rows = session.scalars(
        select(MemberRow).where(MemberRow.id.in_(told), MemberRow.state.in_(SIGNS_IN))
    ).all()
    content = encode({"kind": kind, "at": instant(now), "about": dict(about)})
    session.add_all([_notice(row, content, now) for row in rows])
    if kind not in WITHOUT_MAIL:
        on_rota = {entry.member for entry in duty.kept(session, service).entries}
        for row in rows:
            if row.id in on_rota:
                mail.write_to(session, service, row.id, now)


def tell_coordinators(
    session: Session,
    service: Service,
    kind: str,
    *,
    about: Mapping[str, object] = NOTHING,
    now: datetime,
) -> None:
    """Leave every coordinator who was let in a notice: whose key waits is not known yet."""
    entered = MemberRow.state.in_(standing.IN)
    rows = session.execute(select(MemberRow.id, MemberRow.roles).where(entered))
    coordinators = [id_ for id_, roles in rows if Role.COORDINATOR in roles.split()]
    tell(session, service, coordinators, kind, about=about, now=now)


def _notice(row: MemberRow, content: bytes, now: datetime) -> NoticeRow:
    id_ = uuid4()
    box = seal_notice(PublicKey(row.public_key), content, id=id_, member=row.id)
    return NoticeRow(id=id_, member_id=row.id, box=box, day=(now + KEPT_FOR).date())


def notices(reader: Reader) -> tuple[AccountNotice, ...]:
    """What this member was told and has not put away, the newest first."""
    with reader.service.reading() as session:
        rows = session.scalars(select(NoticeRow).where(NoticeRow.member_id == reader.member))
        opened = [found for row in rows if (found := _opened(reader, row)) is not None]
    return tuple(sorted(opened, key=lambda notice: (notice.at, notice.id), reverse=True))


def notices_waiting(reader: Reader) -> int:
    """How many notices of this member were not put away."""
    hers = select(func.count()).where(NoticeRow.member_id == reader.member)
    with reader.service.reading() as session:
        return session.scalars(hers).one()


def _opened(reader: Reader, row: NoticeRow) -> AccountNotice | None:
    """What was sealed to keys that she had before opens no more."""
    identity = reader.secret.seed.identity
    try:
        content = decode(open_notice(identity, row.box, id=row.id, member=row.member_id))
    except UnsealError:
        return None
    return AccountNotice(row.id, content["kind"], moment(content["at"]), content["about"])


def dismiss(reader: Reader, id: UUID) -> None:
    """Put one notice of this member away."""
    with reader.service.writing() as session:
        row = session.get(NoticeRow, id)
        if row is not None and row.member_id == reader.member:
            session.delete(row)
