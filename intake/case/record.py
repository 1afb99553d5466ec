"""What stands about a case, made out of the steps that were written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final
from uuid import UUID

from intake.case.contacts import Contacts
from intake.case.kinds import help as asked
from intake.case.kinds import moving, wishes
from intake.case.legal import Legal
from intake.case.moves import Moves
from intake.case.steps import CaseStep
from intake.form.answers import Answers
from intake.form.moments import midnight

VITAL_HOURS: Final = timedelta(hours=24)
"""How long a decision to save life holds before it is looked at again (domain 4)."""


@dataclass(frozen=True)
class TrackNow:
    """How one kind of help stands: a code of `track_status`, who leads it, since when."""

    track: str
    status: str
    lead: str
    began_at: datetime
    led_since: datetime | None
    changed_at: datetime


@dataclass(frozen=True, repr=False)
class Record:
    """The record of a case: the steps that stand, in their order, and what follows of them."""

    steps: tuple[CaseStep, ...] = ()

    def of(self, *kinds: str) -> tuple[CaseStep, ...]:
        """The steps of these kinds that stand, oldest first."""
        return tuple(step for step in self.steps if step.what in kinds)

    def last(self, kind: str) -> CaseStep | None:
        """The newest step of a kind."""
        return next((step for step in reversed(self.steps) if step.what == kind), None)

    @cached_property
    def contacts(self) -> Contacts:
        """Attempts to reach the person, the code word, the safe hours."""
        return Contacts(self.of("attempt"), self.last("safe_hours"))

    @cached_property
    def legal(self) -> Legal:
        """Complaints, register, decisions and what is asked of the state."""
        return Legal(self.steps)

    @cached_property
    def moves(self) -> Moves:
        """The ways that the case went: opened, accepted, on hold, closed with an outcome."""
        return Moves(self.of("moved", "acceptance"))

    @property
    def has_safety_plan(self) -> bool:
        return self.last("safety_plan") is not None

    @property
    def interviews(self) -> tuple[CaseStep, ...]:
        return self.of("interview")

    @property
    def plan(self) -> CaseStep | None:
        return self.last("plan")

    @property
    def last_review_at(self) -> datetime | None:
        return step.at if (step := self.last("review")) else None

    @cached_property
    def tracks(self) -> Mapping[str, TrackNow]:
        """The kinds of help that were begun, each as it stands now."""
        found: dict[str, TrackNow] = {}
        for step in self.of("track"):
            track = _track(step, found)
            found[track.track] = track
        return found

    def set_aside_at(
        self, clock: str, about: UUID | None, since: datetime | None
    ) -> datetime | None:
        """When somebody wrote down that a limit counted from `since` is not needed.

        One that begins later is not meant, unless the step names what it is about.
        """
        found = (
            step.at
            for step in self.of("set_aside")
            if step.answers[asked.SET_ASIDE] == clock and _is_meant(step, about, since)
        )
        return min(found, default=None)

    @property
    def objects_to(self) -> tuple[str, ...]:
        """What the person objects to now: codes of `objection`.

        It stands until it is said that the person no longer objects, or to what else.
        """
        standing: tuple[str, ...] = ()
        for step in self.of("objection"):
            ended = step.answers[wishes.OBJECTS] == "no"
            standing = () if ended else step.answers[wishes.OBJECTS_TO] or standing
        return standing

    @property
    def has_assent(self) -> bool:
        """A child agreed, or it stands written why it could not be asked (E13)."""
        step = self.last("assent")
        if step is None or step.answers[wishes.ASSENT] == "no":
            return False
        return step.answers[wishes.ASSENT] == "yes" or bool(step.answers[wishes.ASSENT_WHY])

    @property
    def guardian_is_set_aside(self) -> bool:
        """Two coordinators decided to go on without the guardian, and the child agrees."""
        step = self.last("assent")
        if step is None or not (step.is_by_two and self.has_assent):
            return False
        return wishes.guardian_is_set_aside(step.answers)

    def vital_until(self, now: datetime) -> datetime | None:
        """Until when two coordinators let go out what saves life; None when it has ended."""
        ends = (step.at + VITAL_HOURS for step in self.steps if _is_vital(step))
        until = max(ends, default=None)
        return until if until and until > now else None

    @property
    def retention_on(self) -> datetime | None:
        """The beginning of the day on which the case is to be erased."""
        said = self._retention.answers[moving.RETENTION_ON] if self._retention else None
        return midnight(said.day) if said else None

    @property
    def retention_set_at(self) -> datetime | None:
        """When that day was last set."""
        return self._retention.at if self._retention else None

    @cached_property
    def _retention(self) -> CaseStep | None:
        said = self.of("moved", "retention")
        return next((s for s in reversed(said) if s.answers[moving.RETENTION_ON]), None)

    @property
    def consents_naming_sexual(self) -> frozenset[str]:
        """The permissions at which sexual violence was named as part of what goes out."""
        return frozenset(
            code
            for step in self.of("consent_recorded")
            if step.answers[wishes.CONSENT_SEXUAL]
            for code in step.answers[wishes.CONSENT_CODES] or ()
        )


def recorded(steps: Iterable[CaseStep]) -> Record:
    """The record made of all steps of a case; one that `replaces` another takes its place."""
    ordered = sorted(steps, key=lambda step: (step.number, step.at))
    replaced = {step.replaces for step in ordered if step.replaces}
    return Record(tuple(step for step in ordered if step.id not in replaced))


def _is_meant(step: CaseStep, about: UUID | None, since: datetime | None) -> bool:
    if step.about is not None:
        return step.about == about
    return since is None or step.at >= since


def _is_vital(step: CaseStep) -> bool:
    return step.is_by_two and _lets_out(step.what, step.answers)


def _lets_out(what: str, answers: Answers) -> bool:
    is_way = answers[moving.MOVED_WAY] == "consent_pending_to_decision"
    return what == "vital_interest" or (what == "moved" and is_way)


def _track(step: CaseStep, before: Mapping[str, TrackNow]) -> TrackNow:
    code = step.answers[asked.TRACK] or ""
    old = before.get(code)
    lead = step.answers[asked.TRACK_LEAD] or ""
    led_since = step.at if lead else None
    return TrackNow(
        code,
        step.answers[asked.TRACK_STATUS] or "",
        lead,
        old.began_at if old else step.at,
        (old.led_since if old and lead else None) or led_since,
        step.at,
    )
