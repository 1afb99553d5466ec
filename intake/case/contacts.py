"""How the person was tried and reached, out of the attempts that were written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from intake.case.kinds import contact as asked
from intake.case.steps import CaseStep
from intake.form.moments import latest

REACHED: Final = "reached"


@dataclass(frozen=True, repr=False)
class Contacts:
    """Attempts in the order they were written down, and the hours that are safe."""

    attempts: tuple[CaseStep, ...]
    hours: CaseStep | None = None

    @property
    def first_at(self) -> datetime | None:
        """When the first attempt was made, whatever came of it."""
        return min(map(_when, self.attempts), default=None)

    @property
    def made_at(self) -> datetime | None:
        """When the person was first reached."""
        return min((_when(step) for step in self.attempts if _is_reached(step)), default=None)

    @property
    def last_at(self) -> datetime | None:
        """When the person was last reached."""
        return max((_when(step) for step in self.attempts if _is_reached(step)), default=None)

    @property
    def failed(self) -> tuple[CaseStep, ...]:
        """The attempts by the safe rules since the last contact that reached nobody."""
        last = self.last_at
        since = (step for step in self.attempts if last is None or _when(step) > last)
        return tuple(step for step in since if _is_safe(step) and not _is_reached(step))

    @property
    def code_word(self) -> str:
        """What the last who was reached said to the code word: a code of `code_word`."""
        reached = [step for step in self.attempts if _is_reached(step)]
        return (reached[-1].answers[asked.CODE_WORD] or "") if reached else ""

    @property
    def safe_until(self) -> datetime | None:
        """The end of the hours that somebody called safe."""
        if self.hours is None or (said := self.hours.answers[asked.WINDOW_UNTIL]) is None:
            return None
        return latest(said, self.hours.answers[asked.WINDOW_UNTIL_AT])

    def failed_since(self, moment: datetime) -> bool:
        """Whether somebody tried in vain at or after `moment`."""
        return any(_when(step) >= moment for step in self.failed)


def _when(step: CaseStep) -> datetime:
    return step.done(asked.ATTEMPT_ON, asked.ATTEMPT_AT)


def _is_reached(step: CaseStep) -> bool:
    return step.answers[asked.ATTEMPT_RESULT] == REACHED


def _is_safe(step: CaseStep) -> bool:
    return step.answers[asked.ATTEMPT_RULES] == "yes"
