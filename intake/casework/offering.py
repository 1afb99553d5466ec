"""Offering parts of a case to a specialist, while the reporter allows it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from intake import consent
from intake.casework import additions, offers, rekeying
from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import demand_opened
from intake.casework.directory import choosing
from intake.casework.errors import CaseworkError
from intake.casework.facts_box import KeptFacts
from intake.casework.grant_records import GrantRecord, write_grant
from intake.casework.grant_wraps import PARTS, demand_parts, plain, specialist, tell, wrap_for
from intake.casework.offers import Offer
from intake.casework.reader import Reader
from intake.casework.work.situations import asked
from intake.roles import Permission
from intake.vault import Slot

ACT: Final = "refer"
"""The act of the gate by which a specialist is told."""
ERASURE, WITHDRAWAL = "erasure_asked", "withdrawal_asked"


@dataclass
class NotConsented(CaseworkError):  # noqa: N818 - reads as what is the matter
    """Specialists may not be told now: what was asked, or codes of the vocabulary `gate`."""

    missing: tuple[str, ...]


def demand_consent(file: CaseFile) -> None:
    """`NotConsented` unless specialists may be told at this moment."""
    additions.merge(file)  # what the reporter took back counts before anybody reads it
    if missing := missing_consent(file, file.kept):
        raise NotConsented(missing)


def missing_now(file: CaseFile) -> tuple[str, ...]:
    """Why nothing may be offered now, with what the reporter sent since somebody looked."""
    kept = file.kept
    waiting = additions.waiting(file.reader, file.session, file.row.id, file.keys)
    for _id, content in waiting:
        kept = additions.counted(kept, content)
    return missing_consent(file, kept)


def missing_consent(file: CaseFile, kept: KeptFacts) -> tuple[str, ...]:
    """Why a case with these facts may be referred to nobody; nothing when it may."""
    if kept.facts.erasure_asked:
        return (ERASURE,)
    if kept.facts.withdrawal_asked:
        return (WITHDRAWAL,)
    return consent.missing(ACT, asked(kept, file.record, now=file.now), file.now)


def offer(  # noqa: PLR0913 - all that one form brings
    reader: Reader,
    ref: str,
    member: UUID,
    parts: Collection[Slot],
    note: str,
    *,
    agreed: bool = False,
    now: datetime,
) -> None:
    """Offer these parts to a specialist, with a note that she reads before she accepts.

    `agreed`: the person was asked and takes somebody who does not fit the wish. Raises
    `NotConsented`, `NoSpecialist`, `GivenAlready`, `NotAsWished`, and `NotAllowed` for parts
    that the reader cannot open herself.
    """
    reader.demand(Permission.GRANT)
    detail = {"member": member.hex, "parts": plain(parts)}
    with opened(reader, ref, "granted", detail=detail, now=now) as file:
        demand_opened(file)
        demand_consent(file)
        demand_parts(file, parts)
        entry = specialist(file, member)
        wrap = wrap_for(file, member)
        choosing.demand_fitting(file, member, agreed=agreed)
        rekeying.seal(file, wrap, entry, frozenset({*parts, Slot.STATE}))
        record = GrantRecord(
            number=0,  # it gets its own where it is written
            act="offered",
            member=member,
            parts=frozenset(parts),
            by=reader.member,
            at=now,
            revision=wrap.generation,
            offer=wrap.id,
            note=note,
            beyond_wish=choosing.AGREED in file.told,
        )
        told = told_of(file, wrap.id, record, reader.handle)
        offers.put(file.session, told, entry, reader.member)
        write_grant(file, "offered", record)
        tell(file, member, "granted")


def told_of(file: CaseFile, id_: UUID, record: GrantRecord, by: str) -> Offer:
    """What the specialist is told of a grant; `by` is the handle of who gives it."""
    facts = file.facts
    return Offer(
        id=id_,
        case=file.row.id,
        by=by,
        at=record.at,
        parts=tuple(part for part in PARTS if part in record.parts),
        note=record.note,
        language=facts.language,
        route=facts.route,
        is_about_child=facts.is_minor,
        answer_key=record.answer_key,
    )
