"""A case's state: what it consisted of at its last revision, and what differs from it now."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import grid
from intake.casework.codec import decode, encode, instant, moment
from intake.store.tables import CaseRow, DocumentRow
from intake.triage import Level
from intake.vault import Key, Sealed, UnsealError, box_state, open_state

PLAIN = ("ref", "number", "stage", "hour", "answer_by", "holder", "automated")
_LEVELS = frozenset(level.code for level in Level)


def keep(
    session: Session,
    row: CaseRow,
    state_key: Key,
    *,
    found: Collection[str] = (),
    taken_in: Collection[UUID] = (),
) -> None:
    """Box the state that the case has now; the caller has raised `row.version` already.

    Differences that were `found` before stay named: saving must not make them right. Of
    additions that were `taken_in` nothing else remains to show that none was lost.
    """
    session.flush()
    objects = dict(_objects(session, row.id))
    row.state_box = _box(row, state_key, objects, found=found, taken_in=taken_in)
    session.flush()


def first(row: CaseRow, documents: Iterable[DocumentRow], state_key: Key) -> Sealed:
    """The box of the state in which a case of these `documents` arrives."""
    objects = {
        _name(document.id, document.revision): _digest(document) for document in documents
    }
    return _box(row, state_key, objects)


def taken_in(row: CaseRow, state_key: Key) -> frozenset[UUID]:
    """The additions that the case holds already; none when its state does not open."""
    try:
        kept = _opened(row, state_key)
    except UnsealError:
        return frozenset()
    return frozenset(UUID(name) for name in kept["taken_in"])


def _opened(row: CaseRow, state_key: Key) -> dict[str, Any]:
    return decode(open_state(state_key, row.state_box, case=row.id, revision=row.version))


def _box(
    row: CaseRow,
    state_key: Key,
    objects: Mapping[str, str],
    *,
    found: Collection[str] = (),
    taken_in: Collection[UUID] = (),
) -> Sealed:
    content = {
        "plain": _plain(row),
        "objects": objects,
        "found": sorted(found),
        "taken_in": sorted(id_.hex for id_ in taken_in),
    }
    return box_state(state_key, encode(content), case=row.id, revision=row.version)


@dataclass(frozen=True)
class Reboxed:
    """A revision of a document that was boxed again under another key, its words unchanged."""

    id: UUID
    revision: int
    compartment: str
    kind: str
    before: Sealed
    after: Sealed


def reboxed(
    row: CaseRow, state_key: Key, documents: Iterable[Reboxed], *, found: Collection[str] = ()
) -> Sealed:
    """The state at the same version, with the digests of what was boxed again.

    What did not fit the state before does not fit it afterwards; differences that were `found`
    stay named. Raises `UnsealError` where the state does not open.
    """
    kept = _opened(row, state_key)
    objects = dict(kept["objects"])
    for it in documents:
        name = _name(it.id, it.revision)
        if objects.get(name) == _digest_of(it.compartment, it.kind, it.before):
            objects[name] = _digest_of(it.compartment, it.kind, it.after)
    content = {**kept, "objects": objects, "found": sorted({*kept["found"], *found})}
    return box_state(state_key, encode(content), case=row.id, revision=row.version)


def differences(
    session: Session, row: CaseRow, state_key: Key, *, now: datetime
) -> tuple[str, ...]:
    """What was changed behind the back of this program; empty when nothing was.

    Messages may be newer than the state: the return code's key vouches for them.
    """
    try:
        kept = _opened(row, state_key)
    except UnsealError:
        return ("state",)
    return (
        *kept["found"],
        *_changed_plain(kept["plain"], _plain(row), row, now),
        *_changed_objects(session, row, kept),
    )


def _plain(row: CaseRow) -> dict[str, Any]:
    values = {name: _written(getattr(row, name)) for name in PLAIN}
    times = {name: _written(getattr(row, name)) for name in ("may_rise_at", "warn_at")}
    return {**values, "level": row.level, **times}


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return instant(value)
    return value.hex if isinstance(value, UUID) else value


def _changed_plain(
    kept: dict[str, Any], found: dict[str, Any], row: CaseRow, now: datetime
) -> Iterator[str]:
    has_risen = _was_raised_by_time(kept, row, now)
    due = {"answer_by": instant(answer_by(row))} if has_risen else {}
    yield from (name for name in PLAIN if (kept | due)[name] != found[name])
    if kept["level"] != row.level and not has_risen:
        yield "level"
    elif kept["level"] == row.level and kept["may_rise_at"] != found["may_rise_at"]:
        yield "may_rise_at"
    if kept.get("warn_at") != found["warn_at"] and not _was_warned(kept, row, now):
        yield "warn_at"


def answer_by(row: CaseRow) -> datetime:
    """When somebody must have acted, by what stands plain: hour of arrival and level."""
    return row.hour + timedelta(hours=Level.of(row.level).hours)


def _was_raised_by_time(kept: dict[str, Any], row: CaseRow, now: datetime) -> bool:
    """Whether the worker may have raised it: when the stored time came, one level up."""
    due = kept["may_rise_at"] and moment(kept["may_rise_at"])
    if not due or due > now or row.may_rise_at is not None:
        return False
    return row.level in _LEVELS and Level.of(row.level) == Level.of(kept["level"]) + 1


def _was_warned(kept: dict[str, Any], row: CaseRow, now: datetime) -> bool:
    """Whether the worker may have set it on: when the stored time came, to the next period."""
    due = kept.get("warn_at") and moment(kept["warn_at"])
    if not due or due > now or row.warn_at is None or kept["level"] not in _LEVELS:
        return False
    return due < row.warn_at <= grid.next_warning(kept["level"], now, stage=kept["stage"])


def _changed_objects(session: Session, row: CaseRow, kept: dict[str, Any]) -> Iterator[str]:
    found = dict(_objects(session, row.id))
    for name, digest in kept["objects"].items():
        if found.pop(name, None) != digest:
            yield "document"
    if found.keys() - _messages(session, row.id):
        yield "document"


def _objects(session: Session, case_id: UUID) -> Iterable[tuple[str, str]]:
    for row in session.scalars(select(DocumentRow).where(DocumentRow.case_id == case_id)):
        yield _name(row.id, row.revision), _digest(row)


def _digest(row: DocumentRow) -> str:
    return _digest_of(row.compartment, row.kind, row.box)


def _digest_of(compartment: str, kind: str, box: Sealed) -> str:
    return hashlib.sha256(f"{compartment}/{kind}/".encode() + box).hexdigest()


def _messages(session: Session, case_id: UUID) -> set[str]:
    query = select(DocumentRow.id, DocumentRow.revision).where(
        DocumentRow.case_id == case_id, DocumentRow.kind == "message"
    )
    return {_name(id_, revision) for id_, revision in session.execute(query)}


def _name(id_: UUID, revision: int) -> str:
    return f"{id_.hex}/{revision}"
