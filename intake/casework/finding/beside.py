"""The list beside a case: the page of the queue that somebody came from, and the neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intake.casework.finding.queue import Desk
from intake.casework.finding.rows import Row
from intake.casework.finding.wish import Wish
from intake.casework.reader import Reader
from intake.roles import Permission


@dataclass(frozen=True)
class Beside:
    """The rows of that page as they are now, without those kept for others.

    A case that has left the list meanwhile has no row before it; the first row comes next.
    """

    rows: tuple[Row, ...]
    previous: Row | None
    next: Row | None


def beside(reader: Reader, wish: Wish, ref: str, *, now: datetime) -> Beside:
    """What stood around the case named `ref` in the list that `wish` asks for."""
    reader.demand(Permission.READ_QUEUE)
    with reader.service.reading() as session:
        page = Desk(reader, session, now).page(wish, is_counted=False)
    rows = tuple(row for row in page.rows if not row.is_kept)
    place = next((place for place, row in enumerate(rows) if row.ref == ref), None)
    if place is None:
        return Beside(rows, None, next(iter(rows), None))
    before = rows[place - 1] if place else None
    return Beside(rows, before, next(iter(rows[place + 1 :]), None))
