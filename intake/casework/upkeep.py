"""What the worker looks after: little is left to read at night, and a loss is noticed."""

from datetime import datetime, timedelta
from typing import Final

from intake.casework import ledger, rotation, verify
from intake.casework.checks import keys, machine
from intake.casework.checks.finding import Health
from intake.casework.errors import StorageBusy
from intake.casework.files.sweeping import sweep
from intake.casework.purge import purge
from intake.casework.service import Service
from intake.logs import Event, record
from intake.store.vacuum import vacuum

_DONE: Final = "upkeep.done"
_FROM_HOUR: Final = timedelta(hours=3)  # local; few people write then


def is_due(service: Service, now: datetime) -> bool:
    """Whether this night's upkeep is still to be done, or was missed."""
    path = service.settings.instance / _DONE
    return not path.exists() or path.read_text().strip() < _night(service, now)


def keep_up(service: Service, *, now: datetime) -> None:
    """Take away what has expired, rewrite the files, compare the log, keep its head."""
    purge(service, now=now)
    try:
        sweep(service, now=now)
    except StorageBusy:  # another night
        record(Event.STORAGE_BUSY, kind="files")
    if not vacuum(service.engine):
        record(Event.STORAGE_BUSY, kind="vacuum")
    ledger.keep(service, service.settings.instance)
    findings = verify.verify(service, kept=verify.kept_head(service))
    if findings:
        record(Event.AUDIT_BROKEN, level="error", count=len(findings))
    else:
        verify.keep_head(service)
    (service.settings.instance / _DONE).write_text(_night(service, now) + "\n")


def watch(service: Service, *, now: datetime) -> None:
    """Leave a line in the program's log where somebody must look before the night."""
    rotation.waiting_since(service, now=now)
    if keys.pins(service, now).health is Health.FAIL:
        record(Event.PINS_DIFFER, level="error")
    if machine.disk(service, now).health is not Health.OK:
        record(Event.STORAGE_LOW, level="warning")


def _night(service: Service, now: datetime) -> str:
    return (now.astimezone(service.settings.zone) - _FROM_HOUR).date().isoformat()
