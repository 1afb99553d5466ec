"""Reports on the same place: three within 30 days are a pattern (domain.md 6.3, `pattern`).

A place is a town, a kind of place and an agency, where a report told all three in codes; they
stand in its sealed sheet, so that nothing more is kept plain. Officers have names, and these
stand in accounts, which nobody opens to count them: accounts are compared at registration.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import product
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.finding.opening import Opening
from intake.casework.finding.sheet import Sheet, mark_of
from intake.casework.finding.wish import Wish
from intake.casework.reader import Reader
from intake.store import cases, finding
from intake.triage import Facts

WITHIN: Final = timedelta(days=30)
MOST_READ: Final = 5_000
"""Reports that one look reads, about 10 µs each: of more within 30 days, the newest."""
_VAGUE: Final = frozenset({"other", "unknown", "unidentified"})
_FACETS: Final = ("place", "agency")
_IS_KNOWN: Final = mark_of("flag", "cluster")


class OnPlace(NamedTuple):
    """How many reports of these days are on the place of one; whether it says so already."""

    number: int
    is_known: bool


def on_places(reader: Reader, session: Session, *, now: datetime) -> Mapping[UUID, OnPlace]:
    """The reports of the last 30 days whose place is told, each counted with itself.

    Those that are kept for named members count for nobody.
    """
    found = dict(_found(reader, session, now))
    counts = Counter(place for places, _is_known in found.values() for place in places)
    return {
        case: OnPlace(max(counts[place] for place in places), is_known)
        for case, (places, is_known) in found.items()
    }


def number_on_place(reader: Reader, session: Session, case: UUID, *, now: datetime) -> int:
    """The same for one report; 0 where its place is not told, and then nothing more is read."""
    own = Opening(reader, session, now).all(map(finding.plain, cases.rows(session, [case])))
    if not any(sheet is not None and _places(sheet) for _case, sheet in own):
        return 0
    found = on_places(reader, session, now=now).get(case)
    return found.number if found else 0


def _found(
    reader: Reader, session: Session, now: datetime
) -> Iterator[tuple[UUID, tuple[frozenset[tuple[str, ...]], bool]]]:
    came = finding.lately(session, now - WITHIN, at_most=MOST_READ)
    for case, sheet in Opening(reader, session, now).all(came):
        if sheet is None or sheet.is_kept:
            continue
        if places := _places(sheet):
            yield case.case_id, (places, sheet.says(_IS_KNOWN))


def _places(sheet: Sheet) -> frozenset[tuple[str, ...]]:
    """Every town with every kind of place and agency that were told; what is vague is none."""
    towns = sheet.codes("locality")
    told = (set(sheet.codes(facet)) - _VAGUE for facet in _FACETS) if towns else ((),)
    return frozenset(product(towns, *told))


def same_place(facts: Facts) -> Wish | None:
    """What finds the reports on this place, the newest first; None where it is not told."""
    told = {"place": facts.place_type, "agency": facts.agency}
    codes = {name: [c for c in several if c not in _VAGUE] for name, several in told.items()}
    if not (facts.locality and all(codes.values())):
        return None
    chosen = [(name, code) for name, several in codes.items() for code in several]
    return Wish("all", (("locality", facts.locality), *chosen), sort="newest")
