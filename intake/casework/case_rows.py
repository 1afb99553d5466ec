"""Finding a case's rows, and the keys of it that a reader's rings open."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.errors import UnknownCase
from intake.casework.reader import Reader
from intake.form.compartments import Compartment
from intake.roles import Permission
from intake.store.tables import CaseKeysRow, CaseRow, DocumentRow, ProposalRow
from intake.vault import CaseKeys, Key, NotForYou, Ring, Sealed, Slot, UnsealError, is_box

READING: Final = (Ring.CASE, Ring.INTIMATE)
"""The rings that case keys are wrapped for."""


def find(session: Session, ref: str) -> CaseRow:
    """The case with this reference or number; `UnknownCase` when there is none."""
    ref = ref.replace("\0", "")  # PostgreSQL takes no NUL
    row = session.scalar(select(CaseRow).where((CaseRow.ref == ref) | (CaseRow.number == ref)))
    if row is None:
        raise UnknownCase
    return row


def found_or_nobody(session: Session, ref: str) -> CaseRow:
    """The case, or one that nobody holds keys for: to look for keys takes as long for both."""
    try:
        return find(session, ref)
    except UnknownCase:
        moment = datetime.min.replace(tzinfo=UTC)
        return CaseRow(
            id=uuid4(),
            ref="",
            stage="",
            level="",
            hour=moment,
            answer_by=moment,
            state_box=Sealed(b""),
        )


def newest_facts(session: Session, case_id: UUID) -> DocumentRow:
    """The row of the newest facts of a case; `UnknownCase` when somebody took them away."""
    row = session.scalars(
        select(DocumentRow)
        .where(DocumentRow.case_id == case_id, DocumentRow.compartment == Compartment.FACTS)
        .order_by(DocumentRow.revision.desc())
        .limit(1)
    ).first()
    if row is None:
        raise UnknownCase
    return row


def keys_of(reader: Reader, session: Session, row: CaseRow, *, boxes: bool = True) -> CaseKeys:
    """What all her wraps open together; wraps as they arrived are boxed under their ring.

    Without `boxes` they stay as they are, for whoever only reads. Raises `NotForYou` when none
    of them opens the case.
    """
    rings = [ring for ring in READING if reader.holds(session, ring)]
    wraps = _wraps(session, row.id, reader.member)
    held: dict[Slot, Key] = {}
    for ring in rings:
        wrap = wraps.get(ring) or _nothing(reader, session, row.id, ring)
        held.update(_through_ring(reader, session, wrap, ring, boxes=boxes).keys)
    if reader.may(Permission.READ_GRANTED) or None in wraps:
        held.update(_through_grant(reader, session, row.id, wraps.get(None)).keys)
    if Slot.STATE not in held:
        raise NotForYou(Slot.STATE)
    return CaseKeys(row.id, held)


def is_open_to(reader: Reader, session: Session, row: CaseRow) -> bool:
    """Whether a wrap of this case opens for her."""
    try:
        keys_of(reader, session, row, boxes=False)
    except (NotForYou, UnsealError):
        return False
    return True


def _wraps(session: Session, case: UUID, member: UUID) -> dict[Ring | None, CaseKeysRow]:
    """The wraps of the rings, and her own where she has one."""
    found = session.scalars(
        select(CaseKeysRow).where(
            CaseKeysRow.case_id == case,
            CaseKeysRow.ring.is_not(None) | (CaseKeysRow.member_id == member),
        )
    )
    return {Ring(wrap.ring) if wrap.ring else None: wrap for wrap in found}


def _nothing(reader: Reader, session: Session, case: UUID, ring: Ring) -> CaseKeysRow:
    """A wrap that opens nothing, so that a case which is not there takes as long as another."""
    key = reader.ring(session, ring)
    box = CaseKeys(case, {}).box_for_ring(key)
    return CaseKeysRow(uuid4(), case, key.generation, box)


def _through_grant(
    reader: Reader, session: Session, case: UUID, wrap: CaseKeysRow | None
) -> CaseKeys:
    """What was given to her alone; nothing before she accepts or after it was taken back."""
    nothing = CaseKeys(case, {})
    offer = session.get(ProposalRow, wrap.id if wrap else case)
    if not wrap or not wrap.box or (offer and offer.decided_by != reader.member):
        return nothing
    try:
        return CaseKeys.open_for_member(
            wrap.box,
            reader.secret.seed.identity,
            case=wrap.case_id,
            member=reader.member,
            revision=wrap.generation,
        )
    except UnsealError:  # sealed to a key pair that she lost
        return nothing


def _through_ring(
    reader: Reader, session: Session, wrap: CaseKeysRow, ring_name: Ring, *, boxes: bool
) -> CaseKeys:
    ring = reader.ring_at(session, ring_name, wrap.generation)
    keys = CaseKeys.open_from_ring(wrap.box, ring, wrap.case_id)
    if boxes and not is_box(wrap.box):
        wrap.box = keys.box_for_ring(ring)
    return keys
