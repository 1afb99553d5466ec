"""Checks of a lockdown: whether one was begun and not finished, and whether all is locked."""

from datetime import datetime

from sqlalchemy import select

from intake.casework import lockdown
from intake.casework.checks.finding import Finding, fail, ok, warn
from intake.casework.member_states import LOCKED, SIGNS_IN
from intake.casework.service import Service
from intake.store.people import MemberRow


def locked(service: Service, _now: datetime) -> Finding:
    """Whether a lockdown is half done, or everybody is locked out as it was meant."""
    if lockdown.is_half(service):
        return fail("A lockdown was begun and is not finished. Run: intake lockdown")
    with service.reading() as session:
        states = set(session.scalars(select(MemberRow.state)))
    if LOCKED in states and not states & SIGNS_IN:
        return warn(
            "Everything is locked. Reports still arrive. intake recover opens it again with "
            "the recovery sheets."
        )
    return ok("Nothing is locked.")
