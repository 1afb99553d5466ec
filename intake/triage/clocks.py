"""By when something must happen to a case, and what (domain 6.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from intake.form.vocabularies import Term, vocabulary
from intake.triage.facts import Facts
from intake.triage.levels import Level
from intake.triage.moments import midnight

_ENDED: Final = frozenset({"closed", "erased"})
_BEFORE_CONTACT: Final = frozenset({"screening", "contacting"})


@dataclass(frozen=True)
class Clock:
    """Hours from an event within which something must have happened.

    `gate` names the consent it needs; `legal` hours that no lawyer has `checked` are marked.
    """

    code: str
    starts: str
    hours: Mapping[str, int]
    gate: str
    legal: bool
    checked: bool
    source: str

    def due(self, start: datetime, level: Level) -> datetime | None:
        """When the time is over on this level, or None where the level has no such clock."""
        hours = self.hours.get(level.code)
        return None if hours is None else start + timedelta(hours=hours)


@dataclass(frozen=True)
class Due:
    """What must have happened next and until when; waiting for the reporter is never late."""

    clock: str
    at: datetime
    waiting: bool = False

    def is_late(self, now: datetime) -> bool:
        return not self.waiting and self.at < now


def _clock(term: Term) -> Clock:
    return Clock(term.code, **{key: term.attributes[key] for key in _KEYS})


_KEYS: Final = ("starts", "hours", "gate", "legal", "checked", "source")
CLOCKS: Final[Mapping[str, Clock]] = {
    term.code: _clock(term) for term in vocabulary("clock").terms
}


def next_clock(facts: Facts, stage: str, level: Level, now: datetime) -> Due | None:
    """The clock that runs for a case on this stage and level, None when it is closed."""
    if stage in _ENDED:
        return None
    if stage == "received":
        return _due("open", facts.received_at, level)
    if stage == "on_hold":
        return _paused(facts, now)
    if _waits_for_first_contact(facts, stage):
        return _due("contact_u1", facts.received_at, level)
    return _conversation(facts, level)


def _waits_for_first_contact(facts: Facts, stage: str) -> bool:
    written = facts.last_from_coalition_at or facts.first_contact_at
    return stage in _BEFORE_CONTACT and not written and facts.contact_method != ("none",)


def _conversation(facts: Facts, level: Level) -> Due:
    """The review, counted from the reporter's last word, or waiting for that word."""
    ours, theirs = facts.last_from_coalition_at, facts.last_from_reporter_at
    if ours and (theirs is None or theirs <= ours):
        return _due("review", ours, level, waiting=True)
    return _due("review", theirs or facts.stage_changed_at or facts.received_at, level)


def _paused(facts: Facts, now: datetime) -> Due:
    """Nothing is late on hold before the day of the next try."""
    changed = facts.stage_changed_at or facts.received_at
    again = facts.try_again_on
    at = midnight(again.day) if again else _due("review", changed, Level.U4).at
    return Due("contact_u1" if again else "review", at, waiting=now < at)


def _due(clock: str, start: datetime, level: Level, *, waiting: bool = False) -> Due:
    return Due(clock, start + timedelta(hours=CLOCKS[clock].hours[level.code]), waiting)
