"""What operators' commands share: the installation made ready, and errors as one sentence."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import click

from intake import instance
from intake.casework import Service, StorageBusy, StorageFull
from intake.instance import InstanceError
from intake.settings import Settings
from intake.store import migrations
from intake.store.migrations import BrokenReference, UnknownSchema
from intake.vault import PinsError

SENTENCES: Final[Mapping[type[Exception], str]] = {
    StorageBusy: "The database could not be used just now. Try again.",
    StorageFull: "The disk is full. Free some room and try again.",
    PinsError: "rings.pub was changed or is damaged. Restore it from a backup.",
    UnknownSchema: "A newer version of this program made the database. Use that version.",
    BrokenReference: "The database holds a row that points at nothing.",
}


@contextmanager
def told_plainly(sentences: Mapping[type[Exception], str] | None = None) -> Iterator[None]:
    """Ends the command with the sentence for an error that is known, and no traceback."""
    known = {**(sentences or {}), **SENTENCES}
    try:
        yield
    except InstanceError as error:
        raise click.ClickException(str(error)) from None
    except tuple(known) as error:
        sentence = next(words for kind, words in known.items() if isinstance(error, kind))
        raise click.ClickException(sentence) from None


def now() -> datetime:
    """The time, in UTC; use cases take it as an argument."""
    return datetime.now(UTC)


def prepared(settings: Settings) -> Service:
    """The installation with its folder, keys and tables, made or brought up to date."""
    instance.prepare(settings.instance)
    service = Service.open(settings)
    migrations.upgrade(service.engine)
    return service


def existing(settings: Settings) -> Service:
    """The installation as it is; ends the command where none was ever made."""
    if not instance.pins_path(settings.instance).exists():
        raise click.ClickException(
            f"There is no installation in {settings.instance}. Run: intake init"
        )
    return Service.open(settings)


def ready(settings: Settings) -> Service:
    """The installation with the tables of this version; else ends the command."""
    service = existing(settings)
    if not migrations.is_current(service.engine):
        raise click.ClickException("The database is not up to date. Run: intake init")
    return service
