"""Somebody signed in, and the rings that her keys open."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import recovery
from intake.casework.errors import NotAllowed
from intake.casework.member_states import FIRST, FIRST_USED
from intake.casework.service import Service
from intake.roles import Permission, Role, may
from intake.store.people import RingMemberRow, RingRow
from intake.vault import (
    NotForYou,
    Ring,
    RingKey,
    Sealed,
    SessionSecret,
    UnsealError,
    follow,
    history,
)


@dataclass
class Reader:
    """A member in one request; rings are opened when they are first needed."""

    service: Service = field(repr=False)
    session_id: UUID
    member: UUID
    handle: str
    roles: frozenset[Role]
    state: str
    secret: SessionSecret = field(repr=False)
    _rings: dict[Ring, RingKey] = field(default_factory=dict, repr=False)

    def may(self, permission: Permission) -> bool:
        """Whether one of her roles includes `permission`."""
        return may(self.roles, permission)

    def demand(self, permission: Permission) -> None:
        """`NotAllowed` unless she `may`."""
        if not self.may(permission):
            raise NotAllowed

    @property
    def is_trained(self) -> bool:
        # Roles stand plain in the database; the ring she trusts is in her own box.
        return Role.HANDLER in self.roles and Ring.INTIMATE in self.secret.trusted

    @property
    def must_choose_passphrase(self) -> bool:
        return self.state in {FIRST, FIRST_USED}

    @property
    def must_make_sheets(self) -> bool:
        """Whether recovery sheets are missing or used, and she is one who can make them."""
        holds_all = self.secret.trusted.keys() == set(Ring)
        is_needed = self.service.pins().recovery is None or recovery.are_sheets_used(
            self.service
        )
        return self.may(Permission.SET_UP) and holds_all and is_needed

    @property
    def must_set_up(self) -> bool:
        return self.must_choose_passphrase or self.must_make_sheets

    def ring(self, session: Session, ring: Ring) -> RingKey:
        """The newest secret of `ring` that leads back to the one she trusts.

        Raises `NotForYou` when she does not hold it, or when it was exchanged.
        """
        if ring not in self._rings:
            self._rings[ring] = self._opened(session, ring)
        return self._rings[ring]

    def ring_at(self, session: Session, ring: Ring, generation: int) -> RingKey:
        """The secret of an earlier generation; `NotForYou` where the history does not lead."""
        newest = self.ring(session, ring)
        if generation == newest.generation:
            return newest
        for earlier in history(newest, _links(session, newest)):
            if earlier.generation == generation:
                return earlier
        raise NotForYou(ring)

    def holds(self, session: Session, ring: Ring) -> bool:
        try:
            self.ring(session, ring)
        except NotForYou:
            return False
        return True

    def _opened(self, session: Session, ring: Ring) -> RingKey:
        rows = session.scalars(
            select(RingMemberRow)
            .where(RingMemberRow.ring == ring, RingMemberRow.member_id == self.member)
            .order_by(RingMemberRow.generation.desc())
        )
        # A generation that somebody slipped in leads back to nothing: the one before it holds.
        found = (key for row in rows if (key := self._trusted(session, row)) is not None)
        if (key := next(found, None)) is None:
            raise NotForYou(ring)
        return key

    def _trusted(self, session: Session, row: RingMemberRow) -> RingKey | None:
        trusted = self.secret.trusted.get(Ring(row.ring))
        try:
            key = RingKey.open_for_member(
                row.box,
                self.secret.seed.identity,
                ring=Ring(row.ring),
                generation=row.generation,
                member=self.member,
            )
        except UnsealError:
            return None
        return key if trusted and follow(trusted, key, _links(session, key)) else None


def _links(session: Session, newest: RingKey) -> list[Sealed]:
    rows = session.scalars(
        select(RingRow.previous_box)
        .where(RingRow.name == newest.ring, RingRow.generation <= newest.generation)
        .order_by(RingRow.generation.desc())
    )
    return [link for link in rows if link is not None]
