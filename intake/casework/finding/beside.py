"""The list beside a case: the page of the queue that somebody came from, and the neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from intake.case import Stage
from intake.casework.finding.queue import Desk
from intake.casework.finding.rows import Row
from intake.casework.finding.wish import Wish
from intake.casework.reader import Reader
from intake.roles import Permission

_UNREAD: Final = ("stage", Stage.RECEIVED.value)


@dataclass(frozen=True)
class Beside:
    """The rows of that page as they are now, without those kept for others.

    A case that has left the list meanwhile has no row before it; the first row comes next.
    `unread` is the most pressing other report of the whole list that nobody has opened.
    """

    rows: tuple[Row, ...]
    previous: Row | None
    next: Row | None
    unread: Row | None = None


def beside(reader: Reader, wish: Wish, ref: str, *, now: datetime) -> Beside:
    """What stood around the case named `ref` in the list that `wish` asks for."""
    reader.demand(Permission.READ_QUEUE)
    with reader.service.reading() as session:
        desk = Desk(reader, session, now)
        page = desk.page(wish, is_counted=False)
        unread = _unread(page.rows, ref)
        if unread is None and page.pages > 1:
            unread = _unread(_of_all_pages(desk, wish), ref)
    rows = tuple(row for row in page.rows if not row.is_kept)
    place = next((place for place, row in enumerate(rows) if row.ref == ref), None)
    if place is None:
        return Beside(rows, None, next(iter(rows), None), unread)
    before = rows[place - 1] if place else None
    return Beside(rows, before, next(iter(rows[place + 1 :]), None), unread)


def _of_all_pages(desk: Desk, wish: Wish) -> Sequence[Row]:
    """What nobody has opened, of whatever page of the list."""
    stages = wish.codes("stage")
    if stages and Stage.RECEIVED not in stages:
        return ()
    chosen = (*(pair for pair in wish.chosen if pair[0] != "stage"), _UNREAD)
    return desk.page(replace(wish, chosen=chosen, page=1), is_counted=False).rows


def _unread(rows: Sequence[Row], ref: str) -> Row | None:
    others = (row for row in rows if row.stage == Stage.RECEIVED and row.ref != ref)
    return next((row for row in others if not row.is_kept), None)
