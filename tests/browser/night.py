"""The reports of a night of mass detention."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from intake.casework import Service
from intake.form.answers import Stored
from tests.people import Sent, send, short_report, sister_report

NIGHT: Final[tuple[Mapping[str, Stored], ...]] = (
    {},
    {"victim_age": "14_15"},
    {"victim_status": "released", "method": ("rape",)},
    {"reporter_role": "lawyer", "injured": True},
)
LONG_AGO: Final[Mapping[str, Stored]] = {
    "victim_status": "released",
    "method": ("beat_hands",),
    "contact_method": ("mailbox",),
}
CONSENTS: Final[Mapping[str, Stored]] = {
    "consent": ("refer_internal", "state_complaint", "store"),
    "consent_giver": "victim",
    "victim_knowledge": "agreed",
    "reporter_role": "victim",
}


@dataclass(frozen=True)
class Came:
    """What arrived in the night: a complaint is filed in `legal`."""

    real: tuple[Sent, ...]
    automated: tuple[Sent, ...]
    legal: Sent


def arrive(service: Service, count: int, *, now: datetime) -> Came:
    """So many reports of every kind, minutes apart."""
    real, automated = [], []
    for number in range(count - 1):
        at = now - timedelta(minutes=number)
        match number % 6:
            case 5:
                automated.append(send(service, sister_report(at, automated=True)))
            case 4:
                real.append(send(service, short_report(at, **LONG_AGO)))
            case kind:
                real.append(send(service, sister_report(at, told=NIGHT[kind])))
    legal = send(service, sister_report(now, told=CONSENTS))
    return Came((*real, legal), tuple(automated), legal)
