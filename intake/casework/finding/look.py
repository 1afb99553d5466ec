"""One look at the queue: which cases somebody may know of, and how many a wish finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.finding.counting import OF_OPEN, counted, member_of
from intake.casework.finding.opening import Opening
from intake.casework.finding.sieve import Eye, Seen, Sieve, seen
from intake.casework.finding.wish import Wish
from intake.casework.grid import erasing_by
from intake.casework.reader import Reader
from intake.store import cases, finding
from intake.store.cases import Selection

MOST_READ: Final = 100_000
"""Sheets that one page reads: of more cases, only the newest are looked through."""
COUNTED_BY_READING: Final = 500
"""Views that sealed facts decide are counted anew on each page while so few cases are open."""
COUNTED_EACH_MINUTE: Final = 10_000
"""While so many are open a count may be a minute old; of still more it costs too much."""


@dataclass(frozen=True)
class Look:
    """What one look at the queue works with."""

    reader: Reader
    session: Session
    now: datetime

    @cached_property
    def eye(self) -> Eye:
        own = cases.with_wrap_for(self.session, self.reader.member)
        news = cases.with_news(self.session)
        return Eye(self.reader.member, self.reader.is_trained, own, news, self.now)

    @cached_property
    def opening(self) -> Opening:
        return Opening(self.reader, self.session, self.now)

    def fitting(self, wish: Wish) -> Iterator[Seen]:
        """Every case that the wish asks for."""
        sieve, chosen = Sieve(wish, self.eye), self.selection(wish)
        newest = MOST_READ if self.is_cut(chosen) else None
        found = finding.cases(self.session, chosen, newest=newest)
        for case, sheet in self.opening.all(found):
            one = sieve.let_through(case, sheet) if sheet is not None else None
            if one is not None:
                yield one

    def counts_of(self, asked: Sequence[Wish]) -> list[int]:
        """How many cases each of these wishes finds, however many there are."""
        of_open = [wish for wish in asked if wish.view in OF_OPEN and wish.needs_sheets]
        known = dict(zip(of_open, self._counted(of_open), strict=True)) if of_open else {}
        return [known[wish] if wish in known else self.size(wish) for wish in asked]

    def size(self, wish: Wish) -> int:
        if not wish.needs_sheets:
            return self.count(wish)
        return sum(1 for _one in self.fitting(wish))

    def _counted(self, asked: Sequence[Wish]) -> list[int]:
        found = finding.cases(self.session, Selection("open", self.reader.member))
        return counted(self.opening.all(found), self.eye, asked)

    @property
    def are_many(self) -> bool:
        """Whether too many cases are open to read their sheets for a number on each page."""
        return self._open > COUNTED_BY_READING

    @property
    def are_too_many(self) -> bool:
        """Whether too many are open to read their sheets for a number at all."""
        return self._open > COUNTED_EACH_MINUTE

    @cached_property
    def _open(self) -> int:
        chosen = Selection("open", self.reader.member)
        return self.number(chosen, at_most=COUNTED_EACH_MINUTE + 1)

    @cached_property
    def _put_off(self) -> frozenset[UUID]:
        """The cases that triage leaves out: none while too many are open."""
        if self.are_many:
            return frozenset()
        unread = finding.cases(self.session, Selection("triage", self.reader.member))
        return frozenset(
            case.case_id
            for case, sheet in self.opening.all(unread)
            if sheet is not None and seen(case, sheet, self.eye).is_aside
        )

    def is_cut(self, chosen: Selection) -> bool:
        """Whether there are more than one page looks through; so many are never open."""
        return not chosen.is_open and self.number(chosen, at_most=MOST_READ + 1) > MOST_READ

    def selection(self, wish: Wish) -> Selection:
        holders = tuple(member_of(code, self.reader.member) for code in wish.codes("holder"))
        is_whole = wish.view == "triage" and not wish.needs_sheets
        without = self._put_off if is_whole else frozenset()
        stages, until = wish.codes("stage"), erasing_by(self.now)
        return Selection(wish.view, self.reader.member, stages, holders, without, until)

    def count(self, wish: Wish) -> int:
        return self.number(self.selection(wish))

    def number(self, chosen: Selection, *, at_most: int | None = None) -> int:
        """How many cases are chosen, counted once; and no further than `at_most`."""
        known = self._numbers.get(chosen)
        if known is None:
            known = cases.count(self.session, chosen, at_most=at_most)
            if known != at_most:
                self._numbers[chosen] = known
        return known if at_most is None else min(known, at_most)

    @cached_property
    def _numbers(self) -> dict[Selection, int]:
        return {}
