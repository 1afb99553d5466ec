"""Making another generation of a ring, and taking away what an earlier one was wrapped in.

In this order, so that a cut at any point loses nothing: the rows are committed, then the pin
moves, then all is boxed again. Above the pin stands only what nothing was sealed to yet.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from intake.casework import log, roster
from intake.casework.account_notices import tell_coordinators
from intake.casework.pinning import changing_pins, pin
from intake.casework.reader import Reader
from intake.casework.roster import RosterDiffers
from intake.casework.service import Service
from intake.store import generations
from intake.store.generations import Pinned
from intake.store.people import RingMemberRow, RingRow
from intake.vault import NotForYou, Pin, Pins, Ring, RingKey, Sealed


def in_force(pins: Pins) -> Pinned:
    """The number of each ring's pinned generation."""
    return {ring: pinned.generation for ring, pinned in pins.rings.items()}


def held_key(reader: Reader, session: Session, ring: Ring) -> RingKey | None:
    """The pinned secret of `ring`; None where she does not hold it."""
    pinned = reader.service.pins().rings[ring]
    try:
        key = reader.ring_at(session, ring, pinned.generation)
    except NotForYou:
        return None
    return key if key.public == pinned.public else None


def make_due(reader: Reader, *, now: datetime) -> frozenset[Ring]:
    """Make another generation of every due ring that she holds, and seal to it from now on.

    A ring waits for somebody else where its roster was changed, or has no place for her, or
    where its pin was set back.
    """
    service = reader.service
    with changing_pins(service):
        pins = service.pins()
        with service.writing() as session:
            due = generations.waiting(session, in_force(pins)).due
            made = {
                ring: key
                for ring in Ring
                if ring in due and (key := _made(reader, session, ring, pins, now))
            }
        if made:
            pin(service, _moved(pins, made, now))
        return frozenset(made)


def _moved(pins: Pins, made: Mapping[Ring, RingKey], now: datetime) -> Pins:
    day = now.date()
    newer = {ring: Pin(key.generation, key.public, day) for ring, key in made.items()}
    return replace(pins, rings={**pins.rings, **newer})


def _made(
    reader: Reader, session: Session, ring: Ring, pins: Pins, now: datetime
) -> RingKey | None:
    """The next generation of `ring` with its roster and its wraps; None where it must wait."""
    service, number = reader.service, pins.rings[ring].generation
    current = held_key(reader, session, ring)
    if current is None or generations.is_named_above(session, ring, number):
        return None
    try:
        entries = roster.tidied(session, service, roster.read(session, service, current))
        readers = roster.readers(session, service, current)
    except RosterDiffers:
        return None
    if reader.member not in {entry.member for entry in readers}:
        return None
    generations.discard_above(session, ring, number)
    key = RingKey.fresh(ring, number + 1)
    _add(session, key, current, pins)
    by = reader.member
    roster.write(session, service, key, entries.values(), by=by, now=now)
    for entry in readers:
        box = key.wrap_for_member(entry.key, entry.member)
        session.add(RingMemberRow(ring, key.generation, entry.member, box))
    detail = {"ring": ring.value, "generation": key.generation}
    log.append(session, service, "generation_made", by=by, detail=detail, now=now)
    return key


def _add(session: Session, key: RingKey, previous: RingKey, pins: Pins) -> None:
    row = RingRow(
        name=key.ring,
        generation=key.generation,
        public_key=key.public.raw,
        roster_box=Sealed(b""),
        recovery_box=key.wrap_for_recovery(pins.recovery) if pins.recovery else None,
        previous_box=key.box_previous(previous),
    )
    session.add(row)
    session.flush()


def forget_earlier(service: Service, *, now: datetime) -> None:
    """Take away the wraps of generations that nothing names; at the very last, say so."""
    pinned = in_force(service.pins())
    with service.writing() as session:
        forgotten = [
            ring
            for ring, number in pinned.items()
            if generations.forget_below(session, ring, number)
        ]
        for ring in forgotten:
            detail = {"ring": ring.value, "generation": pinned[ring]}
            log.append(session, service, "rotation_done", detail=detail, now=now)
        if forgotten and not generations.waiting(session, pinned):
            tell_coordinators(session, service, "rotation_done", now=now)
