"""What an operator may set: `INTAKE_*` variables over `instance/intake.toml`, checked once."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from intake.settings.reading import read
from intake.settings.rules import enforce, is_loopback
from intake.settings.values import (
    EmergencyNumber,
    MailSecurity,
    Settings,
    SettingsError,
    Texts,
)
from intake.translations import LANGUAGES

__all__ = [
    "LANGUAGES",
    "EmergencyNumber",
    "MailSecurity",
    "Settings",
    "SettingsError",
    "Texts",
    "load",
]

PREFIX = "INTAKE_"
ELSEWHERE = frozenset({"INTAKE_INSTANCE", "INTAKE_CI"})  # read by others: the folder, the tests


def load(environ: Mapping[str, str], instance: Path) -> Settings:
    """The settings of the installation in the folder `instance` (absolute).

    Raises `SettingsError` for what is unknown, malformed, weak or contradictory.
    """
    told = _from_file(instance / "intake.toml") | _from_environment(environ)
    return enforce(Settings(**_defaults(told, instance) | told))


def _defaults(told: Mapping[str, Any], instance: Path) -> dict[str, Any]:
    """What follows from the folder, the machine and the other settings."""
    hosts = (*told.get("public_hosts", ()), *told.get("desk_hosts", ()))
    return {
        "instance": instance,
        "database_url": f"sqlite:///{instance / 'intake.db'}",
        "files_url": (instance / "files").as_uri(),
        "desk_url": f"http://127.0.0.1:{told.get('port', Settings.port)}/desk/",
        "secure_cookies": not all(map(is_loopback, hosts)),
        "workers": min(max(2, os.cpu_count() or 2), 4),
    }


def _from_file(path: Path) -> dict[str, Any]:
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        # The parser's own words may quote a password.
        raise SettingsError(f"{path} cannot be read as TOML.") from None
    return {name: read(name, value) for name, value in told.items()}


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    variables = [name for name in environ if name.startswith(PREFIX) and name not in ELSEWHERE]
    names = {variable: variable.removeprefix(PREFIX).lower() for variable in variables}
    return {name: read(name, environ[variable]) for variable, name in names.items()}
