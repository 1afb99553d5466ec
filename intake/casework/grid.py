"""Times that stand plain although they follow from what is sealed: six hours apart, UTC."""

from datetime import UTC, datetime, timedelta
from typing import Final

from intake.triage import Level

STEP: Final = timedelta(hours=6)
"""Nothing finer stands plain (vault.md 4)."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def on_grid(moment: datetime) -> datetime:
    """The next moment of the grid, from `moment` on."""
    return _EPOCH - (_EPOCH - moment) // STEP * STEP


def next_warning(level: str, now: datetime) -> datetime:
    """When to tell again of what is late on this level."""
    return on_grid(now + timedelta(hours=Level.of(level).hours))
