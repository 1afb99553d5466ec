"""Who can open what of a case, since when, by whom, and who has read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from intake.casework import offering, offers, rekeying
from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import demand_opened
from intake.casework.directory.choosing import Choosing, Loads, choosing
from intake.casework.directory.load import open_cases
from intake.casework.filings.counsel import Counsel, counsel
from intake.casework.grant_records import GrantRecord, Restriction, records
from intake.casework.grant_wraps import PARTS, SPECIALISTS
from intake.casework.offers import Answer
from intake.casework.reader import Reader
from intake.casework.roster import Entry
from intake.casework.timeline import Line, lines_of
from intake.roles import Permission, Role
from intake.store import members
from intake.store.tables import CaseKeysRow
from intake.vault import Slot

READINGS: Final = frozenset(
    {
        "opened",
        "read_report",
        "read_messages",
        "read_timeline",
        "read_access",
        "read_given",
        "read_file",
        "read_original",
        "read_intimate_file",
        "read_intimate_original",
    }
)


@dataclass(frozen=True)
class GrantShown:
    """What a specialist has or was offered; `parts` as far as the reader may know (E11)."""

    member: UUID
    handle: str
    roles: tuple[Role, ...]
    parts: tuple[Slot, ...]
    since: datetime
    by: str
    note: str = field(repr=False)
    answer: Answer | None
    is_open: bool
    """False once it was declined or taken back."""
    beyond_wish: bool = False
    """She does not fit what the person wished, and the person agreed."""

    @property
    def was_declined(self) -> bool:
        return self.answer is not None and not self.answer.accepted


@dataclass(frozen=True)
class Reading:
    """How often a member has read in the case, and when last."""

    handle: str
    times: int
    last: datetime


@dataclass(frozen=True)
class KeptFor:
    """That the case is kept for named colleagues."""

    handles: tuple[str, ...]
    by: str
    since: datetime
    reason: str = field(repr=False)


@dataclass(frozen=True)
class Access:
    """The whole tab: the rings, what was given beside them, readings, and what may be given.

    `missing` says why nothing may be offered now; `is_due`: keys that somebody lost are still
    to be replaced.
    """

    coordinators: tuple[str, ...]
    trained: tuple[str, ...]
    grants: tuple[GrantShown, ...]
    ended: tuple[GrantShown, ...]
    kept_for: KeptFor | None
    readings: tuple[Reading, ...]
    is_due: bool
    missing: tuple[str, ...]
    offered_parts: tuple[Slot, ...]
    specialists: tuple[Entry, ...]
    choosing: Choosing
    colleagues: tuple[Entry, ...]
    holds_every_key: bool
    differences: tuple[str, ...]
    counsel: Counsel | None
    """None where the conversation is over, or is another case's."""


def access(reader: Reader, ref: str, *, now: datetime) -> Access:
    """Who can open the case; looking is a line in the log. `NotAllowed` before opening."""
    reader.demand(Permission.GRANT)
    loads = open_cases(reader, now=now)
    with opened(reader, ref, "read_access", now=now) as file:
        demand_opened(file)
        return _access(file, loads)


def _access(file: CaseFile, loads: Loads) -> Access:
    known, entries = records(file), rekeying.directory(file)
    wraps = {wrap.member_id: wrap for wrap in rekeying.member_wraps(file)}
    handles = members.handles(file.session)
    shown = [_shown(file, one, entries, wraps, handles) for one in known.grants.values()]
    shown.sort(key=lambda grant: grant.since, reverse=True)
    is_open = {grant.member for grant in shown if grant.is_open}
    specialists = _specialists(entries.values(), is_open)
    return Access(
        coordinators=_with_role(entries.values(), Role.COORDINATOR),
        trained=_with_role(entries.values(), Role.HANDLER),
        grants=tuple(grant for grant in shown if grant.is_open),
        ended=tuple(grant for grant in shown if not grant.is_open),
        kept_for=_kept_for(known.restriction, handles),
        readings=tuple(_readings(lines_of(file))),
        is_due=any(wrap.is_taken_back for wrap in wraps.values()),
        missing=offering.missing_now(file),
        offered_parts=tuple(part for part in PARTS if part in file.keys),
        specialists=specialists,
        choosing=choosing(file, [entry.member for entry in specialists], loads),
        colleagues=tuple(e for e in entries.values() if Role.COORDINATOR in e.roles),
        holds_every_key=set(Slot) <= file.keys.keys.keys(),
        differences=file.differences,
        counsel=counsel(file),
    )


def _with_role(entries: Iterable[Entry], role: Role) -> tuple[str, ...]:
    return tuple(sorted(entry.handle for entry in entries if role in entry.roles))


def _specialists(entries: Iterable[Entry], known: set[UUID]) -> tuple[Entry, ...]:
    """Those to whom something may still be offered, by handle."""
    free = (e for e in entries if SPECIALISTS.intersection(e.roles) and e.member not in known)
    return tuple(sorted(free, key=lambda entry: entry.handle))


def _shown(
    file: CaseFile,
    record: GrantRecord,
    entries: Mapping[UUID, Entry],
    wraps: Mapping[UUID | None, CaseKeysRow],
    handles: Mapping[UUID, str],
) -> GrantShown:
    entry, wrap = entries.get(record.member), wraps.get(record.member)
    return GrantShown(
        member=record.member,
        handle=handles.get(record.member, "?"),
        roles=entry.roles if entry else (),
        parts=tuple(part for part in PARTS if part in record.parts),
        since=record.at,
        by=handles.get(record.by, "?"),
        note=record.note,
        answer=offers.answer_to(file.session, file.row.id, record.answer_key),
        is_open=record.is_given and wrap is not None and bool(wrap.box),
        beyond_wish=record.beyond_wish,
    )


def _kept_for(kept: Restriction | None, handles: Mapping[UUID, str]) -> KeptFor | None:
    if kept is None:
        return None
    named = tuple(sorted(handles.get(member, "?") for member in kept.named))
    return KeptFor(named, handles.get(kept.by, "?"), kept.at, kept.reason)


def _readings(lines: Iterable[Line]) -> Iterator[Reading]:
    """Of each member the newest reading; lines come newest first."""
    read = [line for line in lines if line.act in READINGS and line.by and line.at]
    times = Counter(line.by for line in read)
    last: dict[str, datetime] = {}
    for line in read:
        if line.by and line.at:
            last.setdefault(line.by, line.at)
    for handle, at in last.items():
        yield Reading(handle, times[handle], at)
