"""Checks of rings, sheets and the log: what decides who reads, and whether all is there."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from intake.casework import founding, recovery, rotation, standing, verify
from intake.casework import roster as rosters
from intake.casework.checks.finding import Finding, fail, ok, warn
from intake.casework.generations import in_force
from intake.casework.service import Service
from intake.store import generations
from intake.store.people import RingRow
from intake.vault import Pin, Ring

_PATIENCE: Final = timedelta(days=1)


def pins(service: Service, _now: datetime) -> Finding:
    """Whether the database still has the ring keys that the form seals to."""
    pinned = service.pins().rings
    with service.reading() as session:
        rows = {
            ring: session.get(RingRow, (ring, it.generation)) for ring, it in pinned.items()
        }
        above = generations.above(session, in_force(service.pins()))
        set_back = [
            it for it in above if generations.is_named_above(session, it, pinned[it].generation)
        ]
    different = [ring for ring in Ring if not _is_pinned(rows.get(ring), pinned.get(ring))]
    if different:
        return fail(
            f"Another key than the pinned one stands in the database for {_listed(different)}. "
            "Reports are sealed to the pinned one. Find out who changed it before all else."
        )
    if set_back:
        return fail(
            f"The pin of {_listed(set_back)} was set back: rings.pub is older than the "
            "database. Put the newer file back, or restore a backup of both."
        )
    if above:
        return warn(
            f"Making another secret of {_listed(above)} was cut off. Nothing was sealed to it; "
            "the next page that a member opens makes it anew."
        )
    return ok("The rings in the database are those that reports are sealed to.")


def roster(service: Service, _now: datetime) -> Finding:
    """Whether each ring knows whose keys belong to it, and nobody else is in."""
    with service.reading() as session:
        different = rosters.set_back(session, service)
        strangers = standing.strangers(session, service)
    if different:
        return fail(
            f"The roster of {_listed(different)} is not the one that was written last. "
            "Nobody can be let in until a backup is restored."
        )
    if strangers:
        return fail(
            f"{', '.join(strangers)}: in the database, but not as somebody let them in. "
            "Find out who changed it before anything else."
        )
    return ok("Every member is as she was entered, and each ring has its roster.")


def holders(service: Service, _now: datetime) -> Finding:
    """Whether somebody, and not one person alone, holds each ring as it is in force."""
    with service.reading() as session:
        held = generations.holders(session, in_force(service.pins()))
    nobody = [ring for ring, handles in held.items() if not handles]
    alone = [ring for ring, handles in held.items() if len(handles) == 1]
    if nobody:
        return fail(f"Nobody holds {_listed(nobody)}. Run intake recover with the sheets.")
    if alone:
        return warn(
            f"One person alone holds {_listed(alone)}: steps that take two wait, "
            "and without her only the sheets help. Let a second member in."
        )
    return ok("At least two people hold each ring.")


def rotated(service: Service, now: datetime) -> Finding:
    """Whether everything is under the secrets in force, or not for long yet."""
    waiting = rotation.waiting_since(service, now=now)
    if waiting is None:
        return ok("Everything is under the secrets in force.")
    if now - waiting < _PATIENCE:
        return ok(
            "Another secret is being put in place. intake keys status says how far it is."
        )
    return warn(
        f"Somebody who was removed still knows a secret in use, since {waiting:%d.%m.%Y}. "
        "A coordinator, and for some cases a trained handler, must open the desk. "
        "intake keys status says what is left."
    )


def first_steps(service: Service, _now: datetime) -> Finding:
    """Whether this machine itself could still open what arrives."""
    if founding.is_first_key_kept(service):
        return warn(
            "The first coordinator has not chosen her passphrase: until then this machine "
            "could open what arrives. Sign in; intake member first makes another way in."
        )
    return ok("Nothing on this machine opens what arrives.")


def sheets(service: Service, _now: datetime) -> Finding:
    """Whether paper can bring the rings back."""
    with service.reading() as session:
        found = session.scalars(select(RingRow).where(RingRow.recovery_box.is_(None)))
        pins = service.pins().rings
        uncovered = [row.name for row in found if _is_pinned(row, pins.get(Ring(row.name)))]
    if service.pins().recovery is None:
        return warn(
            "There are no recovery sheets: a lost passphrase loses everything, and no backup "
            "can be made. Sign in at the desk and make them."
        )
    if uncovered:
        return fail(
            f"The sheets do not open {', '.join(sorted(set(uncovered)))}. Make new ones."
        )
    if recovery.are_sheets_used(service):
        return warn("The recovery sheets were typed in here. Sign in and make new ones.")
    return ok("Recovery sheets were made.")


def log_head(service: Service, _now: datetime) -> Finding:
    """Whether the database was set back since last night."""
    kept = verify.kept_head(service)
    if kept is None:
        return warn("The log was never compared. The worker does it each night; is it running?")
    if not verify.is_reached(service, kept):
        return fail(
            "The log does not hold the line kept in audit.head: the database was set back. "
            "Run intake audit verify, and ask who touched the database."
        )
    return ok("The log goes on from the line that was kept apart.")


def _is_pinned(row: RingRow | None, pin: Pin | None) -> bool:
    return row is not None and pin is not None and row.public_key == pin.public.raw


def _listed(rings: Iterable[Ring]) -> str:
    return ", ".join(sorted(rings))
