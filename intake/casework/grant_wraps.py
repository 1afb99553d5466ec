"""What giving and taking back have in common: parts, specialists, and their wraps."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import account_notices, rekeying
from intake.casework.case_file import CaseFile
from intake.casework.errors import CaseworkError, NotAllowed
from intake.casework.grant_records import records
from intake.casework.roster import Entry
from intake.roles import Role
from intake.store.tables import CaseKeysRow
from intake.vault import Sealed, Slot

SPECIALISTS: Final = frozenset({Role.LAWYER, Role.PSYCHOLOGIST, Role.DOCTOR})
PARTS: Final = (Slot.IDENTITY, Slot.ACCOUNT, Slot.INTIMATE, Slot.WORK)
"""What may be given; the conversation and its key never are."""
NOTHING: Final = Sealed(b"")


class NoSpecialist(CaseworkError):  # noqa: N818
    """There is no such specialist on the roster, or she is not in any more."""


class GivenAlready(CaseworkError):  # noqa: N818
    """She has an offer or a part of this case already."""


def plain(parts: Collection[Slot]) -> list[str]:
    """The parts as lines and pages for everybody name them (E11)."""
    return [part.value for part in PARTS if part in parts and part is not Slot.INTIMATE]


def demand_parts(file: CaseFile, parts: Collection[Slot]) -> None:
    """`NotAllowed` for no parts, and for parts that the reader cannot open herself.

    The part on sexual violence goes with the account alone: else everybody would see that it
    was given (E11).
    """
    if Slot.INTIMATE in parts and Slot.ACCOUNT not in parts:
        raise NotAllowed
    if not parts or not set(parts) <= set(PARTS) & file.keys.keys.keys():
        raise NotAllowed


def specialist(file: CaseFile, member: UUID) -> Entry:
    """The specialist as she was entered on the roster; else `NoSpecialist`."""
    entry = rekeying.directory(file).get(member)
    if entry is None or not SPECIALISTS.intersection(entry.roles):
        raise NoSpecialist
    return entry


def wrap_for(file: CaseFile, member: UUID) -> CaseKeysRow:
    """A row of case keys that opens nothing yet, at the last revision that she had.

    Raises `GivenAlready` where she can open something.
    """
    wrap = wrap_of(file.session, file.row.id, member)
    if wrap is None:
        before = records(file).grants.get(member)
        last = before.revision if before else 0
        wrap = CaseKeysRow(uuid4(), file.row.id, last, NOTHING, member_id=member)
        file.session.add(wrap)
    elif wrap.box:
        raise GivenAlready
    return wrap


def wrap_of(session: Session, case: UUID, member: UUID) -> CaseKeysRow | None:
    """Her row of case keys, where she has one."""
    return session.scalars(
        select(CaseKeysRow).where(CaseKeysRow.case_id == case, CaseKeysRow.member_id == member)
    ).one_or_none()


def empty(wrap: CaseKeysRow) -> None:
    """From now on the wrap opens nothing; its keys are still to be replaced."""
    wrap.box, wrap.is_taken_back = NOTHING, True


def tell(file: CaseFile, member: UUID, kind: str) -> None:
    """Leave the specialist a notice that names who did it, and nothing of the case."""
    about = {"handle": file.reader.handle}
    service = file.reader.service
    account_notices.tell(file.session, service, [member], kind, about=about, now=file.now)
