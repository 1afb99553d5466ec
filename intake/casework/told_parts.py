"""The parts of what people are told that the file sets too: judged by its own rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from intake.settings import EmergencyNumber, Settings, SettingsError, Texts
from intake.settings.reading import read
from intake.settings.rules import enforce_change

PARTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "duty": ("duty_hours", "duty_hours_checked_on", "duty_hours_checked_by"),
        "numbers": ("emergency_numbers",),
        "coalition": ("coalition",),
        "printed": ("printed_where",),
        "addresses": ("public_addresses", "onion_address"),
        "exit": ("exit_url",),
    }
)
"""The names of the settings in each part."""

_DEFAULTS: Final = {field.name: field.default for field in fields(Settings)}


def read_part(settings: Settings, part: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a part as a page kept it; None stands for nothing told.

    Raises `SettingsError` as the file would.
    """
    if set(content) != set(PARTS[part]):
        raise SettingsError(f"The part {part} names other settings than it has.")
    values: dict[str, Any] = {name: _value(name, content[name]) for name in PARTS[part]}
    enforce_change(settings, replace(settings, **values))
    return values


def as_json(values: Mapping[str, object]) -> dict[str, Any]:
    """Values of settings as JSON that `read_part` reads."""
    return {name: _plain(value) for name, value in values.items()}


def _value(name: str, told: object) -> object:
    return _DEFAULTS[name] if told is None else read(name, told)


def _plain(value: object) -> object:
    match value:
        case None | "" | ():
            return None
        case Texts():
            return asdict(value) if value else None
        case date():
            return value.isoformat()
        case EmergencyNumber():
            found = {"number": value.number, "label": asdict(value.label)}
            checked = {"checked_on": _plain(value.checked_on), "checked_by": value.checked_by}
            said = {name: told for name, told in checked.items() if told}
            return {**found, "checked": value.checked, **said}
        case tuple():
            return [_plain(one) for one in value]
        case _:
            return value
