"""The kinds of help that run side by side: how each stands and who leads it (domain 6.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from intake.case.kinds import help as asked
from intake.case.steps import CaseStep

SHORTEST_NAME: Final = 3
"""Letters."""


@dataclass(frozen=True)
class TrackNow:
    """How one kind of help stands: a code of `track_status`, who leads it, since when.

    A member leads it, or somebody outside whom `lead` names in words.
    """

    track: str
    status: str
    member: UUID | None
    lead: str
    began_at: datetime
    led_since: datetime | None
    changed_at: datetime

    @property
    def has_lead(self) -> bool:
        """Whether a member leads it, or words name somebody."""
        return self.led_since is not None

    @property
    def goes_on(self) -> bool:
        return self.status not in asked.ENDED_HELP


def is_name(words: str) -> bool:
    """Whether these words can be a name at all: a letter or two are none."""
    return sum(letter.isalpha() for letter in words) >= SHORTEST_NAME


def tracked(steps: Iterable[CaseStep]) -> Mapping[str, TrackNow]:
    """The kinds of help that these steps tell of, each as the last one left it."""
    found: dict[str, TrackNow] = {}
    for step in steps:
        track = _track(step, found)
        found[track.track] = track
    return found


def _track(step: CaseStep, before: Mapping[str, TrackNow]) -> TrackNow:
    answers, code = step.answers, step.answers[asked.TRACK] or ""
    old = before.get(code)
    member, lead = answers[asked.TRACK_MEMBER], answers[asked.TRACK_LEAD] or ""
    is_led = member is not None or is_name(lead)
    return TrackNow(
        code,
        answers[asked.TRACK_STATUS] or "",
        member,
        lead,
        old.began_at if old else step.at,
        ((old.led_since if old else None) or step.at) if is_led else None,
        step.at,
    )
