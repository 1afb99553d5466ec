"""The recovery sheets: what key they give back, and whether new ones are to be made."""

from pathlib import Path
from typing import Final

from intake import instance
from intake.casework.errors import CaseworkError
from intake.casework.service import Service
from intake.vault import PublicKey

_USED: Final = "sheets.used"


class NoSheets(CaseworkError):  # noqa: N818 - reads as what is the matter
    """No recovery sheets were made here yet."""


def recovery_key(service: Service) -> PublicKey:
    """The key that the sheets must give back; `NoSheets` before they were made."""
    recovery = service.pins().recovery
    if recovery is None:
        raise NoSheets
    return recovery


def are_sheets_used(service: Service) -> bool:
    """Whether the sheets were typed into this machine, so that new ones are to be made."""
    return _path(service).exists()


def ask_for_sheets(service: Service) -> None:
    """Ask for new sheets until they are made."""
    path = _path(service)
    if not path.exists():
        instance.keep(path, b"New recovery sheets are to be made.\n")


def sheets_are_new(service: Service) -> None:
    """The sheets in force have never been typed in."""
    _path(service).unlink(missing_ok=True)


def _path(service: Service) -> Path:
    return service.settings.instance / _USED
