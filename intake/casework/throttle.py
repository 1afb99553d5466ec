"""Slowing down wrong tries, without addresses and without locking anybody out for good."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.casework.errors import SlowDown
from intake.casework.service import Service
from intake.store.service import AttemptRow

FREE_TRIES = 5
WINDOW = timedelta(minutes=15)
PAUSE = timedelta(seconds=30)
SHARED = 4096


def bucket(service: Service, kind: str, *names: str) -> str:
    """A name for what is tried, that names nobody without the server key."""
    return service.keys.server.mac(f"attempt-{kind}", "\0".join(names).encode()).hex()


def shared_bucket(service: Service, kind: str, name: str) -> str:
    """One of few buckets, for names that anybody may make up: they must not fill the disk."""
    whole = bytes.fromhex(bucket(service, kind, name))
    return bucket(service, f"{kind}-shared", str(int.from_bytes(whole) % SHARED))


def count(service: Service, name: str, *, now: datetime) -> None:
    """Count a try before it is made; `SlowDown` when it comes too soon.

    The first `FREE_TRIES` in a window are free, after them one each `PAUSE`.
    """
    with service.writing() as session:
        tries = _row(session, service, name, now, WINDOW)
        if tries.count >= FREE_TRIES:
            pause = _row(session, service, name, now, PAUSE)
            if pause.count:
                raise SlowDown(_seconds_left(now, PAUSE))
            pause.count += 1
        tries.count += 1


def forget(service: Service, name: str, *, now: datetime) -> None:
    """A right try takes the wrong ones before it away."""
    with service.writing() as session:
        session.execute(
            delete(AttemptRow).where(AttemptRow.bucket == _key(service, name, now, WINDOW))
        )


def _row(
    session: Session, service: Service, name: str, now: datetime, length: timedelta
) -> AttemptRow:
    key = _key(service, name, now, length)
    row = session.scalar(select(AttemptRow).where(AttemptRow.bucket == key))
    if row is None:
        row = AttemptRow(bucket=key, day=now.date(), count=0)
        session.add(row)
    return row


def _key(service: Service, name: str, now: datetime, length: timedelta) -> bytes:
    window = int(now.timestamp() // length.total_seconds())
    text = f"{name}/{length.total_seconds():.0f}/{window}"
    return service.keys.server.mac("attempt", text.encode())


def _seconds_left(now: datetime, length: timedelta) -> int:
    return int(length.total_seconds() - now.timestamp() % length.total_seconds()) + 1
