"""Views of one's own: a name for what somebody often asks of the queue, kept or shared.

Names are sealed, as words are; what is asked is the query of the queue's address.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from intake.casework import log
from intake.casework.codec import instant, moment
from intake.casework.errors import CaseworkError, UnknownCase
from intake.casework.reader import Reader
from intake.casework.team import papers
from intake.casework.team.papers import Paper
from intake.roles import Permission

KIND: Final = "view"
MOST: Final = 30
"""Views that one member keeps for herself, and that the team shares."""


class TooManyViews(CaseworkError):  # noqa: N818 - reads as what is the matter
    """As many as fit are kept already."""


@dataclass(frozen=True)
class SavedView:
    """A kept view; `by` is the handle of who kept it last."""

    id: UUID
    revision: int
    query: str
    is_shared: bool
    by: str
    at: datetime
    name: str = field(repr=False)


def saved_views(reader: Reader) -> tuple[SavedView, ...]:
    """Her own and those that the team shares, by name."""
    reader.demand(Permission.READ_QUEUE)
    with reader.service.reading() as session:
        return _views(reader, session)


def saved_view(reader: Reader, id_: UUID) -> SavedView:
    """One of them; `UnknownCase` where there is none."""
    for one in saved_views(reader):
        if one.id == id_:
            return one
    raise UnknownCase


def keep_view(
    reader: Reader, id_: UUID, name: str, query: str, *, shared: bool, now: datetime
) -> None:
    """Keep a new view; the same form sent again keeps none.

    Raises `TooManyViews`, `ValueError` for no name.
    """
    _demand(reader, shared=shared)
    with reader.service.writing() as session:
        known = _views(reader, session)
        if any(one.id == id_ for one in known):
            return
        if sum(one.is_shared == shared for one in known) >= MOST:
            raise TooManyViews
        _keep(
            reader,
            session,
            id_,
            _content(reader, name, query, now),
            shared=shared,
            seen=papers.NEW,
            now=now,
        )


def change_view(
    reader: Reader, id_: UUID, name: str, *, shared: bool, seen: int, now: datetime
) -> None:
    """Call a view otherwise, share it, or keep it for oneself.

    Raises `Conflict` when it was changed since, `UnknownCase`, `ValueError` for no name.
    """
    _demand(reader, shared=shared)
    with reader.service.writing() as session:
        before = next((one for one in _views(reader, session) if one.id == id_), None)
        if before is None:
            raise UnknownCase
        _demand(reader, shared=before.is_shared)
        content = _content(reader, name, before.query, now)
        if before.is_shared == shared:
            _keep(reader, session, id_, content, shared=shared, seen=seen, now=now)
            return
        # What is sealed to one member and what is boxed for all are two different papers.
        papers.take_out(session, KIND, id_, seen=seen)
        _keep(reader, session, uuid4(), content, shared=shared, seen=papers.NEW, now=now)


def remove_view(reader: Reader, id_: UUID, *, seen: int, now: datetime) -> None:
    """Forget a view; `Conflict` when it was changed since."""
    reader.demand(Permission.READ_QUEUE)
    with reader.service.writing() as session:
        found = next((one for one in _views(reader, session) if one.id == id_), None)
        if found is None:
            return
        _demand(reader, shared=found.is_shared)
        if papers.take_out(session, KIND, id_, seen=seen) and found.is_shared:
            log.append(session, reader.service, "view_removed", by=reader.member, now=now)


def _demand(reader: Reader, *, shared: bool) -> None:
    reader.demand(Permission.KEEP_TEAM if shared else Permission.READ_QUEUE)


def _content(reader: Reader, name: str, query: str, now: datetime) -> dict[str, object]:
    name = " ".join(name.split())
    if not name:
        raise ValueError("A view has a name.")
    return {"name": name, "query": query, "by": reader.handle, "at": instant(now)}


def _keep(  # noqa: PLR0913 - what a paper consists of
    reader: Reader,
    session: Session,
    id_: UUID,
    content: dict[str, object],
    *,
    shared: bool,
    seen: int,
    now: datetime,
) -> None:
    if not shared:
        papers.keep_own(reader, session, KIND, id_, content, seen=seen)
    elif papers.keep_shared(reader, session, KIND, id_, content, seen=seen):
        log.append(session, reader.service, "view_kept", by=reader.member, now=now)


def _views(reader: Reader, session: Session) -> tuple[SavedView, ...]:
    own = [_view(paper, shared=False) for paper in papers.own(reader, session, KIND)]
    shared = [_view(paper, shared=True) for paper in papers.shared(reader, session, KIND)]
    return tuple(sorted((*own, *shared), key=lambda one: one.name.casefold()))


def _view(paper: Paper, *, shared: bool) -> SavedView:
    told = paper.content
    at = moment(told["at"])
    return SavedView(
        paper.id, paper.revision, told["query"], shared, told["by"], at, told["name"]
    )
