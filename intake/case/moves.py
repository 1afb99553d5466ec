"""The ways that a case went, out of the moves that were written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from intake.case.kinds import moving as asked
from intake.case.steps import CaseStep
from intake.form.moments import midnight


@dataclass(frozen=True)
class Hold:
    """A time on hold; `until` is None while it lasts."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, repr=False)
class Moves:
    """Moves and the acceptance, in the order they were written down."""

    steps: tuple[CaseStep, ...]

    @property
    def opened_at(self) -> datetime | None:
        """When the report was first opened."""
        return next((step.at for step in self.steps if _from(step) == "received"), None)

    @property
    def accepted_at(self) -> datetime | None:
        """When help was decided on, or the case got its number."""
        return next((step.at for step in self.steps if _accepts(step)), None)

    @property
    def number(self) -> str:
        """The number that was given, empty before."""
        numbers = [step.answers[asked.NUMBER] for step in self.steps]
        return next((number for number in numbers if number), "")

    @property
    def holds(self) -> tuple[Hold, ...]:
        """The times on hold, oldest first."""
        return tuple(self._holds())

    def _holds(self) -> Iterator[Hold]:
        since: datetime | None = None
        for step in self.steps:
            if since and _from(step) == "on_hold":
                yield Hold(since, step.at)
                since = None
            if _to(step) == "on_hold":
                since = step.at
        if since:
            yield Hold(since)

    @property
    def try_again_at(self) -> datetime | None:
        """The beginning of the day of the next try, as the last hold set it."""
        held = [step for step in self.steps if _to(step) == "on_hold"]
        said = held[-1].answers[asked.TRY_AGAIN_ON] if held else None
        return midnight(said.day) if said else None

    @property
    def outcome(self) -> str:
        """The code of the last outcome, empty while the case goes on."""
        last = self.last
        is_open = last is not None and _to(last) not in {"closed", "erased"}
        outcomes = [step.answers[asked.OUTCOME] for step in self.steps if _to(step) == "closed"]
        return "" if is_open or not outcomes else outcomes[-1] or ""

    @property
    def closed_at(self) -> datetime | None:
        """When the case was closed, None while it goes on."""
        last = self.last
        return last.at if last and _to(last) == "closed" else None

    @property
    def last(self) -> CaseStep | None:
        """The last move from stage to stage."""
        return next((step for step in reversed(self.steps) if _to(step)), None)


def _from(step: CaseStep) -> str | None:
    return step.answers[asked.MOVED_FROM]


def _to(step: CaseStep) -> str | None:
    return step.answers[asked.MOVED_TO]


def _accepts(step: CaseStep) -> bool:
    return step.what == "acceptance" or step.answers[asked.MOVED_WAY] == "decision_to_active"
