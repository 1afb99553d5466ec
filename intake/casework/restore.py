"""Bringing a backup back: checked whole first, then put in place at once, erasures repeated."""

import base64
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, delete, insert, select
from sqlalchemy.orm import Session

from intake import instance
from intake.casework import founding, ledger, log, verify
from intake.casework.archive import NoArchive, lines, open_archive
from intake.casework.backup import FILES, TABLES
from intake.casework.codec import decode, moment
from intake.casework.errors import CaseworkError
from intake.casework.service import Service
from intake.settings import Settings
from intake.store import engine as store
from intake.store import migrations
from intake.store.columns import Instant
from intake.store.people import MemberRow
from intake.store.schema import METADATA
from intake.vault import Pins, PinsError, PublicKey, Seed

_AT_ONCE: Final = 500


class NotEmpty(CaseworkError):  # noqa: N818 - reads as what is the matter
    """Members are there already; their installation would be replaced."""


class OtherVersion(CaseworkError):  # noqa: N818
    """The backup was made by another version of this program."""


@dataclass(frozen=True)
class Content:
    """What a whole and readable backup holds besides its rows."""

    made_at: datetime
    pins: Pins
    files: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True)
class Restored:
    """What came back: of when, how much was erased again, what is wrong with the rest."""

    made_at: datetime
    pins: Pins
    erased_again: int
    findings: tuple[str, ...]


def recovery_key(path: Path) -> PublicKey:
    """The key whose sheets open the backup in `path`; `NoArchive` when it is none."""
    with path.open("rb") as file:
        return open_archive(file).recovery


def check(path: Path, seed: Seed) -> Content:
    """Read the whole backup; `NoArchive` or `OtherVersion` when it cannot be brought back."""
    told = _lines(path, seed)
    first = next(told, {})
    if first.get("backup") != 1:
        raise NoArchive
    if first["revision"] != migrations.newest():
        raise OtherVersion
    files: dict[str, bytes] = {}
    last: Mapping[str, Any] = {}
    count = 0
    for count, last in enumerate(told):  # noqa: B007 - the last line names the count
        if last.get("file") in FILES:
            files[last["file"]] = base64.b64decode(last["content"])
    if last.get("end") != count or files.keys() != set(FILES):
        raise NoArchive
    return Content(moment(first["at"]), _pins(files), files)


def restore(
    settings: Settings, path: Path, seed: Seed, *, now: datetime, replacing: bool = False
) -> Restored:
    """Put the backup in place of what is there, all of it or nothing.

    Cases that were erased since are erased again before anything can be served: the ledger
    is read from the database that is replaced, from the instance and from beside the backup.
    Raises `NoArchive`, `OtherVersion`, and `NotEmpty` unless `replacing`.
    """
    content = check(path, seed)
    instance.prepare(settings.instance)
    known = ledger.read(settings.instance / ledger.FILE) | ledger.read(
        path.parent / ledger.FILE
    )
    engine = store.connect(settings.database_url)
    migrations.upgrade(engine)
    with _in_place(settings.instance, content.files), store.writing(engine) as session:
        if not replacing and session.scalar(select(MemberRow.id).limit(1)):
            raise NotEmpty
        known |= ledger.erased(session)
        service = Service.open(settings)
        _replace_rows(session, path, seed)
        again = ledger.repeat(session, service, known, now=now)
        log.append(session, service, "restored", detail={"erased_again": again}, now=now)
    engine.dispose()
    return Restored(content.made_at, content.pins, again, _finish(service))


def _finish(service: Service) -> tuple[str, ...]:
    founding.forget_first_key(service)
    ledger.keep(service, service.settings.instance)
    findings = verify.verify(service)
    verify.keep_head(service)
    service.engine.dispose()
    return findings


def _replace_rows(session: Session, path: Path, seed: Seed) -> None:
    for table in reversed(METADATA.sorted_tables):
        session.execute(delete(table))
    told = (line for line in _lines(path, seed) if "table" in line)
    # They come in the order of the tables, each after those it refers to.
    for name, group in groupby(told, key=itemgetter("table")):
        columns = TABLES[name].columns
        while some := list(islice(group, _AT_ONCE)):
            rows = [
                {name: _read(columns[name], value) for name, value in line["row"].items()}
                for line in some
            ]
            session.execute(insert(TABLES[name]), rows)


def _read(column: Column[Any], value: Any) -> object:  # noqa: ANN401 - JSON's
    if value is None:
        return None
    kind = datetime if isinstance(column.type, Instant) else column.type.python_type
    reader = _READERS.get(kind)
    return value if reader is None else reader(value)


_READERS: Final[Mapping[type, Callable[[Any], object]]] = {
    bytes: base64.b64decode,
    UUID: UUID,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
}


def _lines(path: Path, seed: Seed) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file:
        for line in lines(open_archive(file), seed):
            yield decode(line)


def _pins(files: Mapping[str, bytes]) -> Pins:
    try:
        return Pins.parse(files["rings.pub"].decode())
    except (PinsError, ValueError):
        raise NoArchive from None


@contextmanager
def _in_place(folder: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """The server's keys from the backup; those of before again, when the block fails."""
    paths = {folder / name: content for name, content in files.items()}
    before = {path: path.read_bytes() for path in paths if path.exists()}
    try:
        for path, content in paths.items():
            _put(path, content)
        yield
    except BaseException:
        for path in paths:
            path.unlink(missing_ok=True)
        for path, content in before.items():
            _put(path, content)
        raise


def _put(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    instance.keep(draft, content)
    draft.replace(path)
