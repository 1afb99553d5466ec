"""Linking cases of the same event, and taking a link back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from intake.case.kinds import moving
from intake.case.stages import BY_CODE
from intake.casework.case_file import CaseFile, opened_in
from intake.casework.cases import demand_opened
from intake.casework.errors import CaseworkError, Conflict, NotYet, UnknownCase
from intake.casework.notes import named
from intake.casework.reader import Reader
from intake.casework.splitting import both, link_boxes, merging
from intake.casework.splitting.link_boxes import FIRST, GOES_ON, MERGED, SIMILAR, SPLIT, Link
from intake.casework.splitting.other_case import other_case
from intake.casework.work.deeds import MOVE, Deed, demand
from intake.casework.work.doing import Doers, do
from intake.casework.work.proposing import propose
from intake.form.answers import Answers
from intake.roles import Permission
from intake.store.tables import CaseRow, LinkRow

_CLOSING: Final = BY_CODE["screening_to_closed"]
_REOPENING: Final = BY_CODE["closed_to_screening"]


class NotThatCase(CaseworkError):  # noqa: N818 - reads as what is the matter
    """There is no such case for this reader, or it is the same one."""


@dataclass(frozen=True)
class TakenBack:
    """What became of a link of this kind that holds no longer.

    `still_open` is the case that is to be closed, or ""; `is_asked` where a second coordinator
    was asked for that.
    """

    kind: str
    still_open: str = ""
    is_asked: bool = False


class LinkedAlready(CaseworkError):  # noqa: N818
    """Both cases are linked in this way."""


def link_similar(  # noqa: PLR0913 - all that one form brings
    reader: Reader,
    ref: str,
    other: str,
    why: str,
    *,
    once: str,
    version: int,
    now: datetime,
) -> None:
    """Say that two cases tell of the same event; `other` is a reference or number.

    The same form sent again changes nothing. Raises `NotThatCase`, `LinkedAlready`,
    `NotOpened`, and `Conflict` when the case was changed meanwhile.
    """
    reader.demand(Permission.MOVE_CASE)
    with (
        reader.service.writing() as session,
        opened_in(session, reader, ref, "linked", now=now) as file,
    ):
        id_ = named(once, file.row.id, SIMILAR)
        if session.get(LinkRow, id_) is not None:
            file.act = None
            return
        demand_opened(file)
        if file.row.version != version:
            raise Conflict
        with opened_in(session, reader, _ref_of(file, other), "linked", now=now) as second:
            demand_opened(second)
            if _is_linked(file, second.row.id):
                raise LinkedAlready
            both.put(file, second, _similar(file, second, id_, why))


def _ref_of(file: CaseFile, typed: str) -> str:
    row = other_case(file.reader, file.session, typed, than=file.row.id)
    if row is None:
        raise NotThatCase
    return row.ref


def _is_linked(file: CaseFile, other: UUID) -> bool:
    links = link_boxes.of_case(file.session, file.keys)
    return any(one.stands and (one.other, one.kind) == (other, SIMILAR) for one in links)


def _similar(file: CaseFile, other: CaseFile, id_: UUID, why: str) -> Link:
    return Link(
        id=id_,
        case=file.row.id,
        other=other.row.id,
        kind=SIMILAR,
        twin=uuid4(),
        by=file.reader.member,
        at=file.now,
        why=why,
    )


def take_back(reader: Reader, ref: str, link: UUID, why: str, *, now: datetime) -> TakenBack:
    """Say that a link holds no longer.

    A case that was split off is proposed to be closed as a duplicate, while it is screened; one
    that was merged into another is opened again. Raises `UnknownCase` where there is no such
    link, or the other case is not hers. A link that was taken back stays so.
    """
    reader.demand(Permission.MOVE_CASE)
    with reader.service.writing() as session:
        with opened_in(session, reader, ref, "link_taken_back", now=now) as file:
            demand_opened(file)
            found = _of(file, link)
            if found.stands:
                merging.end(file, found, why)
            else:
                file.act = None
        other = session.get_one(CaseRow, found.other)
        with opened_in(session, reader, other.ref, "link_taken_back", now=now) as second:
            twin = _of(second, found.twin)
            if twin.stands:
                merging.end(second, twin, why)
            else:
                second.act = None
        if not found.stands:
            return TakenBack(found.kind)
        here, there = (file, second) if found.side in {FIRST, GOES_ON} else (second, file)
        if found.kind == MERGED:
            _open_again(session, there, why)
        if found.kind == SPLIT:
            return _to_be_closed(session, here.row, there, why)
        return TakenBack(found.kind)


def _open_again(session: Session, merged: CaseFile, why: str) -> None:
    """Screen the report that was merged, where nobody opened it again before."""
    deed = Deed(MOVE, _REOPENING.code, Answers().having(moving.NEWS, why))
    if merged.row.stage == _REOPENING.source:
        with opened_in(session, merged.reader, merged.row.ref, "moved", now=merged.now) as file:
            demand(file, deed)
            do(file, deed, Doers(file.reader.member), id_=uuid4())


def _of(file: CaseFile, id_: UUID) -> Link:
    links = link_boxes.of_case(file.session, file.keys)
    found = next((one for one in links if one.id == id_), None)
    if found is None:
        raise UnknownCase
    return found


def _to_be_closed(session: Session, first: CaseRow, split_off: CaseFile, why: str) -> TakenBack:
    """Ask a second coordinator to close what was split off, where its stage allows it."""
    ref, reader = split_off.row.ref, split_off.reader
    if split_off.row.stage == _REOPENING.source:
        return TakenBack(SPLIT)
    answers = Answers().having(moving.OUTCOME, moving.DUPLICATE)
    answers = answers.having(moving.SAME_AS, first.ref).having(moving.WHY, why)
    deed = Deed(MOVE, _CLOSING.code, answers)
    with opened_in(session, reader, ref, "proposed", now=split_off.now) as file:
        try:
            demand(file, deed)
        except NotYet:  # it stands elsewhere by now, or the first case goes on no longer
            file.act = None
            return TakenBack(SPLIT, still_open=ref)
        propose(file, deed, uuid4())
    return TakenBack(SPLIT, still_open=ref, is_asked=True)
