"""What an operator may set, as typed values with their defaults."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

KIB, MIB, GIB = 2**10, 2**20, 2**30
MailSecurity = Literal["starttls", "tls", "none"]


class SettingsError(ValueError):
    """A setting that cannot be used; the message is one sentence for the operator."""


@dataclass(frozen=True)
class Texts:
    """One text in each language: all of them, or none."""

    kk: str = ""
    ru: str = ""
    en: str = ""

    def said_in(self, language: str) -> str:
        """The text in `language`: `kk`, `ru` or `en`; empty when nothing was set."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]

    def __bool__(self) -> bool:
        return bool(self.en)


@dataclass(frozen=True)
class EmergencyNumber:
    """Whom to ring when no help of ours can be in time; `checked`: somebody tried it.

    `checked_on` is the day of the last try, `checked_by` the role of who tried, never a name.
    """

    number: str
    label: Texts
    checked: bool
    checked_on: date | None = None
    checked_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings of one installation; times and sizes carry their unit in the name."""

    instance: Path
    database_url: str = field(repr=False)
    files_url: str

    host: str = "127.0.0.1"
    port: int = 8000
    public_hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    desk_hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    desk_url: str = "http://127.0.0.1:8000/desk/"
    secure_cookies: bool = False
    workers: int = 2
    threads: int = 8
    demo: bool = False

    mail_host: str | None = None
    mail_port: int = 587
    mail_security: MailSecurity = "starttls"
    mail_from: str = ""
    mail_user: str = ""
    mail_password: str = field(default="", repr=False)
    mail_seconds: int = 20

    coalition: Texts = Texts()
    duty_hours: Texts = Texts()
    duty_hours_checked_on: date | None = None
    duty_hours_checked_by: str = ""
    emergency_numbers: tuple[EmergencyNumber, ...] = ()
    public_addresses: tuple[str, ...] = ()
    onion_address: str = ""
    printed_where: Texts = Texts()
    exit_url: str = "https://www.wikipedia.org/"
    time_zone: str = "Asia/Almaty"

    idle_minutes: int = 60
    absolute_hours: int = 12
    public_idle_hours: int = 2
    mailbox_days: int = 365
    draft_days: int = 7
    filing_days: int = 30
    disk_reserve_bytes: int = 2 * GIB
    urgent_body_bytes: int = 256 * KIB
    body_bytes: int = 64 * KIB
    code_body_bytes: int = 4 * KIB
    file_bytes: int = 2 * GIB
    report_files_bytes: int = 8 * GIB
    unread_files_bytes: int = 64 * GIB

    @property
    def zone(self) -> ZoneInfo:
        """Where the coalition works; times are shown in this zone."""
        return ZoneInfo(self.time_zone)
