"""Times that stand plain although they follow from what is sealed: six hours apart, UTC."""

from datetime import UTC, datetime, timedelta
from typing import Final

from intake.case import ENDED
from intake.triage import Level

STEP: Final = timedelta(hours=6)
"""Nothing finer stands plain (vault.md 4)."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NO_HURRY: Final = Level.U4


def on_grid(moment: datetime) -> datetime:
    """The next moment of the grid, from `moment` on."""
    return _EPOCH - (_EPOCH - moment) // STEP * STEP


def next_warning(level: str, now: datetime, *, stage: str) -> datetime:
    """When to tell again of what is late on this level; a case that ended is in no hurry."""
    pressing = _NO_HURRY if stage in ENDED else Level.of(level)
    return on_grid(now + timedelta(hours=pressing.hours))


def erasing_by(now: datetime) -> datetime:
    """By when, at the latest, word is left of a closed case that is to be erased by `now`."""
    return on_grid(now + timedelta(hours=_NO_HURRY.hours))
