"""Queries over members."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.store.people import MemberRow


def handles(session: Session) -> Mapping[UUID, str]:
    """Every member's handle."""
    return dict(session.execute(select(MemberRow.id, MemberRow.handle)).all())
