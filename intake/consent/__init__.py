"""What a person has allowed, whose word counts, and the gate for all that leaves."""

from intake.consent.given import Consent, TakenBack, held, in_force
from intake.consent.givers import Person, allowed, ends
from intake.consent.outgoing import ACTS, Asked, OutgoingAct, missing

__all__ = [
    "ACTS",
    "Asked",
    "Consent",
    "OutgoingAct",
    "Person",
    "TakenBack",
    "allowed",
    "ends",
    "held",
    "in_force",
    "missing",
]
