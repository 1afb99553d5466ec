"""Who may not go: without a coordinator nobody enters anybody, without a handler words wait."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import standing
from intake.casework.errors import CaseworkError
from intake.roles import Role
from intake.store.people import MemberRow, RingMemberRow
from intake.vault import Ring


class LastCoordinator(CaseworkError):  # noqa: N818 - reads as what is the matter
    """Nobody else could enter members or open reports."""


class LastHandler(CaseworkError):  # noqa: N818
    """Nobody else could read what only a trained handler may."""


def demand_others(
    session: Session, row: MemberRow, *, without: Collection[Role], knowing: bool
) -> None:
    """See that `row` may go out of the roles `without`.

    Raises `LastCoordinator`, and `LastHandler` unless whoever does it is `knowing`.
    """
    if Role.COORDINATOR in without and is_last(session, row, Ring.CASE):
        raise LastCoordinator
    if Role.HANDLER in without and not knowing and is_last(session, row, Ring.INTIMATE):
        raise LastHandler


def is_last(session: Session, row: MemberRow, ring: Ring) -> bool:
    """Whether she holds the ring and nobody else does who is in."""
    held = (
        select(RingMemberRow.member_id)
        .join(MemberRow, MemberRow.id == RingMemberRow.member_id)
        .where(RingMemberRow.ring == ring, MemberRow.state.in_(standing.IN))
    )
    return set(session.scalars(held)) == {row.id}
