"""Which cases belong to a view and its filters, and in what order: told by their sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple
from uuid import UUID

from intake.case.starting import HOLD
from intake.casework.finding.clocks import Due
from intake.casework.finding.facets import BY_NAME, FOR_TRAINED
from intake.casework.finding.sheet import Sheet, Standing, mark_kept_for, mark_of
from intake.casework.finding.wish import ME, Wish
from intake.form.moments import local_day, midnight
from intake.store.finding import PlainCase
from intake.triage import Level

LEVELS: Final[Mapping[str, int]] = {level.code: int(level) for level in Level}
SHOWS_KEPT: Final = frozenset({"triage", "late", "today", "week", "automated", "closed", "all"})
"""Views that tell no more than urgency and time left of a case kept for others."""
SEXUAL: Final = frozenset({"sexual_72h", "sexual_7d", "sexual_any"})
"""Reasons that only a trained handler is told (E11)."""
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Eye:
    """Who looks and when, and what is known of cases besides their sheets.

    `own` are the cases of which she holds a wrap of her own, `news` those to which a reporter
    added something that nobody has read.
    """

    member: UUID
    is_trained: bool
    own: frozenset[UUID]
    news: frozenset[UUID]
    now: datetime

    @cached_property
    def seconds(self) -> float:
        return self.now.timestamp()

    @cached_property
    def _mark(self) -> bytes:
        return mark_kept_for(self.member.hex)

    def is_for_others(self, case: PlainCase, sheet: Sheet) -> bool:
        """Whether the case is kept for named colleagues, and no wrap of it is hers."""
        is_hers = not sheet.is_kept or sheet.says(self._mark) or case.case_id in self.own
        return not is_hers

    def has_news(self, case: PlainCase) -> bool:
        return bool(self.news) and case.case_id in self.news


class Seen(NamedTuple):
    """A case as its sheet shows it now."""

    case: PlainCase
    sheet: Sheet
    standing: Standing
    due: Due | None
    is_late: bool
    is_aside: bool
    """Whether it is out of sight: somebody put it off, nothing new came, and it is not late.

    Who may not know of a case kept for others is not told by this either.
    """

    @property
    def time_left(self) -> tuple[bool, float]:
        """What is over first stands first, what waits for the reporter last."""
        due = self.due
        return (due.waiting, due.at) if due else (False, self.standing.received_at)


def seen(case: PlainCase, sheet: Sheet, eye: Eye) -> Seen:
    """What the sheet of a case says at this moment."""
    now, has_news = eye.seconds, eye.has_news(case)
    standing = sheet.standing(now, LEVELS[case.level], has_news=has_news)
    due = standing.due
    is_late = due is not None and not due.waiting and due.at < now
    is_aside = (
        standing.snoozed_until > now
        and not (has_news or is_late)
        and not eye.is_for_others(case, sheet)
    )
    return Seen(case, sheet, standing, due, is_late, is_aside)


class Sieve:
    """What a wish asks of a case besides plain columns, by the eye that looks."""

    def __init__(self, wish: Wish, eye: Eye) -> None:
        self._eye, self._fits = eye, _BY_VIEW.get(wish.view)
        self._marks = tuple(_marks(wish, eye))
        self._levels = frozenset(LEVELS[code] for code in wish.codes("level"))
        self._reasons = frozenset(wish.codes("reason"))
        self._told = self._reasons if eye.is_trained else self._reasons - SEXUAL
        self._shows_kept = wish.view in SHOWS_KEPT and all(
            name == "level" for name, _code in wish.chosen
        )
        self._until = _until(wish.view, eye.now)
        self._today = midnight(local_day(eye.now)).timestamp()

    def let_through(self, case: PlainCase, sheet: Sheet) -> Seen | None:
        """The case as it is seen, where it is what is asked for."""
        if not self.may_pass(case, sheet):
            return None
        found = seen(case, sheet, self._eye)
        return found if self.passes(found) else None

    def may_pass(self, case: PlainCase, sheet: Sheet) -> bool:
        """Whether the marks of a case are those that are asked for."""
        for marks in self._marks:
            for mark in marks:
                if mark in sheet.content:
                    break
            else:
                return False
        return self._shows_kept or not self._eye.is_for_others(case, sheet)

    def passes(self, seen: Seen) -> bool:
        """Whether a case that `may_pass` belongs here now."""
        if self._levels and seen.standing.level not in self._levels:
            return False
        if self._reasons and self._told.isdisjoint(seen.sheet.factors(seen.standing)):
            return False
        return self._fits is None or self._fits(self, seen)

    def comes(self, seen: Seen) -> bool:
        """Whether it is to be done within the time that the view shows."""
        return self._is_to_come(seen.due) or self._is_its_day(seen)

    def is_to_be_erased(self, seen: Seen) -> bool:
        """Whether the day of a closed case has come, or none was set."""
        return seen.due is not None and seen.due.at <= self._eye.seconds

    def _is_to_come(self, due: Due | None) -> bool:
        is_ours = due is not None and not due.waiting
        return due is not None and is_ours and self._eye.seconds <= due.at < self._until

    def _is_its_day(self, seen: Seen) -> bool:
        """Whether a case on hold is tried again then: that day counts from its beginning."""
        if seen.case.stage != HOLD:
            return False
        day = seen.standing.awaited_day
        return day is not None and self._today <= day < self._until


_AT_HAND: Final = ("triage", "mine", "leading", "unassigned", "custody")
_BY_VIEW: Final[Mapping[str, Callable[[Sieve, Seen], bool]]] = {
    **dict.fromkeys(_AT_HAND, lambda _sieve, seen: not seen.is_aside),
    "snoozed": lambda _sieve, seen: seen.is_aside,
    "late": lambda _sieve, seen: seen.is_late,
    "waiting": lambda _sieve, seen: seen.due is not None and seen.due.waiting,
    "today": Sieve.comes,
    "week": Sieve.comes,
    "erasing": Sieve.is_to_be_erased,
}


def _marks(wish: Wish, eye: Eye) -> Iterator[tuple[bytes, ...]]:
    """For each name that is chosen the marks of which one must be there."""
    me = eye.member.hex
    if wish.view == "custody":
        yield (mark_of("held", "yes"),)
    if wish.view == "leading":
        yield (mark_of("lead", me),)
    for name in dict.fromkeys(name for name, _code in wish.chosen if name in BY_NAME):
        yield tuple(
            mark_of(name, me if code == ME else code)
            for code in wish.codes(name)
            if eye.is_trained or (name, code) not in FOR_TRAINED
        )


def _until(view: str, now: datetime) -> float:
    """The end of what a view shows of the time to come."""
    if view == "today":
        return midnight(local_day(now) + timedelta(days=1)).timestamp()
    return (now + _WEEK).timestamp() if view == "week" else 0.0


ORDERS: Final[Mapping[str, Callable[[Seen], Any]]] = {
    "urgency": lambda one: (
        -one.standing.level,
        not one.is_late,
        -one.standing.points,
        one.time_left,
    ),
    "due": lambda one: one.time_left,
    "newest": lambda one: -one.standing.received_at,
    "oldest": lambda one: one.standing.received_at,
}
