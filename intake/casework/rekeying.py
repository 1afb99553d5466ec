"""Fresh keys for a case of which somebody lost a grant: what she kept opens nothing new.

Every key but that of the conversation is replaced, and the documents are boxed anew. The key
`mail` cannot be: the return code holds it, and nobody here has the code.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.casework import roster
from intake.casework.case_documents import boxed_anew
from intake.casework.case_file import CaseFile, opened
from intake.casework.errors import UnknownCase
from intake.casework.grant_records import KIND, GrantRecord, Records, records, write_grant
from intake.casework.reader import Reader
from intake.casework.roster import Entry
from intake.casework.splitting import link_boxes
from intake.casework.work import proposal_boxes
from intake.form.compartments import Compartment
from intake.roles import Permission, Role
from intake.store import proposals
from intake.store.tables import CaseKeysRow, CaseRow, DocumentRow
from intake.vault import CaseKeys, Key, Ring, Slot, is_box

_ELSEWHERE = (Compartment.FACTS, Compartment.MAIL)
"""What lies under a ring or under the key of the conversation."""


def go_on(reader: Reader, *, now: datetime, at_most: int = 50) -> int:
    """Replace the keys of cases that wait for it, as far as her keys go; how many it were.

    Cheap when nothing waits, and for who is no trained handler: one query or none.
    """
    if not reader.may(Permission.OPEN_CASE) or not reader.is_trained:
        return 0
    with reader.service.reading() as session:
        waiting = due(session, at_most=at_most)
    return sum(_replaced(reader, ref, now) for ref in waiting)


def due(session: Session, *, at_most: int) -> tuple[str, ...]:
    """References of cases whose keys somebody still knows who may not open them."""
    waiting = select(CaseKeysRow.case_id).where(CaseKeysRow.is_taken_back).distinct()
    # In no order, so that those that wait for somebody else keep nobody from the others.
    refs = select(CaseRow.ref).where(CaseRow.id.in_(waiting)).order_by(func.random())
    refs = refs.limit(at_most)
    return tuple(session.scalars(refs))


def _replaced(reader: Reader, ref: str, now: datetime) -> bool:
    try:
        with opened(reader, ref, "rekeyed", now=now) as file:
            return replace_if_able(file)
    except UnknownCase:  # kept for others, who will go on with it
        return False


def replace_if_able(file: CaseFile) -> bool:
    """Replace the keys when this reader holds every one; else it waits for who does."""
    if not set(Slot) <= file.keys.keys.keys():
        file.act = None if file.act == "rekeyed" else file.act
        return False
    replace(file)
    return True


def replace(file: CaseFile) -> None:
    """Replace every key but `mail` at once: documents, wraps, grants and the case's state."""
    file.session.flush()
    known = records(file)
    before, mail = file.keys, file.keys[Slot.MAIL]
    fresh = {slot: mail if slot is Slot.MAIL else Key.random() for slot in Slot}
    after = CaseKeys(file.row.id, fresh)
    for row in _documents(file):
        _box_anew(file, row, before, after)
    for proposal in proposals.of_case(file.session, before.case):
        proposal_boxes.box_anew(proposal, before, after)
    link_boxes.box_anew(file.session, before, after)
    rewrap_rings(file, after)
    file.keys = after
    entries = directory(file)
    for wrap in member_wraps(file):
        _seal_anew(file, wrap, entries.get(wrap.member_id or file.row.id), known)
    file.is_changed = True


def _documents(file: CaseFile) -> list[DocumentRow]:
    where = DocumentRow.case_id == file.row.id, DocumentRow.compartment.not_in(_ELSEWHERE)
    return list(file.session.scalars(select(DocumentRow).where(*where)))


def _box_anew(file: CaseFile, row: DocumentRow, before: CaseKeys, after: CaseKeys) -> None:
    recovery = file.reader.service.pins().recovery
    if row.kind == KIND and not is_box(row.box) and recovery is not None:
        row.box = after.seal_for_recovery(recovery, row.id)
    else:
        boxed_anew(row, before, after)


def ring_wraps(file: CaseFile) -> list[tuple[CaseKeysRow, frozenset[Slot]]]:
    """The wraps of the rings, each with what it opens."""
    found = []
    where = CaseKeysRow.case_id == file.row.id, CaseKeysRow.ring.is_not(None)
    for wrap in file.session.scalars(select(CaseKeysRow).where(*where)):
        key = file.reader.ring_at(file.session, Ring(wrap.ring or ""), wrap.generation)
        keys = CaseKeys.open_from_ring(wrap.box, key, file.row.id)
        found.append((wrap, frozenset(keys.keys)))
    return found


def rewrap_rings(file: CaseFile, keys: CaseKeys) -> None:
    """Wrap these keys for the rings, each as far as it opened the ones before."""
    for wrap, slots in ring_wraps(file):
        wrap_for_ring(file, wrap, keys.only(slots))


def wrap_for_ring(file: CaseFile, wrap: CaseKeysRow, keys: CaseKeys) -> None:
    """Wrap just these keys for the ring of `wrap`, in its newest generation."""
    ring = file.reader.ring(file.session, Ring(wrap.ring or ""))
    wrap.box, wrap.generation = keys.box_for_ring(ring), ring.generation


def member_wraps(file: CaseFile) -> list[CaseKeysRow]:
    """What stands for single members."""
    where = CaseKeysRow.case_id == file.row.id, CaseKeysRow.member_id.is_not(None)
    return list(file.session.scalars(select(CaseKeysRow).where(*where)))


def directory(file: CaseFile) -> dict[UUID, Entry]:
    """Everybody who is entered and still in, by id; looked up once while the case is open."""
    if file.entered is None:
        file.entered = entered(file.reader, file.session)
    return file.entered


def entered(reader: Reader, session: Session) -> dict[UUID, Entry]:
    """The same beside any case."""
    service = reader.service
    found = roster.read(session, service, reader.ring(session, roster.DIRECTORY))
    return {id_: entry for id_, entry in found.items() if roster.is_in(session, service, entry)}


def slots_for(entry: Entry, known: Records) -> frozenset[Slot]:
    """What this member may open by the records; nothing when they name her nowhere."""
    kept, record = known.restriction, known.grants.get(entry.member)
    # Who holds a wrap without any record was let in by the recovery sheets.
    if kept is not None and (entry.member in kept.named or record is None):
        return frozenset(Slot) if Role.HANDLER in entry.roles else kept.case_slots
    return record.parts | {Slot.STATE} if record and record.is_given else frozenset()


def _seal_anew(file: CaseFile, wrap: CaseKeysRow, entry: Entry | None, known: Records) -> None:
    slots = slots_for(entry, known) if entry and wrap.box else frozenset()
    if entry is None or not slots:
        _remove(file, wrap, known.grants.get(wrap.member_id or file.row.id))
        return
    seal(file, wrap, entry, slots)
    wrap.is_taken_back = False


def seal(file: CaseFile, wrap: CaseKeysRow, entry: Entry, slots: frozenset[Slot]) -> None:
    """Seal the keys of `slots` to the key that the member was entered with."""
    wrap.generation += 1
    wrap.box = file.keys.only(slots).seal_for_member(entry.key, entry.member, wrap.generation)


def _remove(file: CaseFile, wrap: CaseKeysRow, record: GrantRecord | None) -> None:
    """Forget a wrap that opens no more; it is recorded where nobody could before."""
    if record is not None and record.is_given:
        write_grant(file, "taken_back", record)
    file.session.delete(wrap)
