"""What the log holds fast of rosters, so that an older list that is put back is noticed."""

import hashlib
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework import log
from intake.casework.service import Service
from intake.store.people import RingRow
from intake.vault import Ring


def name_of(ring: Ring, generation: int) -> UUID:
    """What a ring's roster is called in the log, before its pseudonym.

    Each generation has a name of its own: one that was cut off while it was made must not
    make the roster of the generation in force look as if it was set back.
    """
    digest = hashlib.sha256(f"roster/{ring}/{generation}".encode()).digest()
    return UUID(bytes=digest[:16], version=4)


def pinned(row: RingRow) -> log.Pinned:
    """What the line about this roster holds fast."""
    name = name_of(Ring(row.name), row.generation)
    return log.Pinned(name, row.roster_revision, _digest(row))


def is_as_logged(session: Session, service: Service, row: RingRow) -> bool:
    """Whether this is the roster that the log names; the very first one has no line."""
    name = name_of(Ring(row.name), row.generation)
    newest = log.newest_about(session, service, name)
    if newest is None:
        return row.roster_revision == 1
    if newest.mac != log.mac_of(service, newest):
        return False
    return (newest.revision, newest.digest) == (row.roster_revision, _digest(row))


def set_back(session: Session, service: Service) -> tuple[Ring, ...]:
    """Rings whose roster is another than the log names; for doctor, which opens none."""
    pins = service.pins().rings
    rows = {ring: session.get(RingRow, (ring, pins[ring].generation)) for ring in Ring}
    return tuple(
        ring
        for ring, row in rows.items()
        if row is None or not is_as_logged(session, service, row)
    )


def _digest(row: RingRow) -> bytes:
    return hashlib.sha256(row.roster_box).digest()
