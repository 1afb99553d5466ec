"""Somebody signed in, and the rings that her keys open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import sheets
from intake.casework.errors import NotAllowed
from intake.casework.member_states import FIRST, FIRST_USED, WAITING
from intake.casework.service import Service
from intake.roles import Permission, Role, may
from intake.store.people import RingMemberRow, RingRow
from intake.vault import (
    Identity,
    MemberSecret,
    NotForYou,
    Pin,
    Pins,
    Ring,
    RingKey,
    Sealed,
    SessionSecret,
    Trusted,
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
    has_factor: bool = True
    _rings: dict[Ring, tuple[RingKey, ...]] = field(default_factory=dict, repr=False)
    _pins: Pins | None = field(default=None, repr=False)

    def may(self, permission: Permission) -> bool:
        """Whether one of her roles includes `permission`; nothing before she was let in."""
        return not self.is_waiting and may(self.roles, permission)

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
    def must_add_factor(self) -> bool:
        """Whether a second factor comes next; in a demo nobody needs one."""
        return not (
            self.has_factor or self.must_choose_passphrase or self.service.settings.demo
        )

    @property
    def is_waiting(self) -> bool:
        """Whether a coordinator has to let her in still."""
        return self.state == WAITING

    @property
    def must_make_sheets(self) -> bool:
        """Whether recovery sheets are missing or used, and she is one who can make them."""
        holds_all = self.secret.trusted.keys() == set(Ring)
        is_needed = self.service.pins().recovery is None or sheets.are_sheets_used(self.service)
        return self.may(Permission.SET_UP) and holds_all and is_needed

    @property
    def must_set_up(self) -> bool:
        return self.must_choose_passphrase or self.must_add_factor or self.must_make_sheets

    def ring(self, session: Session, ring: Ring) -> RingKey:
        """The newest secret of `ring` that is pinned, or leads back to the one she trusts.

        Raises `NotForYou` when she does not hold it, or when it was exchanged.
        """
        return self.generations(session, ring)[0]

    def ring_at(self, session: Session, ring: Ring, generation: int | None) -> RingKey:
        """The secret of an earlier generation; `NotForYou` where the history does not lead."""
        for key in self.generations(session, ring):
            if key.generation == generation:
                return key
        raise NotForYou(ring)

    def generations(self, session: Session, ring: Ring) -> tuple[RingKey, ...]:
        """Every secret of `ring` that hers leads back to, newest first; else `NotForYou`."""
        if (pins := self.service.pins()) is not self._pins:  # a new generation is in force
            self._rings.clear()
            self._pins = pins
        if ring not in self._rings:
            self._rings[ring] = _generations(
                session,
                newest_key(session, pins, ring, self.member, self.secret),
            )
        return self._rings[ring]

    def holds(self, session: Session, ring: Ring) -> bool:
        try:
            self.ring(session, ring)
        except NotForYou:
            return False
        return True


def trusted_now(
    session: Session, service: Service, member_id: UUID, secret: MemberSecret
) -> Mapping[Ring, Trusted]:
    """What a member is to trust from now on: what she trusted, followed to the pinned keys.

    A ring she has no trust in yet is taken over only as it is pinned; a ring that was taken
    from her stays as she knew it.
    """
    pins, trusted = service.pins(), dict(secret.trusted)
    for ring in pins.rings:
        try:
            trusted[ring] = newest_key(session, pins, ring, member_id, secret).trusted
        except NotForYou:
            continue
    return trusted


def newest_key(
    session: Session,
    pins: Pins,
    ring: Ring,
    member: UUID,
    secret: MemberSecret | SessionSecret,
) -> RingKey:
    """The newest secret of `ring` that a member's wraps open and that is to be believed.

    Raises `NotForYou` when there is none.
    """
    if (pin := pins.rings.get(ring)) is None:
        raise NotForYou(ring)
    rows = session.scalars(
        select(RingMemberRow)
        .where(
            RingMemberRow.ring == ring,
            RingMemberRow.member_id == member,
            # What stands above the pin was cut off while it was made, or slipped in.
            RingMemberRow.generation <= pin.generation,
        )
        .order_by(RingMemberRow.generation.desc())
    )
    for key in _unwrapped(rows, member, secret.seed.identity):
        if _is_true(session, key, pin, secret.trusted.get(ring)):
            return key
    raise NotForYou(ring)


def _is_true(session: Session, key: RingKey, pin: Pin, trusted: Trusted | None) -> bool:
    is_pinned = (key.generation, key.public) == (pin.generation, pin.public)
    if key.generation == pin.generation and not is_pinned:
        return False
    if trusted is None:
        return is_pinned
    return follow(trusted, key, _links(session, key))


def _unwrapped(
    rows: Iterable[RingMemberRow], member: UUID, identity: Identity
) -> Iterator[RingKey]:
    for row in rows:
        try:
            yield RingKey.open_for_member(
                row.box,
                identity,
                ring=Ring(row.ring),
                generation=row.generation,
                member=member,
            )
        except UnsealError:
            continue


def _generations(session: Session, newest: RingKey) -> tuple[RingKey, ...]:
    """`newest` and those before it, as far as the links are whole."""
    found = []
    with suppress(UnsealError):
        for key in history(newest, _links(session, newest)):
            found.append(key)  # noqa: PERF402 - what came before a broken link is kept
    return tuple(found)


def _links(session: Session, newest: RingKey) -> list[Sealed]:
    if newest.generation == 1:
        return []
    rows = session.scalars(
        select(RingRow.previous_box)
        .where(RingRow.name == newest.ring, RingRow.generation <= newest.generation)
        .order_by(RingRow.generation.desc())
    )
    return [link for link in rows if link is not None]
