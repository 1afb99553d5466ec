"""Whether this installation is as it should be: one finding for each check, with what to do."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from intake.casework.checks import keys, locked, machine, running, told
from intake.casework.checks.finding import Check, Finding, fail
from intake.casework.service import Service

CHECKS: Final[Mapping[str, Check]] = {
    "schema": running.schema,
    "modes": machine.modes,
    "swap": machine.swap,
    "core dumps": machine.core_dumps,
    "debug": machine.debugging,
    "hosts": machine.hosts,
    "cookies": machine.cookies,
    "disk": machine.disk,
    "files": running.files,
    "ring pins": keys.pins,
    "roster": keys.roster,
    "ring members": keys.holders,
    "rotation": keys.rotated,
    "first sign-in": keys.first_steps,
    "sheets": keys.sheets,
    "lockdown": locked.locked,
    "log": keys.log_head,
    "backup": running.backups,
    "worker": running.worker,
    "rota": running.rota,
    "mail": running.mail_is_set,
    "settings": told.settings,
    "numbers": told.numbers,
    "duty hours": told.hours,
    "address": told.addresses,
    "demo": running.demo,
}
TRYING_MAIL: Final[Mapping[str, Check]] = {**CHECKS, "mail": running.mail_answers}


def examine(
    service: Service, *, now: datetime, checks: Mapping[str, Check] = CHECKS
) -> Iterator[tuple[str, Finding]]:
    """The name and the finding of each check, one after another."""
    for name, check in checks.items():
        try:
            yield name, check(service, now)
        except Exception as error:  # noqa: BLE001 - what cannot be looked at is a finding too
            # The error's own words may hold an address or a value.
            yield name, fail(f"This could not be looked at ({type(error).__name__}).")
