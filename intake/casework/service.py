"""What every use case works with: the database, the server's own keys, the settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from intake import instance
from intake.casework.errors import StorageBusy, StorageFull
from intake.casework.kept_sheets import KeptSheets
from intake.settings import Settings
from intake.store import engine as store
from intake.store.blobs import Blobs
from intake.store.people import MemberRow
from intake.vault import SALT_BYTES, Key, Pins


@dataclass(frozen=True)
class ServerKeys:
    """The server's own secrets; none of them opens a report."""

    folder: Path
    server: Key = field(repr=False)
    audit: Key = field(repr=False)
    site_salt: bytes = field(repr=False)

    @property
    def pepper(self) -> Key:
        """Read anew each time: after a lockdown a running desk goes on with the new one."""
        return Key(instance.pepper(self.folder))


@dataclass(frozen=True)
class Service:
    """One running installation."""

    settings: Settings
    engine: Engine
    keys: ServerKeys = field(repr=False)
    counted: dict[UUID, tuple[datetime, Mapping[str, int]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """When this process last counted the views of many open cases for a member, and what."""
    sheets: KeptSheets = field(
        default_factory=KeptSheets, init=False, repr=False, compare=False
    )

    @classmethod
    def open(cls, settings: Settings) -> Service:
        """The installation that `settings` describe; makes its secrets on first use."""
        secrets = instance.secrets(settings.instance)
        return cls(
            settings,
            store.connect(settings.database_url),
            ServerKeys(
                settings.instance,
                Key(secrets.server),
                Key(secrets.audit),
                secrets.site_salt[:SALT_BYTES],
            ),
        )

    @cached_property
    def blobs(self) -> Blobs:
        """Where the sealed files are."""
        return Blobs.open(self.settings.files_url)

    def pins(self) -> Pins:
        """The ring keys that reports are sealed to, whatever the database says."""
        path = instance.pins_path(self.settings.instance)
        return _pins(path, path.stat().st_mtime_ns)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One write transaction.

        Raises `StorageFull` or `StorageBusy` when nothing could be stored.
        """
        try:
            with store.writing(self.engine) as session:
                yield session
        except OperationalError as error:
            raise (StorageFull if store.is_full(error) else StorageBusy) from None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view of the database."""
        try:
            with store.reading(self.engine) as session:
                yield session
        except OperationalError:
            raise StorageBusy from None

    def look(self) -> None:
        """Read the database once; raises `StorageBusy` when it cannot be read."""
        with self.reading() as session:
            session.scalar(select(MemberRow.id).limit(1))


@lru_cache(maxsize=4)
def _pins(path: Path, _changed_at: int) -> Pins:
    return Pins.parse(path.read_text())
