"""Reading the sheets of cases once, and keeping of each what the numbers are counted from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from intake.casework.finding.opening import Opened
from intake.casework.finding.sheet import Sheet, mark_of
from intake.casework.finding.sieve import SEXUAL, Eye, Seen, seen
from intake.statistics import First, Late, Waiting
from intake.store.finding import PlainCase

KEPT: Final = ""
"""Stands for clock and stage of what is late and kept for others: the queue tells neither."""
ANY_TRAINED: Final = "untrained:sexual_any"
"""Counted in place of every reason that only trained handlers are told (E11)."""
_NO_WAY: Final = mark_of("contact", "none")


@dataclass
class Tally:
    """What was counted so far.

    First answers and reasons are of what came from `since` on, in seconds.
    """

    eye: Eye
    since: float
    waiting: list[Waiting] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)
    first: list[First] = field(default_factory=list)
    factors: Counter[tuple[str, ...]] = field(default_factory=Counter)
    without_way: int = 0
    kept: int = 0
    unread: int = 0

    def add_open(self, opened: Iterable[Opened]) -> None:
        """Count open cases, and those of the period among them as `add_closed` does."""
        for case, sheet in opened:
            if sheet is None:
                self.unread += 1
                continue
            one = seen(case, sheet, self.eye)
            is_for_others = self.eye.is_for_others(case, sheet)
            self._add_waiting(one, is_for_others=is_for_others)
            if one.sheet.received_at >= self.since:
                self._add_period(case, one.sheet, is_for_others=is_for_others)

    def add_closed(self, opened: Iterable[Opened]) -> None:
        """Count closed cases of the period."""
        for case, sheet in opened:
            if sheet is None:
                self.unread += 1
                continue
            is_for_others = self.eye.is_for_others(case, sheet)
            self._add_period(case, sheet, is_for_others=is_for_others)

    def _add_waiting(self, one: Seen, *, is_for_others: bool) -> None:
        now, due = self.eye.seconds, one.due
        turn = _turn(one, is_for_others=is_for_others)
        self.waiting.append(Waiting(now - one.sheet.received_at, turn))
        if due is None or not one.is_late:
            return
        if is_for_others:
            self.late.append(Late(KEPT, KEPT, now - due.at, is_held=True))
        else:
            is_held = one.case.holder is not None
            self.late.append(Late(due.clock, one.case.stage, now - due.at, is_held))

    def _add_period(self, case: PlainCase, sheet: Sheet, *, is_for_others: bool) -> None:
        if is_for_others:
            self.kept += 1
            return
        self.factors[self._told(sheet.fired(self.eye.seconds))] += 1
        answer = sheet.first_answer_at
        if answer is not None:
            self.first.append(First(case.level, answer - sheet.received_at))
        elif sheet.says(_NO_WAY):
            self.without_way += 1
        else:
            self.first.append(First(case.level, None))

    def _told(self, factors: Sequence[str]) -> tuple[str, ...]:
        """The factors as this reader may count them."""
        if self.eye.is_trained or SEXUAL.isdisjoint(factors):
            return tuple(factors)
        return (*(code for code in factors if code not in SEXUAL), ANY_TRAINED)


def _turn(one: Seen, *, is_for_others: bool) -> str:
    """Whose turn it is; of what is kept for others no more than the queue says."""
    if one.due is not None and one.due.waiting:
        return "theirs"
    if is_for_others:
        return "ours"
    if one.case.stage == "received":
        return "new"
    return "theirs" if one.is_aside or one.case.stage == "on_hold" else "ours"
