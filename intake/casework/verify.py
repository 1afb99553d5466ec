"""Whether the log and the cases are whole: chain, states, and nothing gone without a line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from intake.casework import log, roster, standing
from intake.casework.service import Service
from intake.store import links
from intake.store.people import MemberRow
from intake.store.service import AuditRow
from intake.store.tables import CaseRow, ErasedRow
from intake.vault import AUDIT_START, pseudonym

_AT_ONCE: Final = 1000
_KEPT: Final = "audit.head"


@dataclass(frozen=True)
class Head:
    """The newest line of the log; kept elsewhere, it shows when the database was set back."""

    sequence: int
    mac: bytes

    @override
    def __str__(self) -> str:
        return f"{self.sequence}-{self.mac.hex()}"

    @classmethod
    def parse(cls, text: str) -> Head:
        """Read what `str` wrote; `ValueError` for anything else."""
        sequence, mac = text.strip().split("-")
        return cls(int(sequence), bytes.fromhex(mac))


@dataclass(frozen=True)
class _Known:
    """What the newest line about a case says of its state."""

    revision: int
    digest: bytes


def head(service: Service) -> Head:
    """The newest line as it stands; sequence 0 for an empty log."""
    with service.reading() as session:
        row = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc()).limit(1)).first()
        return Head(row.seq, row.mac) if row else Head(0, AUDIT_START)


def keep_head(service: Service) -> None:
    """Keep the newest line outside the database, where setting the database back leaves it."""
    path = service.settings.instance / _KEPT
    draft = path.with_suffix(".new")
    draft.write_text(f"{head(service)}\n")
    draft.replace(path)


def kept_head(service: Service) -> Head | None:
    """What `keep_head` kept; None before the first time, `ValueError` when it is damaged."""
    path = service.settings.instance / _KEPT
    return Head.parse(path.read_text()) if path.exists() else None


def is_reached(service: Service, kept: Head) -> bool:
    """Whether the log still holds the line that was once its newest."""
    if kept.sequence == 0:
        return kept.mac == AUDIT_START
    with service.reading() as session:
        row = session.get(AuditRow, kept.sequence)
        return row is not None and row.mac == kept.mac


def verify(service: Service, *, kept: Head | None = None) -> tuple[str, ...]:
    """One sentence for each thing that is wrong; none when all is well."""
    findings = [] if kept is None or is_reached(service, kept) else [_SET_BACK]
    with service.reading() as session:
        known: dict[bytes, _Known] = {}
        findings += _chain(session, service, known)
        findings += _cases(session, service, known)
        findings += _who_is_in(session, service)
        findings += _links(session)
    return tuple(findings)


_SET_BACK: Final = (
    "The log does not hold the line that was kept elsewhere: the database was set back, "
    "or the line was copied wrongly."
)


def _chain(session: Session, service: Service, known: dict[bytes, _Known]) -> Iterator[str]:
    """Findings about lines; fills `known` with the newest line of each case."""
    last, sequence = AUDIT_START, 0
    query = select(AuditRow).order_by(AuditRow.seq).execution_options(yield_per=_AT_ONCE)
    for row in session.scalars(query):
        if row.seq != sequence + 1:
            yield f"Lines {sequence + 1} to {row.seq - 1} of the log are missing."
        if row.previous != last:
            yield f"Line {row.seq} of the log does not follow the line before it."
        if row.mac != log.mac_of(service, row):
            yield f"Line {row.seq} of the log was changed."
        if row.pseudonym is not None:
            known[row.pseudonym] = _Known(row.revision or 0, row.digest or b"")
        last, sequence = row.mac, row.seq
        session.expunge(row)


def _cases(session: Session, service: Service, known: dict[bytes, _Known]) -> Iterator[str]:
    """Findings about cases; whatever is left in `known` afterwards is gone."""
    query = select(CaseRow).execution_options(yield_per=_AT_ONCE)
    for row in session.scalars(query):
        line = known.pop(pseudonym(service.keys.audit, row.id), None)
        digest = hashlib.sha256(row.state_box).digest()
        if line is None:
            yield f"Case {row.ref} has no line in the log."
        elif (line.revision, line.digest) != (row.version, digest):
            yield f"Case {row.ref} is not as the log says: it was changed or set back."
        session.expunge(row)
    for id_ in (*session.scalars(select(ErasedRow.id)), *_people(session, service)):
        known.pop(pseudonym(service.keys.audit, id_), None)
    if known:
        yield f"Cases that the log knows are gone without an erasure: {len(known)}."


def _links(session: Session) -> Iterator[str]:
    """Findings about links: each stands in both cases that it joins."""
    for ref in links.one_sided(session):
        yield f"Case {ref} has a link that is missing in the other case."


def _who_is_in(session: Session, service: Service) -> Iterator[str]:
    """Findings about rosters and members: they decide whom anything is sealed to."""
    for ring in roster.set_back(session, service):
        yield f"The roster of {ring} is not as the log says: it was changed or set back."
    for handle in standing.strangers(session, service):
        yield f"Member {handle} is not as the log says: roles, key or state were changed."


def _people(session: Session, service: Service) -> Iterator[UUID]:
    """What lines hold fast beside cases: members, and the rosters of the rings."""
    yield from session.scalars(select(MemberRow.id))
    for ring, pin in service.pins().rings.items():
        # One more: a generation that was cut off while it was made had a roster too.
        yield from (roster.name_of(ring, number) for number in range(1, pin.generation + 2))
