"""Reading one setting: the same value from an environment variable or from TOML."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import get_args

from intake.settings.values import EmergencyNumber, MailSecurity, SettingsError, Texts


def read(name: str, value: object) -> object:
    """The value of the setting `name`; `SettingsError` when it is unknown or malformed."""
    if name not in READERS:
        raise SettingsError(f"There is no setting called {name}.")
    expected, reader = READERS[name]
    try:
        return reader(value)
    except (TypeError, ValueError, KeyError):
        # Neither the value nor the cause is quoted: it may be a password.
        raise SettingsError(f"The setting {name} must be {expected}.") from None


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise TypeError
    return value.strip()


def _whole_number(value: object) -> int:
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError


def _flag(value: object) -> bool:
    return value if isinstance(value, bool) else {"true": True, "false": False}[_text(value)]


def _one_of(*choices: str) -> Callable[[object], str]:
    return lambda value: choices[choices.index(_text(value))]


def _list(value: object) -> tuple[str, ...]:
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list) or not items:
        raise TypeError
    return tuple(map(_text, items))


def _hosts(value: object) -> tuple[str, ...]:
    return tuple(name.lower() for name in _list(value))


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return date.fromisoformat(_text(value))


def _texts(value: object) -> Texts:
    texts = Texts(**{language: _text(text) for language, text in _table(value).items()})
    if not all(asdict(texts).values()):
        raise ValueError
    return texts


def _numbers(value: object) -> tuple[EmergencyNumber, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_number(**_table(row)) for row in value)


def _number(
    *,
    number: object,
    label: object,
    checked: object = False,
    checked_on: object = None,
    checked_by: object = None,
) -> EmergencyNumber:
    return EmergencyNumber(
        _text(number),
        _texts(label),
        _flag(checked),
        None if checked_on is None else _day(checked_on),
        "" if checked_by is None else _text(checked_by),
    )


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError
    return value


TEXT = ("text on one line", _text)
NUMBER = ("a whole number", _whole_number)
FLAG = ("true or false", _flag)
DAY = ("a day such as 2026-11-30", _day)
HOSTS = ("a list of host names", _hosts)
ADDRESSES = ("a list of addresses", _list)
TEXTS = ("a table of kk, ru and en in intake.toml", _texts)
NUMBERS = (
    "tables of number, label and checked, with checked_on and checked_by, in intake.toml",
    _numbers,
)
SECURITY = ("starttls, tls or none", _one_of(*get_args(MailSecurity)))

READERS: Mapping[str, tuple[str, Callable[[object], object]]] = {
    "database_url": TEXT,
    "files_url": TEXT,
    "host": TEXT,
    "port": NUMBER,
    "public_hosts": HOSTS,
    "desk_hosts": HOSTS,
    "desk_url": TEXT,
    "secure_cookies": FLAG,
    "workers": NUMBER,
    "threads": NUMBER,
    "demo": FLAG,
    "mail_host": TEXT,
    "mail_port": NUMBER,
    "mail_security": SECURITY,
    "mail_from": TEXT,
    "mail_user": TEXT,
    "mail_password": TEXT,
    "mail_seconds": NUMBER,
    "coalition": TEXTS,
    "duty_hours": TEXTS,
    "duty_hours_checked_on": DAY,
    "duty_hours_checked_by": TEXT,
    "emergency_numbers": NUMBERS,
    "public_addresses": ADDRESSES,
    "onion_address": TEXT,
    "printed_where": TEXTS,
    "exit_url": TEXT,
    "time_zone": TEXT,
    "idle_minutes": NUMBER,
    "absolute_hours": NUMBER,
    "public_idle_hours": NUMBER,
    "mailbox_days": NUMBER,
    "draft_days": NUMBER,
    "filing_days": NUMBER,
    "disk_reserve_bytes": NUMBER,
    "urgent_body_bytes": NUMBER,
    "body_bytes": NUMBER,
    "code_body_bytes": NUMBER,
    "file_bytes": NUMBER,
    "report_files_bytes": NUMBER,
    "unread_files_bytes": NUMBER,
}
