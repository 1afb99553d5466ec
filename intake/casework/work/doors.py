"""The ways into the work on a case: write a step, go to another stage, decide with another."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from intake.case.kinds import KINDS
from intake.case.stages import BY_CODE
from intake.casework import additions, ledger
from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import demand_opened
from intake.casework.correspondence import named
from intake.casework.errors import (
    AlreadyDecided,
    Conflict,
    NotAllowed,
    UnknownCase,
)
from intake.casework.reader import Reader
from intake.casework.work import proposals
from intake.casework.work.deeds import MOVE, STEP, Deed, asked_for, demand
from intake.casework.work.doing import Doers, do
from intake.casework.work.proposals import Decision, Kept
from intake.casework.work.step_documents import parted
from intake.form.answers import Answers
from intake.roles import Permission
from intake.store.tables import CaseRow, ProposalRow
from intake.vault import Slot


class Written(StrEnum):
    """What became of a deed."""

    DONE = "done"
    PROPOSED = "proposed"


def add_step(  # noqa: PLR0913 - all that one form brings
    reader: Reader,
    ref: str,
    what: str,
    answers: Answers,
    *,
    once: str,
    about: UUID | None = None,
    replaces: UUID | None = None,
    now: datetime,
) -> Written:
    """Write down a step of the kind `what`, or propose it where two must decide.

    Raises `NotAllowed` for what nobody writes by hand and before the case was opened,
    `Lacking`, `GateClosed`, `NotYet`, and `Conflict` where what it follows or replaces stands
    no longer. The same form sent again changes nothing.
    """
    reader.demand(Permission.WRITE_STEPS)
    if what not in KINDS:
        raise NotAllowed
    deed = asked_for(Deed(STEP, what, answers, about, replaces))
    with opened(reader, ref, "step_added", now=now) as file:
        demand_opened(file)
        return _write(file, deed, named(once, file.row.id, deed.words))


def move(  # noqa: PLR0913 - all that one form brings
    reader: Reader,
    ref: str,
    way: str,
    answers: Answers,
    *,
    version: int | None,
    once: str,
    now: datetime,
) -> Written:
    """Take the case along `way`, or propose it where two must decide.

    Without `version` what changed meanwhile does not matter, as long as nothing is missing.
    Raises `NotYet`, `Conflict`. The same form sent again changes nothing.
    """
    reader.demand(Permission.MOVE_CASE)
    if way not in BY_CODE or way == "received_to_screening":  # that is opening it
        raise NotAllowed
    deed = asked_for(Deed(MOVE, way, answers))
    with opened(reader, ref, "moved", now=now) as file:
        demand_opened(file)
        return _write(file, deed, named(once, file.row.id, deed.words), version=version)


def decide(
    reader: Reader, id_: UUID, *, agrees: bool, words: str, version: int, now: datetime
) -> None:
    """Agree to what somebody else proposed, so that it is done, or refuse it.

    It is checked again as if it were done now. Raises `NotAllowed` for who proposed it and for
    who may not read its words, `AlreadyDecided`, `Conflict` where the case changed since the
    page was shown, and what `add_step` and `move` raise. Deciding again in the same way changes
    nothing.
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
        _demand_version(file, version)
        additions.merge(file)
        decision = Decision(reader.member, now, agrees, words)
        if agrees:
            _agree(file, row, kept)
        else:
            file.told |= {"what": kept.deed.code, "proposed_by": kept.by.hex}
        if file.act != "erased":
            proposals.decide(row, file.keys, replace(kept, decided=decision))
    _keep_ledger(reader, is_erased=file.act == "erased")


def withdraw_proposal(reader: Reader, id_: UUID, *, now: datetime) -> None:
    """Take back what the reader proposed; `AlreadyDecided` where somebody decided it."""
    reader.demand(Permission.WRITE_STEPS)
    with opened(reader, _ref_of(reader, id_), "proposal_withdrawn", now=now) as file:
        row, kept = _proposal(file, id_)
        if kept.by != reader.member:
            raise NotAllowed
        if kept.decided is not None:
            _demand_same(file, kept, agrees=None)
            return
        file.told["what"] = kept.deed.code
        decision = Decision(reader.member, now, None)
        proposals.decide(row, file.keys, replace(kept, decided=decision))


def _write(file: CaseFile, deed: Deed, id_: UUID, *, version: int | None = None) -> Written:
    if file.has(id_):
        file.act = None
        return Written.DONE
    if file.session.get(ProposalRow, id_) is not None:
        file.act = None
        return Written.PROPOSED
    if version is not None:
        _demand_version(file, version)
    # What the reporter wishes counts at once, before anybody reads her words.
    additions.merge(file)
    demand(file, deed)
    if deed.people == 1:
        do(file, deed, Doers(file.reader.member), id_=id_)
        return Written.DONE
    file.act = "proposed"
    file.told["what"] = deed.code
    hides = _hides(file, deed)
    kept = Kept(deed, file.reader.member, file.now, hides=hides)
    proposals.put(file.session, file.keys, kept, id_=id_)
    return Written.PROPOSED


def _hides(file: CaseFile, deed: Deed) -> bool:
    """Whether what the step would tell is for trained handlers alone."""
    hides_words = file.facts.needs_trained_reader
    is_trained = Slot.INTIMATE in file.keys
    return is_trained and bool(parted(deed.answers, hides_words=hides_words).intimate)


def _agree(file: CaseFile, row: ProposalRow, kept: Kept) -> None:
    if file.has(row.id):  # it was done already, whatever its row says by now
        raise AlreadyDecided
    demand(file, kept.deed)
    do(file, kept.deed, Doers(kept.by, file.reader.member), id_=row.id)


def _demand_version(file: CaseFile, version: int) -> None:
    if file.row.version != version:
        raise Conflict


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
