"""A case kept for named colleagues, because somebody else has a conflict of interest.

The rings' wraps then hold no key, and look as they did; the named hold a wrap each, and the
recovery sheets bring back what they lose.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from intake.casework import account_notices, rekeying
from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import demand_opened
from intake.casework.errors import CaseworkError, NotAllowed, UnknownCase
from intake.casework.grant_records import (
    KIND,
    records,
    write_grant,
    write_lifting,
    write_restriction,
)
from intake.casework.grant_wraps import NOTHING, wrap_of
from intake.casework.proof import Proof
from intake.casework.reader import Reader
from intake.casework.roster import Entry
from intake.casework.sheets import recovery_key
from intake.casework.team import hand_overs
from intake.form.compartments import Compartment
from intake.roles import Permission, Role
from intake.store.tables import CaseKeysRow, DocumentRow
from intake.vault import CaseKeys, PublicKey, Ring, Seed, Slot, UnsealError, is_box

_INTIMATE: Final = frozenset({Slot.ACCOUNT, Slot.INTIMATE, Slot.STATE})


class NeedsEveryKey(CaseworkError):  # noqa: N818 - reads as what is the matter
    """It takes a trained handler: only she holds every key that is to be replaced."""


class NoneNamed(CaseworkError):  # noqa: N818
    """Nobody would be left who holds every key: a trained handler must be among the named."""


def restrict(  # noqa: PLR0913 - all that one form brings
    reader: Reader,
    ref: str,
    named: Collection[UUID],
    reason: str,
    proof: Proof,
    *,
    conflicted: UUID | None = None,
    now: datetime,
) -> None:
    """Keep the case for `named` coordinators; every other one loses it at once.

    Specialists keep what they were given, unless it is she who is `conflicted`.
    Raises `NeedsEveryKey`, `NoneNamed`, `sheets.NoSheets` before there are sheets, and
    `NotAllowed` for a name that is no coordinator's.
    """
    _demand(reader, proof)
    recovery = recovery_key(reader.service)
    detail = {"named": sorted(member.hex for member in named)}
    with opened(reader, ref, "restricted", detail=detail, now=now) as file:
        demand_opened(file)
        _demand_every_key(file)
        entries = _named(file, named)
        _end_grants(file, {*named, conflicted})
        _keep_for(file, entries, reason)
        seal_for_recovery(file, recovery)
        rekeying.replace(file)
        if file.row.holder not in entries:
            hand_overs.close(file.session, file.keys, by=reader.member)
            file.row.holder = None
        _tell(file, entries)


def _demand(reader: Reader, proof: Proof) -> None:
    reader.demand(Permission.GRANT)
    if proof.member != reader.member:
        raise NotAllowed


def _demand_every_key(file: CaseFile) -> None:
    if not set(Slot) <= file.keys.keys.keys():
        raise NeedsEveryKey


def _named(file: CaseFile, named: Collection[UUID]) -> Mapping[UUID, Entry]:
    directory = rekeying.directory(file)
    entries = {id_: directory[id_] for id_ in named if id_ in directory}
    if len(entries) != len(set(named)):
        raise NotAllowed
    if not all(Role.COORDINATOR in entry.roles for entry in entries.values()):
        raise NotAllowed
    if not any(Role.HANDLER in entry.roles for entry in entries.values()):
        raise NoneNamed
    return entries


def _end_grants(file: CaseFile, members: Container[UUID | None]) -> None:
    """What they have as specialists: from the named, taking it back would take the case too."""
    for member, record in records(file).grants.items():
        if member in members and record.is_given:
            write_grant(file, "taken_back", record)


def _keep_for(file: CaseFile, entries: Mapping[UUID, Entry], reason: str) -> None:
    """Record it, take the rings' keys away, and give each of the named a wrap."""
    before = records(file)
    slots = before.restriction.case_slots if before.restriction else _case_slots(file)
    write_restriction(file, entries, slots, reason)
    file.keep(replace(file.kept, restricted_to=tuple(sorted(id_.hex for id_ in entries))))
    for wrap, _slots in rekeying.ring_wraps(file):
        rekeying.wrap_for_ring(file, wrap, CaseKeys(file.row.id, {}))
    for wrap in rekeying.member_wraps(file):
        if wrap.member_id not in before.grants:
            file.session.delete(wrap)
    file.session.flush()
    known = records(file)
    for entry in entries.values():
        rekeying.seal(file, _wrap(file, entry.member), entry, rekeying.slots_for(entry, known))
    file.session.flush()


