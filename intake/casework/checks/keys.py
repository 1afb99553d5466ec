"""Checks of rings, sheets and the log: what decides who reads, and whether all is there."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from intake.casework import founding, recovery, verify
from intake.casework.checks.finding import Finding, fail, ok, warn
from intake.casework.service import Service
from intake.store.people import RingMemberRow, RingRow
from intake.vault import Ring


def pins(service: Service, _now: datetime) -> Finding:
    """Whether the database still has the ring keys that the form seals to."""
    newest = _newest(service)
    pinned = service.pins().rings
    different = [
        ring
        for ring in Ring
        if ring not in newest
        or ring not in pinned
        or (newest[ring].generation, newest[ring].public_key)
        != (pinned[ring].generation, pinned[ring].public.raw)
    ]
    if not different:
        return ok("The rings in the database are those that reports are sealed to.")
    return fail(
        f"Another key than the pinned one stands in the database for {', '.join(different)}. "
        "Reports are sealed to the pinned one. Find out who changed it before anything else."
    )


def roster(service: Service, _now: datetime) -> Finding:
    """Whether each ring knows whose keys belong to it."""
    newest = _newest(service)
    missing = [ring for ring in Ring if ring not in newest or not newest[ring].roster_box]
    if missing:
        return fail(f"No roster says who belongs to {', '.join(missing)}. Restore a backup.")
    return ok("Each ring has a roster. Members' keys compare it when somebody is let in.")


def holders(service: Service, _now: datetime) -> Finding:
    """Whether somebody, and not one person alone, holds each ring."""
    with service.reading() as session:
        counted = {
            ring: session.scalar(
                select(func.count(RingMemberRow.member_id.distinct())).where(
                    RingMemberRow.ring == ring
                )
            )
            for ring in Ring
        }
    nobody = [ring for ring, count in counted.items() if not count]
    alone = [ring for ring, count in counted.items() if count == 1]
    if nobody:
        return fail(f"Nobody holds {', '.join(nobody)}. Run intake recover with the sheets.")
    if alone:
        return warn(
            f"One person alone holds {', '.join(alone)}: steps that take two wait, "
            "and without her only the sheets help. Let a second member in."
        )
    return ok("At least two people hold each ring.")


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
        uncovered = session.scalars(
            select(RingRow.name).where(RingRow.recovery_box.is_(None))
        ).all()
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


def _newest(service: Service) -> Mapping[str, RingRow]:
    with service.reading() as session:
        rows = session.scalars(select(RingRow).order_by(RingRow.generation)).all()
        session.expunge_all()
    return {row.name: row for row in rows}
