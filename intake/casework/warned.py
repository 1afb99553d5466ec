"""What is remembered of words that were left about a case: no answer to one makes more of it.

A mark is named after the moment at which word is to be left again. While the limit that it is
about presses, that moment stands, whoever saves the case meanwhile.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.codec import instant
from intake.casework.service import Service
from intake.store.service import AttemptRow

# Longer than the longest time between two words about the same case (ten days).
KEPT: Final = timedelta(days=14)


def is_known(session: Session, service: Service, case: UUID, at: datetime) -> bool:
    """Whether the word that is to be left at this time is not the first one."""
    return session.get(AttemptRow, _mark(service, case, at)) is not None


def remember(
    session: Session, service: Service, case: UUID, at: datetime, *, now: datetime
) -> None:
    """Word was left, and is to be left again then."""
    day = (now + KEPT).date()
    session.merge(AttemptRow(bucket=_mark(service, case, at), day=day, count=1))


def forget(session: Session, service: Service, case: UUID, at: datetime) -> None:
    """What word was left of is done: of what comes next it is the first."""
    if found := session.get(AttemptRow, _mark(service, case, at)):
        session.delete(found)


def _mark(service: Service, case: UUID, at: datetime) -> bytes:
    return service.keys.server.mac("warned", case.bytes + instant(at).encode())
