"""Somebody who is removed, the keys that she kept, and what they still open."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import Reader, Service, members, rotation
from intake.casework.member_states import LEFT
from intake.roles import Role
from intake.store.people import RingMemberRow, RingRow
from intake.store.service import AuditRow
from intake.store.tables import AdditionRow, CaseKeysRow, DocumentRow, FacetsRow
from intake.store.team import TeamDocumentRow
from intake.vault import (
    CaseKeys,
    Ring,
    RingKey,
    Sealed,
    SessionSecret,
    UnsealError,
    open_addition,
    open_audit_line,
    open_facets,
    open_facts,
    open_team,
)
from tests.casework.joining import add, proof
from tests.people import NOW

Tries: TypeAlias = Sequence[Callable[[], object]]


@dataclass(frozen=True)
class Kept:
    """The keys of somebody who was removed."""

    member: UUID
    secret: SessionSecret = field(repr=False)
    rings: tuple[RingKey, ...] = field(repr=False)

    def opened(self, service: Service) -> list[tuple[str, object]]:
        """Everything in the database that they open: table and id."""
        with service.reading() as session:
            return [
                name for name, tries in self._everything(session) if any(map(_opens, tries))
            ]

    def _everything(self, session: Session) -> Iterator[tuple[tuple[str, object], Tries]]:
        yield from self._of_cases(session)
        yield from self._of_rings(session)
        for line in session.scalars(select(AuditRow)):
            yield (
                ("audit", line.seq),
                [
                    partial(open_audit_line, key, line.box, sequence=line.seq)
                    for key in self.rings
                ],
            )

    def _of_cases(self, session: Session) -> Iterator[tuple[tuple[str, object], Tries]]:
        for wrap in session.scalars(select(CaseKeysRow)):
            yield (
                ("case_keys", wrap.id),
                [
                    partial(CaseKeys.open_from_ring, wrap.box, key, wrap.case_id)
                    for key in self.rings
                ],
            )
        facts = select(DocumentRow).where(DocumentRow.generation.is_not(None))
        for it in session.scalars(facts):
            yield (
                ("facts", (it.case_id, it.revision)),
                [
                    partial(open_facts, it.box, key, case=it.case_id, revision=it.revision)
                    for key in self.rings
                ],
            )
        for sheet in session.scalars(select(FacetsRow)):
            yield (
                ("facets", sheet.case_id),
                [
                    partial(
                        open_facets, sheet.box, key, case=sheet.case_id, version=sheet.version
                    )
                    for key in self.rings
                ],
            )
        for shared in session.scalars(select(TeamDocumentRow)):
            yield (
                ("team_document", shared.id),
                [
                    partial(
                        open_team,
                        shared.box,
                        key,
                        id=shared.id,
                        kind=shared.kind,
                        revision=shared.revision,
                    )
                    for key in self.rings
                ],
            )
        for added in session.scalars(select(AdditionRow)):
            yield (
                ("addition", added.id),
                [
                    partial(open_addition, added.box, key, case=added.case_id, id=added.id)
                    for key in self.rings
                ],
            )

    def _of_rings(self, session: Session) -> Iterator[tuple[tuple[str, object], Tries]]:
        for row in session.scalars(select(RingRow)):
            ring, link = Ring(row.name), row.previous_box or Sealed(b"")
            yield (
                ("previous", (ring, row.generation)),
                [
                    partial(RingKey(ring, row.generation, key.seed).open_previous, link)
                    for key in self.rings
                ],
            )
        identity = self.secret.seed.identity
        for wrap in session.scalars(select(RingMemberRow)):
            yield (
                ("ring_member", (wrap.ring, wrap.member_id)),
                [
                    partial(
                        RingKey.open_for_member,
                        wrap.box,
                        identity,
                        ring=Ring(wrap.ring),
                        generation=wrap.generation,
                        member=self.member,
                    )
                ],
            )


def _opens(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except UnsealError:
        return False
    return True


def kept_by(reader: Reader) -> Kept:
    """The keys that `reader` could copy now."""
    with reader.service.reading() as session:
        rings = tuple(
            key
            for ring in Ring
            if reader.holds(session, ring)
            for key in reader.generations(session, ring)
        )
    return Kept(reader.member, reader.secret, rings)


def removed(
    by: Reader, *roles: Role, handle: str = "larch", meanwhile: Callable[[Reader], object] = str
) -> Kept:
    """Somebody who was in, did something, kept her keys, and was taken out."""
    leaver = add(by, handle, *(roles or (Role.COORDINATOR, Role.HANDLER)))
    meanwhile(leaver)
    kept = kept_by(leaver)
    take_out(by, leaver.member)
    return kept


def take_out(by: Reader, member: UUID) -> None:
    """Let her leave."""
    members.take_out(by, member, state=LEFT, proof=proof(by), knowing=True, now=NOW)


def finish(*readers: Reader, now: datetime = NOW, at_most: int = 50) -> int:
    """Go on in these sessions by turns until everything is at rest; how many turns it took."""
    for turn in range(1, 1000):
        reader = readers[turn % len(readers)]
        if rotation.go_on(reader, now=now, at_most=at_most).is_over:
            return turn
    raise AssertionError(rotation.status(readers[0].service))
