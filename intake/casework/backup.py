"""Making a backup while everything runs: every row and the server's keys, for the sheets alone.

The lines inside are JSON: first what this is, then one for each key file and each row, at last
their number. Sessions and counted tries are left out, for they must not come back.
"""

import base64
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from intake import instance
from intake.casework import archive, ledger, log
from intake.casework.codec import encode, instant, moment
from intake.casework.pinning import changing_pins
from intake.casework.service import Service
from intake.casework.sheets import recovery_key
from intake.store import migrations, people
from intake.store import service as services
from intake.store.schema import METADATA

SHORT_LIVED: Final = (people.SessionRow.__tablename__, services.AttemptRow.__tablename__)
TABLES: Final[Mapping[str, Table]] = {
    table.name: table for table in METADATA.sorted_tables if table.name not in SHORT_LIVED
}
FILES: Final = (*instance.NAMES, instance.pins_path(Path()).name)
MADE: Final = "backup.made"
_AT_ONCE: Final = 500


def back_up(service: Service, path: Path, *, now: datetime) -> None:
    """Write a backup to the new file `path`, and the ledger of erasures beside it.

    Raises `NoSheets`, and `OSError` (`FileExistsError` too) when the file cannot be written.
    """
    recovery = recovery_key(service)
    with _new_file(path) as file, service.reading() as session:
        files = _files(session, service)
        archive.write(file, _lines(session, files, now), recovery=recovery)
    ledger.keep(service, path.parent)
    with service.writing() as session:
        log.append(session, service, "backed_up", now=now)
    (service.settings.instance / MADE).write_text(instant(now) + "\n")


def last_made(service: Service) -> datetime | None:
    """When the newest backup was made; None before the first."""
    path = service.settings.instance / MADE
    return moment(path.read_text().strip()) if path.exists() else None


def written(value: object) -> object:
    """A column's value as JSON has it; `restore` reads it back by the column's type."""
    match value:
        case bytes():
            return base64.b64encode(value).decode()
        case UUID():
            return value.hex
        case datetime() | date():
            return value.isoformat()
        case _:
            return value


def _files(session: Session, service: Service) -> Mapping[str, bytes]:
    """The server's keys and the pins, with the view of the database beginning at that moment.

    Rows of a later generation than the pins beside them would open for nobody.
    """
    with changing_pins(service):
        session.execute(select(people.RingRow.name).limit(1))
        return {name: (service.settings.instance / name).read_bytes() for name in FILES}


def _lines(session: Session, files: Mapping[str, bytes], now: datetime) -> Iterator[bytes]:
    yield encode({"backup": 1, "at": instant(now), "revision": migrations.newest()})
    count = 0
    for count, content in enumerate(_content(session, files), 1):  # noqa: B007
        yield encode(content)
    yield encode({"end": count})


def _content(session: Session, files: Mapping[str, bytes]) -> Iterator[Mapping[str, object]]:
    for name, content in files.items():
        yield {"file": name, "content": written(content)}
    for table in TABLES.values():
        # One view of the database for all tables, however long this takes.
        rows = session.execute(select(table).execution_options(yield_per=_AT_ONCE))
        for row in rows.mappings():
            columns = {str(column): written(value) for column, value in row.items()}
            yield {"table": table.name, "row": columns}


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file for its owner alone that gets its name only when it is whole and on the disk."""
    draft = path.with_name(f".{path.name}.part")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        draft.unlink()
