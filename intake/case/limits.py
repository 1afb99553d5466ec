"""The limits of domain 6.5 as declared: hours by level, gate, source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from intake.form.vocabularies import Term, vocabulary

_KEYS: Final = ("starts", "hours", "gate", "legal", "checked", "source")


@dataclass(frozen=True)
class Clock:
    """Hours from an event within which something must have happened.

    `gate` names the consent it needs; `legal` hours that no lawyer has `checked` are marked.
    """

    code: str
    starts: str
    hours: Mapping[str, int] = field(hash=False)
    gate: str
    legal: bool
    checked: bool
    source: str

    def due(self, start: datetime, level: str) -> datetime | None:
        """When the time is over on this level, or None where the level has no such clock."""
        hours = self.hours.get(level)
        return None if hours is None else start + timedelta(hours=hours)


def _clock(term: Term) -> Clock:
    return Clock(term.code, **{key: term.attributes[key] for key in _KEYS})


CLOCKS: Final[Mapping[str, Clock]] = {
    term.code: _clock(term) for term in vocabulary("clock").terms
}
LOOKS: Final[Mapping[str, Mapping[str, int]]] = {
    term.code: term.attributes["looks"]
    for term in vocabulary("stage").terms
    if term.has("looks")
}
"""Hours between two looks at a case on a stage, by level, where they differ from the review."""


def hours_of(code: str, level: str, stage: str = "") -> int | None:
    """The hours of a clock on this level, or of the looks that `stage` asks for."""
    looks = LOOKS.get(stage)
    return (looks and looks.get(level)) or CLOCKS[code].hours.get(level)
