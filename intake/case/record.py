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
from intake.case.kinds.striking import STRUCK
from intake.case.legal import Legal
from intake.case.moves import Moves
from intake.case.steps import CaseStep
from intake.case.tracks import TrackNow, tracked
from intake.form.answers import Answers
from intake.form.moments import midnight

VITAL_HOURS: Final = timedelta(hours=24)
"""How long a decision to save life holds before it is looked at again (domain 4)."""


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
        return tracked(self.of("track"))

    @property
    def leads(self) -> tuple[UUID, ...]:
        """The member who leads it, for each kind of help that goes on and has one."""
        going_on = (track for track in self.tracks.values() if track.goes_on)
        return tuple(track.member for track in going_on if track.member)

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

    @property
    def vital(self) -> CaseStep | None:
        """The newest decision of two coordinators to let go out what saves life."""
        decided = (step for step in self.steps if _is_vital(step))
        return max(decided, key=lambda step: step.at, default=None)

    @property
    def vital_end(self) -> datetime | None:
        """Until when it holds or held."""
        return self.vital.at + VITAL_HOURS if self.vital else None

    def vital_until(self, now: datetime) -> datetime | None:
        """Until when it holds; None when it has ended."""
        return end if (end := self.vital_end) and end > now else None

    @property
    def vital_reviewed_at(self) -> datetime | None:
        """When somebody first looked at it again, or wrote what the person said since."""
        if (decided := self.vital) is None:
            return None
        looks = self.of("review", "consent_recorded", "objection")
        return min((step.at for step in looks if step.at > decided.at), default=None)

    @property
    def retention_on(self) -> datetime | None:
        """The beginning of the day on which the case is to be erased."""
        said = self._retention.answers[moving.RETENTION_ON] if self._retention else None
        return midnight(said.day) if said else None

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
    """The record made of all steps of a case; one that `replaces` another takes its place.

    What was struck out is left out, and what it had replaced stays so.
    """
    ordered = sorted(steps, key=lambda step: (step.number, step.at))
    gone = {step.replaces for step in ordered} | {s.about for s in ordered if s.what == STRUCK}
    return Record(tuple(step for step in ordered if step.id not in gone))


def _is_meant(step: CaseStep, about: UUID | None, since: datetime | None) -> bool:
    if step.about is not None:
        return step.about == about
    return since is None or step.at >= since


def _is_vital(step: CaseStep) -> bool:
    return step.is_by_two and _lets_out(step.what, step.answers)


def _lets_out(what: str, answers: Answers) -> bool:
    is_way = answers[moving.MOVED_WAY] == "consent_pending_to_decision"
    return what == "vital_interest" or (what == "moved" and is_way)
