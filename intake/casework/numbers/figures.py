"""Counting for a page: plain columns of all cases, sheets of open ones and of a period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from sqlalchemy.orm import Session

from intake.casework import log
from intake.casework.finding.opening import Opening
from intake.casework.finding.sieve import Eye
from intake.casework.numbers.tally import Tally
from intake.casework.reader import Reader
from intake.casework.team.colleagues import coordinators
from intake.form.moments import local_day, midnight
from intake.form.vocabularies import vocabulary
from intake.roles import Permission
from intake.statistics import (
    Ages,
    Arrivals,
    Came,
    Fired,
    Held,
    Lateness,
    Load,
    Response,
    ages,
    arrivals,
    fired,
    lateness,
    loads,
    mondays,
    responses,
)
from intake.store import cases, finding, members
from intake.store import numbers as counts
from intake.store.cases import Selection
from intake.store.numbers import OfHour

PERIODS: Final = (4, 12, 52)
"""Weeks that the numbers may be asked for; the running one is the last of them."""
MOST_READ: Final = 100_000
"""Reports of a period whose sheets are read for one page; of more, only the newest."""
READ_NUMBERS: Final = "read_numbers"
LEVELS: Final = vocabulary("urgency").codes


@dataclass(frozen=True)
class Numbers:
    """All figures of one page, none of which names a case.

    `arrivals`, `responses` and `fired` are of the period, the others of what is open now.
    `cases` are those of the period that were read; not among them are `kept` ones, which are
    for named colleagues, and `unread` ones, which do not open. `without_way` left no way to be
    answered. Where too many came in the period, first answers and reasons are of those that
    came from the hour `read_from` on.
    """

    weeks: int
    arrivals: tuple[Arrivals, ...]
    ages: tuple[Ages, ...]
    lateness: tuple[Lateness, ...]
    loads: tuple[Load, ...]
    responses: tuple[Response, ...]
    fired: tuple[Fired, ...]
    cases: int
    without_way: int
    kept: int
    unread: int
    read_from: datetime | None
    has_any: bool


def numbers(reader: Reader, weeks: int, *, now: datetime) -> Numbers:
    """The figures of so many weeks, out of `PERIODS`; looking at them is a line of the log."""
    reader.demand(Permission.READ_NUMBERS)
    everybody = [one.handle for one in coordinators(reader)]
    with reader.service.writing() as session:
        log.append(session, reader.service, READ_NUMBERS, by=reader.member, now=now)
    with reader.service.reading() as session:
        return _Counting(reader, session, weeks, now).numbers(everybody)


@dataclass(frozen=True)
class _Counting:
    reader: Reader
    session: Session
    weeks: int
    now: datetime

    def numbers(self, everybody: list[str]) -> Numbers:
        today = local_day(self.now)
        since = midnight(mondays(today, self.weeks)[0])
        hours = tuple(counts.by_hour(self.session, since))
        read_from = _read_from(hours)
        tally = self._tally(read_from or since)
        return Numbers(
            weeks=self.weeks,
            arrivals=arrivals(map(_came, hours), today, self.weeks),
            ages=ages(tally.waiting),
            lateness=lateness(tally.late),
            loads=loads(self._held(), everybody, LEVELS),
            responses=responses(tally.first, LEVELS),
            fired=fired(tally.factors),
            cases=tally.factors.total(),
            without_way=tally.without_way,
            kept=tally.kept,
            unread=tally.unread,
            read_from=read_from,
            has_any=counts.has_any(self.session),
        )

    def _tally(self, since: datetime) -> Tally:
        """What the sheets say: of all open cases, and of closed ones that came from then on."""
        session, member = self.session, self.reader.member
        opening = Opening(self.reader, session, self.now)
        tally = Tally(self._eye, since.timestamp())
        tally.add_open(opening.all(finding.cases(session, Selection("open", member))))
        tally.add_closed(opening.all(counts.closed(session, member, since)))
        return tally

    @property
    def _eye(self) -> Eye:
        own = cases.with_wrap_for(self.session, self.reader.member)
        news = cases.with_news(self.session)
        return Eye(self.reader.member, self.reader.is_trained, own, news, self.now)

    def _held(self) -> Iterator[Held]:
        handles = members.handles(self.session)
        for held in counts.open_cases(self.session):
            who = handles.get(held.holder, "?") if held.holder else ""
            yield Held(who, held.level, held.number)


def _read_from(hours: Iterable[OfHour]) -> datetime | None:
    """The first hour of which sheets are read, where there are too many to read them all."""
    read, newest_first = 0, sorted(hours, key=lambda one: one.hour, reverse=True)
    for later, one in pairwise(newest_first):
        read += later.number - later.automated
        if read + one.number - one.automated > MOST_READ:
            return later.hour
    return None


def _came(one: OfHour) -> Came:
    return Came(local_day(one.hour), one.number, one.automated)