def _case_slots(file: CaseFile) -> frozenset[Slot]:
    """What the ring `case` opens now: `account` may be for trained handlers alone."""
    wraps = rekeying.ring_wraps(file)
    return next(slots for wrap, slots in wraps if wrap.ring == Ring.CASE)


def _wrap(file: CaseFile, member: UUID) -> CaseKeysRow:
    """A row of her own, which opens whatever she answered to an offer that she had."""
    if before := wrap_of(file.session, file.row.id, member):
        file.session.delete(before)
        file.session.flush()
    last = before.generation if before else 0
    wrap = CaseKeysRow(uuid4(), file.row.id, last, NOTHING, member_id=member)
    file.session.add(wrap)
    return wrap


def seal_for_recovery(file: CaseFile, recovery: PublicKey) -> None:
    """One seal of every key for the sheets; replacing the keys seals it anew."""
    if _for_recovery(file.session, file.row.id) is not None:
        return
    id_ = uuid4()
    file.session.add(
        DocumentRow(
            id=id_,
            revision=1,
            case_id=file.row.id,
            compartment=Compartment.WORK,
            kind=KIND,
            box=file.keys.seal_for_recovery(recovery, id_),
        )
    )


def _for_recovery(session: Session, case: UUID) -> DocumentRow | None:
    return next(iter(_all_for_recovery(session, DocumentRow.case_id == case)), None)


def _all_for_recovery(session: Session, *where: ColumnElement[bool]) -> list[DocumentRow]:
    found = session.scalars(select(DocumentRow).where(DocumentRow.kind == KIND, *where))
    return [row for row in found if not is_box(row.box)]


def seal_for_other_sheets(session: Session) -> None:
    """Have the next session of a named handler seal each kept case for the new sheets.

    Whoever puts these in force may be none of the named.
    """
    is_single = CaseKeysRow.member_id.is_not(None)
    some = DocumentRow.case_id.in_(select(CaseKeysRow.case_id).where(is_single))
    kept = [row.case_id for row in _all_for_recovery(session, some)]
    of_named = update(CaseKeysRow).where(CaseKeysRow.case_id.in_(kept), is_single)
    # To replace the keys seals them anew, for everybody who has them.
    session.execute(of_named.values(is_taken_back=True))


def lift(reader: Reader, ref: str, proof: Proof, *, now: datetime) -> None:
    """Give the case back to every coordinator; a named trained handler can.

    Raises `NeedsEveryKey`, and `UnknownCase` when it is kept for nobody.
    """
    _demand(reader, proof)
    with opened(reader, ref, "restriction_lifted", now=now) as file:
        _demand_every_key(file)
        if (kept := records(file).restriction) is None:
            raise UnknownCase
        write_lifting(file)
        file.keep(replace(file.kept, restricted_to=()))
        slots = {Ring.CASE: kept.case_slots, Ring.INTIMATE: _INTIMATE}
        for wrap, _nothing in rekeying.ring_wraps(file):
            keys = file.keys.only(slots[Ring(wrap.ring or "")])
            rekeying.wrap_for_ring(file, wrap, keys)
        if row := _for_recovery(file.session, file.row.id):
            file.session.delete(row)
        # It also takes away the wraps of those who were named.
        rekeying.replace(file)


def _tell(file: CaseFile, entries: Iterable[UUID]) -> None:
    about = {"handle": file.reader.handle, "ref": file.row.ref}
    service = file.reader.service
    account_notices.tell(
        file.session, service, entries, "restricted", about=about, now=file.now
    )


def bring_back(session: Session, recovery: Seed, entry: Entry) -> int:
    """Give a recovered coordinator every kept case, out of the sheets; how many it were.

    For whoever recovers an installation, in its transaction; lifting and naming others follow
    in her own session.
    """
    kept = _all_for_recovery(session)
    return sum(_brought_back(session, recovery, entry, row) for row in kept)


def _brought_back(session: Session, recovery: Seed, entry: Entry, row: DocumentRow) -> bool:
    try:
        keys = CaseKeys.open_for_recovery(
            row.box, recovery.identity, case=row.case_id, id=row.id
        )
    except UnsealError:
        return False
    wrap = CaseKeysRow(uuid4(), row.case_id, 1, NOTHING, member_id=entry.member)
    wrap.box = keys.seal_for_member(entry.key, entry.member, wrap.generation)
    session.add(wrap)
    return True
