"""Handing a case over: offered with a note, then accepted or declined; released; assigned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intake.casework import account_notices
from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import Taken
from intake.casework.directory.choosing import Choosing, choosing, demand_fitting
from intake.casework.directory.load import open_cases
from intake.casework.errors import CaseworkError, Conflict
from intake.casework.leaving import CannotHold
from intake.casework.notes import keep_note, named
from intake.casework.reader import Reader
from intake.casework.team import hand_overs
from intake.casework.team.colleagues import Colleague, may_open, who_may_open
from intake.casework.team.hand_overs import HandOver, OfferShown, shown
from intake.roles import Permission
from intake.store import members


class NotTheHolder(CaseworkError):  # noqa: N818 - reads as what is the matter
    """Only who holds a case may offer it or give it back."""


class OfferedAlready(CaseworkError):  # noqa: N818
    """The case waits for the answer of a colleague."""


class OfferEnded(CaseworkError):  # noqa: N818
    """The offer was taken back, or somebody else holds the case by now."""


@dataclass(frozen=True)
class Holding:
    """Who holds a case, to whom it is offered, and who else could hold it."""

    offer: OfferShown | None
    colleagues: tuple[Colleague, ...]
    choosing: Choosing
    differences: tuple[str, ...]


def holding(reader: Reader, ref: str, *, now: datetime) -> Holding:
    """Who could hold the case; reading the note of an offer is a line in the log."""
    reader.demand(Permission.HAND_OVER)
    loads = open_cases(reader, now=now)
    with opened(reader, ref, "read_hand_over", now=now) as file:
        found = hand_overs.waiting(file.session, file.row, file.keys)
        if found is None or reader.member not in {found.by, found.to}:
            file.act = None
        others = tuple(one for one in who_may_open(file) if one.id != reader.member)
        handles = members.handles(file.session)
        told = shown(reader, found, handles) if found else None
        fitting = choosing(file, [one.id for one in others], loads)
        return Holding(told, others, fitting, file.differences)


def offer(  # noqa: PLR0913 - all that one form brings
    reader: Reader,
    ref: str,
    to: UUID,
    note: str,
    *,
    once: str,
    version: int,
    agreed: bool = False,
    now: datetime,
) -> None:
    """Offer a case that the reader holds to a colleague; she keeps it until that one accepts.

    `agreed`: the person was asked and takes somebody who does not fit the wish. Raises
    `NotTheHolder`, `OfferedAlready`, `CannotHold`, `Conflict`, `NotAsWished`.
    """
    reader.demand(Permission.HAND_OVER)
    detail = {"member": to.hex}
    with opened(reader, ref, "hand_over_offered", detail=detail, now=now) as file:
        id_ = named(once, file.row.id, f"{to.hex}{note}")
        if hand_overs.is_kept(file.session, id_):
            file.act = None
            return
        _demand_free(file, to, version)
        demand_fitting(file, to, agreed=agreed)
        hand_overs.put(file.session, file.keys, HandOver(id_, reader.member, to, now, note))
        _note(file, note, once=once, occasion="handed_over", to=to)
        _tell(file, to, "hand_over_offered")


def _demand_free(file: CaseFile, to: UUID, version: int) -> None:
    if file.row.holder != file.reader.member:
        raise NotTheHolder
    if file.row.version != version:
        raise Conflict
    if hand_overs.waiting(file.session, file.row, file.keys):
        raise OfferedAlready
    if to == file.reader.member or not may_open(file, to):
        raise CannotHold


def answer(
    reader: Reader, ref: str, words: str, *, accepts: bool, once: str, now: datetime
) -> None:
    """Accept what was offered and hold the case, or decline it; whoever offered is told.

    Raises `OfferEnded` when it was taken back meanwhile.
    """
    reader.demand(Permission.HAND_OVER)
    kind = "hand_over_accepted" if accepts else "hand_over_declined"
    with opened(reader, ref, kind, now=now) as file:
        found = hand_overs.waiting(file.session, file.row, file.keys)
        if found is None or found.to != reader.member:
            _demand_repeated(file, words, once, accepts=accepts)
            return
        hand_overs.close(file.session, file.keys, by=reader.member)
        if accepts:
            file.row.holder, file.is_changed = reader.member, True
        _note(file, words, once=once, occasion=kind, to=found.by)
        _tell(file, found.by, kind)


def _demand_repeated(file: CaseFile, words: str, once: str, *, accepts: bool) -> None:
    """The same answer sent again is none; any other comes too late."""
    if _is_new(file, words, once):
        raise OfferEnded
    is_hers = file.row.holder == file.reader.member
    case, member = file.row.id, file.reader.member
    if is_hers != accepts or not hand_overs.was_answered(file.session, case, member):
        raise OfferEnded
    file.act = None


def withdraw(reader: Reader, ref: str, *, now: datetime) -> None:
    """Take back what the reader offered; nothing where it was answered."""
    reader.demand(Permission.HAND_OVER)
    with opened(reader, ref, "hand_over_withdrawn", now=now) as file:
        found = hand_overs.waiting(file.session, file.row, file.keys)
        if found is None or found.by != reader.member:
            file.act = None
            return
        hand_overs.close(file.session, file.keys, by=reader.member)


def release(
    reader: Reader,
    ref: str,
    note: str = "",
    *,
    once: str = "",
    version: int | None = None,
    now: datetime,
) -> None:
    """Give a case that the reader holds back to the queue.

    Without `version` what changed meanwhile does not matter. Raises `NotTheHolder`, `Conflict`.
    """
    reader.demand(Permission.HAND_OVER)
    with opened(reader, ref, "released", now=now) as file:
        if file.row.holder is None and not _is_new(file, note, once):
            file.act = None
            return
        if file.row.holder != reader.member:
            raise NotTheHolder
        if version is not None and file.row.version != version:
            raise Conflict
        _give(file, None)
        _note(file, note, once=once, occasion="released")


def assign(  # noqa: PLR0913 - all that one form brings
    reader: Reader,
    ref: str,
    to: UUID,
    note: str = "",
    *,
    once: str = "",
    version: int | None = None,
    agreed: bool = False,
    now: datetime,
) -> Taken:
    """Give a case to a colleague at once, when nobody or the reader holds it; who holds it now.

    Without `version` what changed meanwhile does not matter: nobody loses the case by it.
    `agreed` as in `offer`; who takes it herself is not asked. Raises `CannotHold`, `Conflict`,
    `NotAsWished`.
    """
    reader.demand(Permission.HAND_OVER)
    detail = {"member": to.hex}
    with opened(reader, ref, "assigned", detail=detail, now=now) as file:
        holder = file.row.holder
        if holder is not None and (holder == to or holder != reader.member):
            if holder == to and _is_new(file, note, once):
                raise Conflict
            file.act = None
            return Taken(won=holder == to, holder=_handle(file, holder))
        if version is not None and file.row.version != version:
            raise Conflict
        if not may_open(file, to):
            raise CannotHold
        if to != reader.member:
            demand_fitting(file, to, agreed=agreed)
        _give(file, to)
        _note(file, note, once=once, occasion="assigned", to=to)
        _tell(file, to, "assigned")
        return Taken(won=True, holder=_handle(file, to))


def _give(file: CaseFile, to: UUID | None) -> None:
    """Change who holds it; an offer that waited has ended."""
    hand_overs.close(file.session, file.keys, by=file.reader.member)
    file.row.holder, file.is_changed = to, True


def _note(
    file: CaseFile, words: str, *, once: str, occasion: str, to: UUID | None = None
) -> None:
    if words.strip():
        handle = _handle(file, to) if to else ""
        keep_note(file, words, once=once, occasion=occasion, to=handle)


def _is_new(file: CaseFile, words: str, once: str) -> bool:
    """Whether words came that stand nowhere yet: then nothing is only sent again."""
    return bool(words.strip()) and not file.has(named(once, file.row.id, words))


def _handle(file: CaseFile, member: UUID) -> str:
    return members.handles(file.session).get(member, "?")


def _tell(file: CaseFile, member: UUID, kind: str) -> None:
    if member == file.reader.member:
        return
    about = {"handle": file.reader.handle, "ref": file.row.ref}
    service = file.reader.service
    account_notices.tell(file.session, service, [member], kind, about=about, now=file.now)
