"""Rotation: whoever was removed knew a secret, so another follows; all is boxed under it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from intake.casework import rotation_work
from intake.casework.codec import instant, moment
from intake.casework.generations import forget_earlier, held_key, in_force, make_due
from intake.casework.reader import Reader
from intake.casework.service import Service
from intake.store import generations
from intake.store.generations import Waiting
from intake.store.people import RingRow
from intake.vault import Ring

BATCH: Final = 50
_WAITING: Final = "rotation.waiting"


@dataclass(frozen=True)
class Progress:
    """What one call did, in objects boxed again, and what waits yet."""

    done: int = 0
    is_over: bool = True


@dataclass(frozen=True)
class RingStatus:
    """A ring as it is in force, and how many objects are still under an earlier secret.

    `since` is None for a generation that was there from the first day on.
    """

    ring: Ring
    generation: int
    since: date | None
    fingerprint: str
    is_due: bool
    holders: tuple[str, ...]
    left: int

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is left to do."""
        return not self.is_due and not self.left


def mark_due(session: Session, rings: Iterable[Ring]) -> None:
    """Have another generation made of `rings` by the next request of anybody who holds them."""
    # Also one that is just being made: it may be wrapped for whoever is being removed.
    due = RingRow.name.in_([str(ring) for ring in rings])
    session.execute(update(RingRow).where(due).values(is_due=True))


def go_on(reader: Reader, *, now: datetime, at_most: int = BATCH) -> Progress:
    """Make what is due and box a batch again, as far as this reader's keys can.

    Cheap where nothing waits: one query. Any number of sessions may do it at once.
    """
    service = reader.service
    if not (found := _waiting(service)):
        return Progress()
    hers = _held(reader)
    if found.due & hers:
        make_due(reader, now=now)
        found = _waiting(service)
    done = rotation_work.rebox(reader, now=now, at_most=at_most) if found.below & hers else 0
    if done:
        found = _waiting(service)
    if found.to_forget:
        forget_earlier(service, now=now)
    return Progress(done, not _waiting(service))


def status(service: Service) -> tuple[RingStatus, ...]:
    """Every ring as it is in force."""
    pins = service.pins()
    pinned = in_force(pins)
    with service.reading() as session:
        due = generations.waiting(session, pinned).due
        left = generations.left(session, pinned)
        holders = generations.holders(session, pinned)
    return tuple(
        RingStatus(
            ring,
            it.generation,
            it.since,
            it.public.fingerprint(),
            ring in due,
            holders[ring],
            left[ring],
        )
        for ring, it in sorted(pins.rings.items(), key=lambda pair: list(Ring).index(pair[0]))
    )


def waiting_since(service: Service, *, now: datetime) -> datetime | None:
    """Since when something waits, as far as the worker and doctor noticed; None at rest.

    It is kept in a file: the database tells nobody when somebody was removed.
    """
    path = service.settings.instance / _WAITING
    if not _waiting(service):
        path.unlink(missing_ok=True)
        return None
    if not path.exists():
        path.write_text(instant(now) + "\n")
        path.chmod(0o600)
    return moment(path.read_text().strip())


def _waiting(service: Service) -> Waiting:
    with service.reading() as session:
        return generations.waiting(session, in_force(service.pins()))


def _held(reader: Reader) -> frozenset[Ring]:
    with reader.service.reading() as session:
        return frozenset(ring for ring in Ring if held_key(reader, session, ring))
