"""Giving less of a case, taking it back, and giving it again to a member with new keys.

What she may open is decided by her wrap alone; the records say who gave it and why.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import log, offering, offers, rekeying
from intake.casework.case_file import CaseFile, opened
from intake.casework.case_rows import is_open_to
from intake.casework.errors import NotAllowed, UnknownCase
from intake.casework.grant_records import KIND, GrantRecord, Records, records, write_grant
from intake.casework.grant_wraps import (
    demand_parts,
    empty,
    plain,
    specialist,
    tell,
    wrap_for,
    wrap_of,
)
from intake.casework.reader import Reader
from intake.casework.roster import Entry
from intake.roles import Permission
from intake.store import members
from intake.store.tables import CaseKeysRow, CaseRow, DocumentRow, ProposalRow
from intake.vault import Slot


@dataclass(frozen=True)
class Held:
    """A case of which a member has something, by what stands plain."""

    ref: str
    number: str | None
    stage: str


def narrow(
    reader: Reader, ref: str, member: UUID, parts: Collection[Slot], *, now: datetime
) -> None:
    """Leave the specialist only `parts`: of the rest she opens nothing that is new.

    Raises `UnknownCase` where she has nothing, `NotAllowed` for none or other parts.
    """
    reader.demand(Permission.GRANT)
    detail = {"member": member.hex, "parts": plain(parts)}
    with opened(reader, ref, "grant_narrowed", detail=detail, now=now) as file:
        wrap, record = _given(file, member)
        demand_parts(file, parts)
        if not set(parts) < record.parts:
            raise NotAllowed
        entry = specialist(file, member)
        rekeying.seal(file, wrap, entry, frozenset({*parts, Slot.STATE}))
        wrap.is_taken_back = True
        left = replace(record, parts=frozenset(parts), revision=wrap.generation)
        write_grant(file, "narrowed", left)
        rekeying.replace_if_able(file)


def take_back(reader: Reader, ref: str, member: UUID, *, now: datetime) -> None:
    """Take back everything that a specialist was given or offered, at once."""
    reader.demand(Permission.GRANT)
    detail = {"member": member.hex}
    with opened(reader, ref, "grant_taken_back", detail=detail, now=now) as file:
        wrap, record = _given(file, member)
        empty(wrap)
        write_grant(file, "taken_back", record)
        rekeying.replace_if_able(file)
        tell(file, member, "grant_taken_back")


def _given(file: CaseFile, member: UUID) -> tuple[CaseKeysRow, GrantRecord]:
    wrap = wrap_of(file.session, file.row.id, member)
    record = records(file).grants.get(member)
    if wrap is None or not wrap.box or record is None or not record.is_given:
        raise UnknownCase
    return wrap, record


def take_back_all(session: Session, reader: Reader, member: UUID, now: datetime) -> int:
    """Empty every wrap of a member who is taken out, whoever does it; how many it were.

    The records of the cases follow when somebody with keys replaces these.
    """
    return _empty_all(session, reader, _live(session, member), now)


def take_back_given(session: Session, reader: Reader, member: UUID, now: datetime) -> int:
    """Empty what was given to a member who is no specialist any more."""
    return _empty_all(session, reader, _given_or_kept(session, member)[0], now)


def take_back_kept(session: Session, reader: Reader, member: UUID, now: datetime) -> int:
    """Empty her wraps of cases that are kept for her, who is no coordinator any more."""
    return _empty_all(session, reader, _given_or_kept(session, member)[1], now)


def narrow_kept(session: Session, member: UUID) -> None:
    """Let new keys come for the cases kept for her: of these she opens what her roles allow."""
    for wrap in _given_or_kept(session, member)[1]:
        wrap.is_taken_back = True


def _given_or_kept(
    session: Session, member: UUID
) -> tuple[list[CaseKeysRow], list[CaseKeysRow]]:
    """Her wraps that came with an offer, and those of cases that are kept for her."""
    given: list[CaseKeysRow] = []
    kept: list[CaseKeysRow] = []
    for wrap in _live(session, member):
        (given if session.get(ProposalRow, wrap.id) else kept).append(wrap)
    return given, kept


def _empty_all(
    session: Session, reader: Reader, wraps: Collection[CaseKeysRow], now: datetime
) -> int:
    for wrap in wraps:
        empty(wrap)
        case = session.get_one(CaseRow, wrap.case_id)
        detail = {"member": wrap.member_id.hex if wrap.member_id else None}
        service, by = reader.service, reader.member
        log.append(
            session, service, "grant_taken_back", by=by, case=case, detail=detail, now=now
        )
    return len(wraps)


def of_member(session: Session, reader: Reader, member: UUID) -> tuple[Held, ...]:
    """The cases that single wraps open for a member, by reference; none kept from `reader`."""
    cases = [session.get_one(CaseRow, wrap.case_id) for wrap in _live(session, member)]
    hers = (case for case in cases if is_open_to(reader, session, case))
    held = [Held(case.ref, case.number, case.stage) for case in hers]
    return tuple(sorted(held, key=lambda case: case.ref))


def _live(session: Session, member: UUID) -> list[CaseKeysRow]:
    found = session.scalars(select(CaseKeysRow).where(CaseKeysRow.member_id == member))
    return [wrap for wrap in found if wrap.box]


def give_again(reader: Reader, member: UUID, now: datetime) -> int:
    """Seal to a member's new key what the records say she has; how many cases it were.

    As far as the keys of `reader` go; what only others hold waits for one of them.
    """
    reader.demand(Permission.GRANT)
    with reader.service.reading() as session:
        refs = _refs_with_records(session)
    return sum(_gave_again(reader, ref, member, now) for ref in refs)


def _refs_with_records(session: Session) -> tuple[str, ...]:
    cases = select(DocumentRow.case_id).where(DocumentRow.kind == KIND).distinct()
    return tuple(session.scalars(select(CaseRow.ref).where(CaseRow.id.in_(cases))))


def _gave_again(reader: Reader, ref: str, member: UUID, now: datetime) -> bool:
    detail = {"member": member.hex}
    try:
        with opened(reader, ref, "given_again", detail=detail, now=now) as file:
            is_given = _sealed_again(file, member)
            file.act = "given_again" if is_given else None
            return is_given
    except UnknownCase:  # kept for others
        return False


def _sealed_again(file: CaseFile, member: UUID) -> bool:
    entry, known = rekeying.directory(file).get(member), records(file)
    wrap = wrap_of(file.session, file.row.id, member)
    if entry is None or (wrap is not None and not wrap.box):
        return False
    slots = rekeying.slots_for(entry, known)
    if not _is_known(known, member) or not _can_give(file, slots, known.grants.get(member)):
        return False
    wrap = wrap or wrap_for(file, member)
    rekeying.seal(file, wrap, entry, slots)
    if (record := known.grants.get(member)) and record.is_given:
        _tell_again(file, wrap, record, entry)
    return True


def _can_give(file: CaseFile, slots: Collection[Slot], record: GrantRecord | None) -> bool:
    """Only all that she had: less would take from her what perhaps nobody else holds.

    Who is no trained handler never learns whether the part on sexual violence goes with the
    account of a grant (E11).
    """
    hidden = {Slot.INTIMATE} if record and Slot.ACCOUNT in slots else set()
    return bool(slots) and {*slots, *hidden} <= file.keys.keys.keys()


def _is_known(known: Records, member: UUID) -> bool:
    kept = known.restriction
    return member in known.grants or (kept is not None and member in kept.named)


def _tell_again(file: CaseFile, wrap: CaseKeysRow, record: GrantRecord, entry: Entry) -> None:
    """Seal to her new key what she was told with the offer, too."""
    answer = offers.answer_to(file.session, file.row.id, record.answer_key)
    told = offering.told_of(
        file, wrap.id, record, members.handles(file.session).get(record.by, "?")
    )
    offers.put(file.session, told, entry, record.by)
    if answer is not None and answer.accepted:
        offers.accept(file.session, told.id, entry.member)
