"""How many open cases each has in hand: given to her, held, or with help that she leads.

It is counted from what is open, and nobody types it. Cases that are kept for named members are
left out: not everybody may learn whom these were given to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.finding.opening import Opening
from intake.casework.reader import Reader
from intake.roles import Permission
from intake.store import cases, finding
from intake.store.cases import Selection


def open_cases(reader: Reader, *, now: datetime) -> Mapping[UUID, int]:
    """By member or entry: the open cases in her hands, each once; 0 for others."""
    reader.demand(Permission.READ_QUEUE)
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    with reader.service.reading() as session:
        given = cases.offered_to(session)
        for case, people in _in_hand(reader, session, now):
            for who in people | given.get(case, frozenset()):
                found[who].add(case)
    return defaultdict(int, {who: len(refs) for who, refs in found.items()})


def _in_hand(
    reader: Reader, session: Session, now: datetime
) -> Iterator[tuple[UUID, frozenset[UUID]]]:
    """Each open case with who holds it or leads help in it."""
    open_ones = finding.cases(session, Selection("open", reader.member))
    for case, sheet in Opening(reader, session, now).all(open_ones):
        if sheet is not None and not sheet.is_kept:
            leads = {UUID(hex=code) for code in sheet.codes("lead")}
            holder = {case.holder_id} if case.holder_id else set()
            yield case.case_id, frozenset(leads | holder)
