"""What a specialist does: answers offers, reads what was given to her, writes notes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import account_notices, log, offers
from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import Report, sections_of
from intake.casework.errors import NotAllowed, UnknownCase
from intake.casework.grant_wraps import empty
from intake.casework.notes import Note, keep_note, notes_of
from intake.casework.offers import Answer, Offer
from intake.casework.reader import Reader
from intake.consent import Consent
from intake.roles import Permission
from intake.store.tables import CaseKeysRow, CaseRow, ProposalRow
from intake.triage import Facts
from intake.vault import Slot

_READ: Final = Permission.READ_GRANTED


@dataclass(frozen=True)
class GivenCase:
    """A case in a specialist's list, by what stands plain, with what she was told."""

    ref: str
    number: str | None
    stage: str
    offer: Offer


@dataclass(frozen=True)
class Given:
    """What was offered to her and waits for an answer, and what she has, the newest first."""

    offers: tuple[Offer, ...]
    cases: tuple[GivenCase, ...]


@dataclass(frozen=True)
class GivenReport:
    """The report as far as her keys go; `notes` is None where `work` was not given.

    Of the facts she knows what she was told with the offer, and nobody told her of consents.
    """

    case: GivenCase
    report: Report
    notes: tuple[Note, ...] | None
    facts: Facts
    given: tuple[Consent, ...] = field(default=())


def given(reader: Reader) -> Given:
    """Her offers and her cases; of an offer nothing of the case itself."""
    reader.demand(_READ)
    with reader.service.reading() as session:
        wraps = _wraps(session, reader)
        told = [pair for wrap in wraps for pair in _told(session, reader, wrap)]
        waiting = (offer for row, offer in told if row.decided_by is None)
        hers = (_case(session, it) for row, it in told if row.decided_by == reader.member)
        return Given(
            tuple(sorted(waiting, key=lambda offer: offer.at, reverse=True)),
            tuple(sorted(hers, key=lambda case: case.offer.at, reverse=True)),
        )


def _wraps(session: Session, reader: Reader) -> list[CaseKeysRow]:
    where = CaseKeysRow.member_id == reader.member
    return [wrap for wrap in session.scalars(select(CaseKeysRow).where(where)) if wrap.box]


def _told(
    session: Session, reader: Reader, wrap: CaseKeysRow
) -> list[tuple[ProposalRow, Offer]]:
    row = session.get(ProposalRow, wrap.id)
    offer = offers.opened_offer(reader, row) if row else None
    return [(row, offer)] if row and offer else []


def _case(session: Session, offer: Offer) -> GivenCase:
    row = session.get_one(CaseRow, offer.case)
    return GivenCase(row.ref, row.number, row.stage, offer)


def answer(reader: Reader, offer: UUID, note: str, *, accepted: bool, now: datetime) -> None:
    """Accept a case, or decline it with a word why; whoever offered it is told.

    Raises `UnknownCase` for an offer that is not hers, or that was answered or taken back.
    """
    reader.demand(_READ)
    with reader.service.writing() as session:
        wrap, row = session.get(CaseKeysRow, offer), session.get(ProposalRow, offer)
        told = _waiting(reader, wrap, row)
        if wrap is None or row is None or told is None:
            raise UnknownCase
        row.decided_by = reader.member
        offers.keep_answer(session, told, Answer(accepted, now, note), reader.member)
        if not accepted:
            empty(wrap)
        _answered(session, reader, row, accepted=accepted, now=now)


def _waiting(reader: Reader, wrap: CaseKeysRow | None, row: ProposalRow | None) -> Offer | None:
    if wrap is None or row is None or wrap.member_id != reader.member or not wrap.box:
        return None
    return offers.opened_offer(reader, row) if row.decided_by is None else None


def _answered(
    session: Session, reader: Reader, row: ProposalRow, *, accepted: bool, now: datetime
) -> None:
    case = session.get_one(CaseRow, row.case_id)
    kind = "offer_accepted" if accepted else "offer_declined"
    log.append(session, reader.service, kind, by=reader.member, case=case, now=now)
    about = {"handle": reader.handle, "ref": case.ref}
    account_notices.tell(session, reader.service, [row.by], kind, about=about, now=now)


def read_given(reader: Reader, ref: str, *, now: datetime) -> GivenReport:
    """The case as far as it was given to her; reading it is a line in the log.

    Raises `UnknownCase` for every other case, whether or not there is one.
    """
    with opened(reader, ref, "read_given", now=now, needs=_READ) as file:
        case = narrow_to_given(file)
        notes = notes_of(file) if Slot.WORK in case.offer.parts else None
        report = Report(sections_of(file), file.differences)
        return GivenReport(case, report, notes, case.offer.facts(file.row.hour))


def narrow_to_given(file: CaseFile) -> GivenCase:
    """Leave of her keys those that were given to her, whatever else she is; what she was told.

    Her keys may open less since. Raises `UnknownCase` where she has not accepted this case.
    """
    wraps = (wrap for wrap in _wraps(file.session, file.reader) if wrap.case_id == file.row.id)
    told = [pair for wrap in wraps for pair in _told(file.session, file.reader, wrap)]
    hers = [offer for row, offer in told if row.decided_by == file.reader.member]
    if not hers:
        raise UnknownCase
    offer, row = hers[0], file.row
    left = tuple(part for part in offer.parts if part in file.keys)
    file.keys = file.keys.only({*left, Slot.STATE})
    return GivenCase(row.ref, row.number, row.stage, replace(offer, parts=left))


def add_given_note(reader: Reader, ref: str, text: str, *, once: str, now: datetime) -> None:
    """Add a note for the coordinators; `NotAllowed` where `work` was not given to her."""
    with opened(reader, ref, "note_added", now=now, needs=_READ) as file:
        narrow_to_given(file)
        if Slot.WORK not in file.keys:
            raise NotAllowed
        keep_note(file, text, once=once)
