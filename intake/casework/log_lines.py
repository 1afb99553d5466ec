"""The log in the hands of its readers: lines opened as far as they are needed, and judged.

About a case nothing is told but its reference: neither a detail, nor an act that would say that
the case is unlike others (E11).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from intake.casework import log
from intake.casework.codec import decode, moment
from intake.casework.errors import NotAllowed
from intake.casework.reader import Reader
from intake.casework.timeline import OF_PRIVATE_FILES
from intake.roles import Permission
from intake.store import members
from intake.store.service import AuditRow
from intake.store.tables import CaseRow
from intake.vault import (
    AUDIT_START,
    Key,
    NotForYou,
    Ring,
    RingKey,
    UnsealError,
    open_audit_line,
    pseudonym,
)

ACCESS: Final = "access_changed"
_TOLD_AS: Final[Mapping[str, str]] = {
    "restricted": ACCESS,
    "restriction_lifted": ACCESS,
    "rekeyed": ACCESS,
    **OF_PRIVATE_FILES,
}


@dataclass(frozen=True)
class Opened:
    """What a line says inside."""

    sequence: int
    at: datetime
    act: str
    by: UUID | None
    case: UUID | None
    detail: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Line:
    """A line as a page shows it; `by` is a handle, None for reporters and the service itself.

    `act` is empty where the line does not open. `is_sound`: it is as it was written and
    follows the line before it.
    """

    sequence: int
    at: datetime | None = None
    act: str = ""
    by: str | None = None
    is_about_case: bool = False
    ref: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict, repr=False)
    is_sound: bool = True


@dataclass
class Lines:
    """One view of the log for somebody who holds the ring `audit`."""

    reader: Reader
    session: Session
    _keys: dict[int, RingKey | None] = field(default_factory=dict, repr=False)

    def rows(
        self, *where: ColumnElement[bool], below: int | None = None, limit: int
    ) -> Sequence[AuditRow]:
        """Rows as they are stored, newest first, those under the sequence `below`."""
        query = select(AuditRow).where(*where).order_by(AuditRow.seq.desc()).limit(limit)
        if below is not None:
            query = query.where(AuditRow.seq < below)
        return self.session.scalars(query).all()

    def about(self, ref: str) -> ColumnElement[bool]:
        """Only lines of the case of this reference or number; none where there is none."""
        ref = ref.replace("\0", "")  # PostgreSQL takes no NUL
        named = (CaseRow.ref == ref) | (CaseRow.number == ref)
        case = self.session.scalar(select(CaseRow.id).where(named))
        return AuditRow.pseudonym == (pseudonym(self._audit_key, case) if case else b"")

    def opened(self, row: AuditRow) -> Opened | None:
        """What a line says; None where it was changed, or her keys do not lead to it."""
        key = self._key(row.generation)
        try:
            content = decode(open_audit_line(key, row.box, sequence=row.seq)) if key else None
        except UnsealError:
            return None
        if content is None:
            return None
        by, case = (content[name] and UUID(content[name]) for name in ("by", "case"))
        act = _TOLD_AS.get(content["act"], content["act"])
        return Opened(row.seq, moment(content["at"]), act, by, case, content["detail"])

    def first_from(self, at: datetime) -> int | None:
        """The sequence from which on lines are of `at` or later; None when none is."""
        newest = self.session.scalar(select(func.max(AuditRow.seq))) or 0
        low, high = 1, newest + 1
        while low < high:
            middle = (low + high) // 2
            row = self.session.get(AuditRow, middle)
            line = self.opened(row) if row else None
            if line is None or line.at < at:  # what does not open is no guide
                low = middle + 1
            else:
                high = middle
        return low if low <= newest else None

    def shown(self, rows: Sequence[AuditRow]) -> tuple[Line, ...]:
        """The lines as a page shows them."""
        sound, handles = self._sound(rows), members.handles(self.session)
        told = [(row.seq in sound, row.seq, self.opened(row)) for row in rows]
        cases = {line.case for _, _, line in told if line and line.case}
        query = select(CaseRow.id, CaseRow.ref).where(CaseRow.id.in_(cases))
        refs = dict(self.session.execute(query).all())
        return tuple(
            _shown(line, handles, refs, is_sound=is_sound)
            if line
            else Line(sequence, is_sound=is_sound)
            for is_sound, sequence, line in told
        )

    def _sound(self, rows: Sequence[AuditRow]) -> frozenset[int]:
        query = select(AuditRow.seq, AuditRow.mac).where(
            AuditRow.seq.in_([row.seq - 1 for row in rows])
        )
        macs = {0: AUDIT_START, **dict(self.session.execute(query).all())}
        return frozenset(
            row.seq
            for row in rows
            if row.mac == log.mac_of(self.reader.service, row)
            and row.previous == macs.get(row.seq - 1)
        )

    @property
    def _audit_key(self) -> Key:
        return self.reader.service.keys.audit

    def _key(self, generation: int) -> RingKey | None:
        if generation not in self._keys:
            try:
                key = self.reader.ring_at(self.session, Ring.AUDIT, generation)
            except NotForYou:
                key = None
            self._keys[generation] = key
        return self._keys[generation]


@contextmanager
def open_lines(reader: Reader) -> Iterator[Lines]:
    """The log for this reader; `NotAllowed` for who may not read it or holds no key to it."""
    reader.demand(Permission.READ_LOG)
    with reader.service.reading() as session:
        if not reader.holds(session, Ring.AUDIT):
            raise NotAllowed
        yield Lines(reader, session)


def _shown(
    line: Opened, handles: Mapping[UUID, str], refs: Mapping[UUID, str], *, is_sound: bool
) -> Line:
    return Line(
        line.sequence,
        line.at,
        line.act,
        handles.get(line.by, "?") if line.by else None,
        line.case is not None,
        refs.get(line.case) if line.case else None,
        {} if line.case else line.detail,
        is_sound=is_sound,
    )
