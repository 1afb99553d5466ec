"""What people are told: by the administrator's pages where they say it, else by the file.

Each process asks the database at most once a second whether anything changed. What cannot be
read there never takes a page down: the part that is damaged is told as the file tells it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from threading import Lock
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from intake.casework import told_rows
from intake.casework.codec import moment
from intake.casework.errors import CaseworkError
from intake.casework.service import Service
from intake.casework.statements import Statement
from intake.casework.told_parts import PARTS, read_part
from intake.casework.told_rows import Kept
from intake.form.consent_texts import ConsentText, consent_text
from intake.form.vocabularies import LANGUAGES
from intake.settings import EmergencyNumber, Settings, Texts

CHECKS: Final = "checks"
"""The part that holds every mark «checked by a lawyer»."""
_CONSENT: Final = "consent."
_LOOKS_EVERY: Final = 1.0  # seconds
_TRIES_AGAIN_AFTER: Final = 5.0  # seconds, where the database did not answer


def consent_part(code: str) -> str:
    """The part that holds the words of one permission."""
    return f"{_CONSENT}{code}"


@dataclass(frozen=True)
class Version:
    """Words of a permission; `at` and `by` are None where they came with the program."""

    words: ConsentText
    at: datetime | None = None
    by: UUID | None = None


@dataclass(frozen=True)
class Mark:
    """«Checked by a lawyer»: in which role somebody checked these very words, and when."""

    digest: str
    role: str
    on: date
    note: str = field(repr=False)


@dataclass(frozen=True)
class Told:
    """What is in force; `kept` are the parts that pages keep, `damaged` those of no use."""

    coalition: Texts
    duty_hours: Texts
    duty_hours_checked_on: date | None
    duty_hours_checked_by: str
    emergency_numbers: tuple[EmergencyNumber, ...]
    public_addresses: tuple[str, ...]
    onion_address: str
    printed_where: Texts
    exit_url: str
    consents: Mapping[str, tuple[Version, ...]]
    checked: Mapping[str, Mark]
    kept: Mapping[str, Kept]
    damaged: tuple[str, ...] = ()

    def versions(self, code: str) -> tuple[Version, ...]:
        """Every version of a permission's words, the oldest first; the last one is in force."""
        return self.consents.get(code) or (Version(consent_text(code)),)

    def consent_text(self, code: str) -> ConsentText:
        """The words of a permission in force; `KeyError` for another code."""
        return self.versions(code)[-1].words

    def consent_text_in(self, code: str, version: str) -> ConsentText | None:
        """The words of a permission under the version that a consent names, if we know it."""
        known = (*self.versions(code), Version(consent_text(code)))
        return next((one.words for one in known if one.words.version == version), None)

    def is_published(self, code: str) -> bool:
        """Whether the words in force were published here and did not come with the program."""
        return code in self.consents

    def mark_of(self, statement: Statement) -> Mark | None:
        """The mark that a lawyer checked these words; none for a mark on other words."""
        mark = self.checked.get(statement.key)
        return mark if mark and mark.digest == statement.digest else None

    def is_checked(self, statement: Statement) -> bool:
        """Whether a lawyer checked these words."""
        return self.mark_of(statement) is not None


@dataclass
class _Memory:
    """What one process knows of one database, and until when it need not ask again."""

    lock: Lock = field(default_factory=Lock)
    good_until: float = 0.0
    settings: Settings | None = None
    revisions: Mapping[str, int] = field(default_factory=dict)
    told: Told | None = None


_MEMORIES: Final[WeakKeyDictionary[Engine, _Memory]] = WeakKeyDictionary()


def in_force(service: Service) -> Told:
    """What people are told now, at most a second old; it never raises for what is stored."""
    memory = _MEMORIES.setdefault(service.engine, _Memory())
    is_ours = memory.settings is service.settings
    if memory.told is None or not is_ours:
        with memory.lock:
            return _look(memory, service)
    if memory.good_until <= time.monotonic() and memory.lock.acquire(blocking=False):
        try:  # one thread asks, the others go on with what is known
            return _look(memory, service)
        finally:
            memory.lock.release()
    return memory.told


def forget(service: Service) -> None:
    """Ask the database anew at the next page of this process."""
    _MEMORIES.setdefault(service.engine, _Memory()).good_until = 0.0


def _look(memory: _Memory, service: Service) -> Told:
    told, good_for = memory.told, _LOOKS_EVERY
    is_known = told is not None and memory.settings is service.settings
    try:
        with service.reading() as session:
            revisions = told_rows.revisions(session)
            if told is None or not is_known or revisions != memory.revisions:
                told = made(service.settings, told_rows.kept(session, service))
                memory.revisions = revisions
    except (CaseworkError, SQLAlchemyError):
        told, good_for = told if is_known else None, _TRIES_AGAIN_AFTER
        if told is None:
            told = made(service.settings, {})
            memory.revisions = {}
    memory.told, memory.settings = told, service.settings
    memory.good_until = time.monotonic() + good_for
    return told


def made(settings: Settings, rows: Mapping[str, Kept | None]) -> Told:
    """What `rows` tell over `settings`; a part that cannot be used is told by the file."""
    read = {part: _read(settings, part, row) for part, row in rows.items()}
    sound = {part: told for part, told in read.items() if told is not None}
    values = {name: getattr(settings, name) for names in PARTS.values() for name in names}
    for part in PARTS:
        values |= sound.get(part, {})
    consents = [of.items() for part, of in sound.items() if part.startswith(_CONSENT)]
    return Told(
        **values,
        consents=MappingProxyType(dict(chain.from_iterable(consents))),
        checked=MappingProxyType(sound.get(CHECKS, {})),
        kept=MappingProxyType({part: row for part in sound if (row := rows[part])}),
        damaged=tuple(sorted(read.keys() - sound.keys())),
    )


def _read(settings: Settings, part: str, row: Kept | None) -> dict[str, Any] | None:
    """What one part tells; None where it is damaged, or breaks the rules of the settings."""
    if row is None:
        return None
    try:
        return {} if row.content is None else _told(settings, part, row.content)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _told(settings: Settings, part: str, content: Mapping[str, Any]) -> dict[str, Any]:
    if part in PARTS:
        return read_part(settings, part, content)
    if part == CHECKS:
        return {key: _mark(told) for key, told in content.items()}
    code = part.removeprefix(_CONSENT)
    consent_text(code)
    return {code: tuple(_version(code, told) for told in content["versions"])}


def _version(code: str, told: Mapping[str, Any]) -> Version:
    texts = {language: str(told[language]) for language in LANGUAGES}
    words = ConsentText(code, told["version"], MappingProxyType(texts))
    at, by = told["at"], told["by"]
    return Version(words, moment(at) if at else None, UUID(by) if by else None)


def _mark(told: Mapping[str, Any]) -> Mark:
    return Mark(told["digest"], told["role"], date.fromisoformat(told["on"]), told["note"])
