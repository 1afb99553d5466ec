"""Checks of the machine and of the settings: nothing here asks the database."""

import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from intake.casework.checks.finding import Finding, fail, ok, warn
from intake.casework.room import free_bytes
from intake.casework.service import Service
from intake.settings import Settings
from intake.settings.rules import is_loopback

PROC: Final = Path("/proc")
_DEBUGGING: Final = ("FLASK_DEBUG", "PYTHONDEVMODE", "PYTHONASYNCIODEBUG")
_OTHERS: Final = 0o077


def modes(service: Service, _now: datetime) -> Finding:
    """Whether any file of the instance can be read by others."""
    folder = service.settings.instance
    found = (folder, *folder.rglob("*"))
    open_to_others = sorted(str(path) for path in found if path.lstat().st_mode & _OTHERS)
    if not open_to_others:
        return ok("The instance belongs to its owner alone.")
    return fail(
        f"Others can read {', '.join(open_to_others[:3])}"
        f"{' and more' if len(open_to_others) > 3 else ''}. Run: chmod -R go= {folder}"  # noqa: PLR2004
    )


def swap(_service: Service, _now: datetime, *, proc: Path = PROC) -> Finding:
    """Whether memory may be written to the disk."""
    lines = _text(proc / "swaps").splitlines()[1:]
    if not lines:
        return ok("No swap: what is in memory stays there.")
    return warn("Swap is on, so memory may reach the disk. Run swapoff -a, or encrypt it.")


def core_dumps(_service: Service, _now: datetime, *, proc: Path = PROC) -> Finding:
    """Whether a crash leaves its memory with somebody."""
    # Our processes forbid dumps of themselves; a handler behind a pipe does not ask the limit.
    if _text(proc / "sys/kernel/core_pattern").startswith("|"):
        return warn(
            "A program collects the memory of whatever crashes. Take it away with "
            "sysctl kernel.core_pattern=core, so that not even others' crashes are kept."
        )
    return ok("Nothing collects the memory of programs that crash.")


def debugging(
    _service: Service, _now: datetime, *, environ: Mapping[str, str] = os.environ
) -> Finding:
    """Whether a switch is on that shows what was typed."""
    switched_on = [name for name in _DEBUGGING if environ.get(name, "0") not in {"", "0"}]
    if switched_on or sys.flags.dev_mode:
        names = ", ".join(switched_on) or "python -X dev"
        return fail(f"Debugging is on ({names}); it shows what people typed. Switch it off.")
    return ok("Debugging is off.")


def hosts(service: Service, _now: datetime) -> Finding:
    """Whether it answers to the names that people use."""
    settings = service.settings
    is_local = _answers_here_only(settings)
    if is_local and not is_loopback(settings.host):
        return fail(
            f"It listens on {settings.host} and answers to this machine's names only. "
            "Set public_hosts and desk_hosts."
        )
    if is_local:
        return ok(
            "It answers on this machine only. Set public_hosts and desk_hosts to open it."
        )
    return ok("Hosts of the public pages and of the desk are set.")


def cookies(service: Service, _now: datetime) -> Finding:
    """Whether cookies may travel in clear."""
    settings = service.settings
    if settings.secure_cookies or _answers_here_only(settings):
        return ok("Cookies travel over TLS wherever there is a network.")
    return warn("Cookies are not marked secure. That is right for .onion names alone.")


def disk(service: Service, _now: datetime) -> Finding:
    """Whether reports still find room."""
    free = free_bytes(service.settings.instance)
    reserve = service.settings.disk_reserve_bytes
    words = f"{free >> 20} MiB are free, {reserve >> 20} MiB are kept for reports"
    if free < reserve:
        return fail(f"{words}: free some now.")
    if free < 2 * reserve:
        return warn(f"{words}: free some soon.")
    return ok(f"{words}.")


def _answers_here_only(settings: Settings) -> bool:
    return all(map(is_loopback, (*settings.public_hosts, *settings.desk_hosts)))


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
