"""Deciding what somebody else proposed, and ending what waits in vain."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from intake.casework import additions, ledger
from intake.casework.case_file import CaseFile, opened
from intake.casework.errors import AlreadyDecided, Conflict, NotAllowed, UnknownCase
from intake.casework.reader import Reader
from intake.casework.work import proposal_notices, proposals
from intake.casework.work.deciding import chance_of
from intake.casework.work.deeds import demand
from intake.casework.work.doing import Doers, do
from intake.casework.work.doors import demand_version
from intake.casework.work.proposals import Decision, Kept
from intake.casework.work.proposing import propose
from intake.roles import Permission
from intake.store.tables import CaseRow, ProposalRow


def decide(
    reader: Reader, id_: UUID, *, agrees: bool, words: str, version: int, now: datetime
) -> None:
    """Agree to what somebody else proposed, so that it is done, or refuse it; that one is told.

    It is checked again as if it were done now. Raises `NotAllowed` for who proposed it and for
    who may not read its words, `AlreadyDecided`, `Conflict` where the case changed since the
    page was shown or who proposed it may decide no longer, and what `add_step` and `move`
    raise. Deciding again in the same way changes nothing.
    """
    reader.demand(Permission.DECIDE)
    act = "proposal_agreed" if agrees else "proposal_refused"
    with opened(reader, _ref_of(reader, id_), act, now=now) as file:
        row, kept = _proposal(file, id_)
        if kept.by == reader.member:
            raise NotAllowed
        if kept.decided is not None:
            _demand_same(file, kept, agrees=agrees)
            return
        if kept.unread is not None:  # nobody decides what she may not read
            raise NotAllowed
        demand_version(file, version)
        additions.merge(file)
        decision = Decision(reader.member, now, agrees, words)
        if agrees:
            _agree(file, row, kept)
        else:
            file.told |= {"what": kept.deed.code, "proposed_by": kept.by.hex}
        if file.act != "erased":
            proposals.decide(row, file.keys, replace(kept, decided=decision))
        proposal_notices.answer(file, kept, agrees=agrees)
    _keep_ledger(reader, is_erased=file.act == "erased")


def withdraw_proposal(reader: Reader, id_: UUID, *, now: datetime) -> None:
    """Take back what the reader proposed, or what waits in vain.

    Raises `NotAllowed`, `AlreadyDecided` where somebody decided it.
    """
    reader.demand(Permission.WRITE_STEPS)
    with opened(reader, _ref_of(reader, id_), "proposal_withdrawn", now=now) as file:
        row, kept = _proposal(file, id_)
        if kept.decided is not None:
            _demand_same(file, kept, agrees=None)
            return
        if kept.by != reader.member and not _may_end(file, kept):
            raise NotAllowed
        _end(file, row, kept)


def propose_anew(reader: Reader, id_: UUID, *, now: datetime) -> None:
    """Ask in the reader's own name for what waits in vain; the earlier proposal ends.

    Raises `NotAllowed` where who made it may still decide and for who may not read its words,
    `AlreadyDecided`, and what `add_step` and `move` raise.
    """
    reader.demand(Permission.DECIDE)
    with opened(reader, _ref_of(reader, id_), "proposed", now=now) as file:
        row, kept = _proposal(file, id_)
        if kept.decided is not None:
            _demand_same(file, kept, agrees=None)
            return
        if not _may_end(file, kept):
            raise NotAllowed
        additions.merge(file)
        demand(file, kept.deed)
        _end(file, row, kept)
        propose(file, kept.deed, uuid4())


def _agree(file: CaseFile, row: ProposalRow, kept: Kept) -> None:
    if file.has(row.id):  # it was done already, whatever its row says by now
        raise AlreadyDecided
    if chance_of(file, kept).has_ended:
        raise Conflict
    demand(file, kept.deed)
    do(file, kept.deed, Doers(kept.by, file.reader.member), id_=row.id)


def _may_end(file: CaseFile, kept: Kept) -> bool:
    """Whether it waits in vain, and the reader may read its words."""
    return chance_of(file, kept).has_ended and kept.unread is None


def _end(file: CaseFile, row: ProposalRow, kept: Kept) -> None:
    """Let it wait no longer, without a decision."""
    file.told["what"] = kept.deed.code
    decision = Decision(file.reader.member, file.now, None)
    proposals.decide(row, file.keys, replace(kept, decided=decision))


def _demand_same(file: CaseFile, kept: Kept, *, agrees: bool | None) -> None:
    """The same form sent again is quiet; anything else comes too late."""
    decided = kept.decided
    if decided is None or (decided.by, decided.agreed) != (file.reader.member, agrees):
        raise AlreadyDecided
    file.act = None


def _ref_of(reader: Reader, id_: UUID) -> str:
    """The reference of the case; an empty one, of which there is no case, where none is."""
    with reader.service.reading() as session:
        row = session.get(ProposalRow, id_)
        case = session.get(CaseRow, row.case_id) if row else None
        return case.ref if case else ""


def _proposal(file: CaseFile, id_: UUID) -> tuple[ProposalRow, Kept]:
    row = file.session.get(ProposalRow, id_)
    kept = proposals.opened(row, file.keys) if row else None
    if row is None or kept is None:
        raise UnknownCase
    return row, kept


def _keep_ledger(reader: Reader, *, is_erased: bool) -> None:
    """So that no restore brings it back; where the disk is full, the worker does it later."""
    if is_erased:
        with suppress(OSError):
            ledger.keep(reader.service, reader.service.settings.instance)
