"""Which settings are refused, because they are weak or contradict each other."""

from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from intake.settings.values import GIB, KIB, MIB, Settings, SettingsError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
DATABASES = ("sqlite:////", "postgresql://", "postgresql+psycopg://")


class Rule(NamedTuple):
    """A sentence for the operator, and when it is broken."""

    sentence: str
    is_broken: Callable[[Settings], bool]


def enforce(settings: Settings) -> Settings:
    """The same settings; `SettingsError` with the sentence of the first rule they break."""
    for rule in RULES:
        if rule.is_broken(settings):
            raise SettingsError(rule.sentence)
    return settings


def enforce_change(before: Settings, after: Settings) -> Settings:
    """The settings `after`; `SettingsError` with the first rule that only they break."""
    for rule in RULES:
        if rule.is_broken(after) and not rule.is_broken(before):
            raise SettingsError(rule.sentence)
    return after


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine only."""
    return host in LOOPBACK


def _is_private(host: str) -> bool:
    """Whether what travels to `host` is protected without TLS."""
    return is_loopback(host) or host.endswith(".onion")


def _hosts(settings: Settings) -> Iterable[str]:
    return (*settings.public_hosts, *settings.desk_hosts)


def _is_host(name: str) -> bool:
    return all(part.replace("-", "").isalnum() and part.isascii() for part in name.split("."))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # one that is no name, or a folder
        return False
    return True


def _shared(settings: Settings) -> set[str]:
    return {*settings.public_hosts} & {*settings.desk_hosts}


def _is_plain(url: str) -> bool:
    address = urlsplit(url)
    return address.scheme != "https" and not (
        address.scheme == "http" and _is_private(address.hostname or "")
    )


def _leads_here(address: str, settings: Settings) -> bool:
    """Whether who types `address` arrives at the start page of this installation."""
    parts = urlsplit(address)
    return parts.hostname in settings.public_hosts and parts.path in {"", "/"}


def _is_onion(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and (parts.hostname or "").endswith(".onion")


def _is_away(address: str, settings: Settings) -> bool:
    """Whether `address` leads every browser to another site than ours, and to no name in it."""
    is_plain = address.isascii() and address.isprintable() and not set(address) & set(' \\@"<>')
    if not is_plain or not address.startswith("https://"):
        return False
    try:
        parts = urlsplit(address)
        host, _port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    is_ours = any(host == own or host.endswith(f".{own}") for own in _hosts(settings))
    return "." in host and _is_host(host) and not host.endswith(".onion") and not is_ours


def _is_place_of_files(url: str) -> bool:
    """Whether `url` names a folder of this machine or a bucket, and nothing besides."""
    parts = urlsplit(url)
    is_folder = url.startswith("file:///") and parts.path != "/"
    is_bucket = parts.scheme == "s3" and _is_host(parts.netloc)
    return (is_folder or is_bucket) and not parts.query and not parts.fragment


def _between(name: str, least: int, most: int) -> Rule:
    """The setting `name` lies between `least` and `most`, both included."""
    return Rule(
        f"{name} lies between {least} and {most}.",
        lambda settings: not least <= getattr(settings, name) <= most,
    )


RULES = (
    _between("port", 1, 65535),
    _between("workers", 2, 64),
    _between("threads", 1, 64),
    _between("mail_port", 1, 65535),
    _between("mail_seconds", 1, 120),
    _between("idle_minutes", 5, 240),
    _between("absolute_hours", 1, 24),
    _between("public_idle_hours", 2, 24),
    _between("mailbox_days", 30, 3650),
    _between("draft_days", 1, 30),
    _between("filing_days", 7, 90),
    _between("disk_reserve_bytes", 64 * MIB, 1024 * GIB),
    _between("code_body_bytes", 1 * KIB, 64 * KIB),
    _between("body_bytes", 16 * KIB, 1 * MIB),
    _between("urgent_body_bytes", 64 * KIB, 16 * MIB),
    _between("file_bytes", 1 * MIB, 16 * GIB),
    _between("report_files_bytes", 1 * MIB, 64 * GIB),
    _between("unread_files_bytes", 1 * MIB, 64 * 1024 * GIB),
    Rule(
        "database_url begins with sqlite:////, followed by an absolute path, or postgresql://.",
        lambda s: not s.database_url.startswith(DATABASES),
    ),
    Rule(
        "files_url is file:///, followed by an absolute path, or s3://bucket/prefix.",
        lambda s: not _is_place_of_files(s.files_url),
    ),
    Rule(
        "public_hosts and desk_hosts are plain host names, without scheme, port or wildcard.",
        lambda s: not all(map(_is_host, _hosts(s))),
    ),
    Rule(
        "public_hosts and desk_hosts share no name, except those of this machine.",
        lambda s: not all(map(is_loopback, _shared(s))),
    ),
    Rule(
        "secure_cookies may be off only on this machine and for .onion hosts.",
        lambda s: not s.secure_cookies and not all(map(_is_private, _hosts(s))),
    ),
    Rule(
        "desk_url begins with https://, except on this machine and for .onion hosts.",
        lambda s: _is_plain(s.desk_url),
    ),
    Rule(
        "desk_url names one of desk_hosts.",
        lambda s: urlsplit(s.desk_url).hostname not in s.desk_hosts,
    ),
    Rule(
        "exit_url begins with https:// and names none of our own hosts.",
        lambda s: not _is_away(s.exit_url, s),
    ),
    Rule(
        "public_addresses begin with https:// and name public_hosts, with no page behind.",
        lambda s: any(
            not address.startswith("https://") or not _leads_here(address, s)
            for address in s.public_addresses
        ),
    ),
    Rule(
        "onion_address begins with http:// and names one of public_hosts that ends in .onion.",
        lambda s: (
            bool(s.onion_address)
            and not (_is_onion(s.onion_address) and _leads_here(s.onion_address, s))
        ),
    ),
    Rule(
        "A demo listens on this machine only and answers to its names only.",
        lambda s: s.demo and not all(map(is_loopback, (s.host, *_hosts(s)))),
    ),
    Rule(
        "mail_host needs mail_from, an address with an @.",
        lambda s: s.mail_host is not None and "@" not in s.mail_from,
    ),
    Rule(
        "mail_user and mail_password are set together.",
        lambda s: bool(s.mail_user) != bool(s.mail_password),
    ),
    Rule(
        "mail_security may be none only for a mail server on this machine.",
        lambda s: s.mail_security == "none" and not is_loopback(s.mail_host or "localhost"),
    ),
    Rule(
        "time_zone is a name such as Asia/Almaty.",
        lambda s: not _is_zone(s.time_zone),
    ),
    Rule(
        "idle_minutes is shorter than absolute_hours.",
        lambda s: s.idle_minutes >= 60 * s.absolute_hours,
    ),
)
