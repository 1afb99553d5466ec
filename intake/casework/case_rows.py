"""Finding a case's rows, and the keys of it that a reader's rings open."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.errors import UnknownCase
from intake.casework.reader import Reader
from intake.form.compartments import Compartment
from intake.store.tables import CaseKeysRow, CaseRow, DocumentRow
from intake.vault import CaseKeys, Key, NotForYou, Ring, Slot, is_box


def find(session: Session, ref: str) -> CaseRow:
    """The case with this reference or number; `UnknownCase` when there is none."""
    ref = ref.replace("\0", "")  # PostgreSQL takes no NUL
    row = session.scalar(select(CaseRow).where((CaseRow.ref == ref) | (CaseRow.number == ref)))
    if row is None:
        raise UnknownCase
    return row


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

    Without `boxes` they stay as they are, for whoever only reads.
    """
    held: dict[Slot, Key] = {}
    wraps = session.scalars(select(CaseKeysRow).where(CaseKeysRow.case_id == row.id))
    for wrap in wraps:
        if wrap.ring is not None and reader.holds(session, ring := Ring(wrap.ring)):
            held.update(_through_ring(reader, session, wrap, ring, boxes=boxes).keys)
    if Slot.STATE not in held:
        raise NotForYou(Slot.STATE)
    return CaseKeys(row.id, held)


def _through_ring(
    reader: Reader, session: Session, wrap: CaseKeysRow, ring_name: Ring, *, boxes: bool
) -> CaseKeys:
    ring = reader.ring_at(session, ring_name, wrap.generation)
    keys = CaseKeys.open_from_ring(wrap.box, ring, wrap.case_id)
    if boxes and not is_box(wrap.box):
        wrap.box = keys.box_for_ring(ring)
    return keys
