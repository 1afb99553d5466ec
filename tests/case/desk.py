"""A desk of several members in memory: every act goes through the pure rules alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from intake.case.guards import missing
from intake.case.kinds import KINDS, moved, moving, wishes
from intake.case.kinds import help as helping
from intake.case.record import Record, recorded
from intake.case.situation import Situation
from intake.case.stages import BY_CODE, Transition
from intake.case.steps import CaseStep
from intake.consent import ACTS, Asked, Consent, Person, allowed
from intake.consent import missing as gate
from intake.form.answers import Answers
from intake.form.moments import midnight
from intake.triage import Facts, Level, settled

VITAL_WAY: Final = "consent_pending_to_decision"


@dataclass(frozen=True)
class Proposal:
    """A step or a move that waits for a second member; `way` is empty for a step."""

    by: UUID
    what: str
    answers: Answers
    way: str = ""


@dataclass(frozen=True)
class Sent:
    """Something that left the coalition, with what was in force at that moment."""

    act: str
    consents: tuple[Consent, ...]
    person: Person
    record: Record
    at: datetime


@dataclass
class Desk:
    """One case, its members, and all that was done; `stages` are those it stood on."""

    facts: Facts
    now: datetime
    known: Mapping[str, Any] = field(default_factory=dict)
    stage: str = "received"
    level: Level = Level.U4
    steps: list[CaseStep] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    stages: list[str] = field(default_factory=lambda: ["received"])
    fallen: list[tuple[Level, Level, str]] = field(default_factory=list)
    changed_at: datetime | None = None

    @property
    def record(self) -> Record:
        return recorded(self.steps)

    @property
    def person(self) -> Person:
        return Person(
            is_minor=self.facts.is_minor,
            is_dead=self.facts.victim_status == "deceased",
            is_missing=self.facts.victim_status == "missing",
            reporter_is_proxy=bool(self.known.get("reporter_is_proxy")),
            victim_knowledge=self.facts.victim_knowledge,
            guardian_is_set_aside=self.record.guardian_is_set_aside,
        )

    @property
    def situation(self) -> Situation:
        record = self.record
        return Situation(
            stage=self.stage,
            level=self.level.code,
            now=self.now,
            received_at=self.facts.received_at,
            opened_at=record.moves.opened_at,
            stage_changed_at=self.changed_at,
            first_contact_at=self.facts.first_contact_at,
            last_from_coalition_at=self.facts.last_from_coalition_at,
            last_from_reporter_at=self.facts.last_from_reporter_at,
            try_again_at=record.moves.try_again_at,
            contact_method=self.facts.contact_method,
            in_custody=self.facts.in_custody,
            is_minor=self.facts.is_minor,
            is_missing=self.person.is_missing,
            is_dead=self.person.is_dead,
            is_sexual=self.facts.tells_sexual_violence,
            victim_knowledge=self.facts.victim_knowledge,
            allowed=allowed(self.consents, self.person, self.now),
            record=record,
            **self.known,
        )

    @property
    def asked(self) -> Asked:
        record = self.record
        return Asked(
            consents=tuple(self.consents),
            person=self.person,
            has_safety_plan=record.has_safety_plan,
            has_assent=record.has_assent,
            objects_to=record.objects_to,
            naming_sexual=record.consents_naming_sexual,
            vital_until=record.vital_end,
        )

    def write(self, by: UUID, what: str, answers: Answers, about: UUID | None = None) -> bool:
        """Write a step down, propose it, or refuse it."""
        kind = KINDS[what]
        if self.stage in {"received", "erased"} or kind.automatic or kind.lacking(answers):
            return False
        if kind.people(answers) == 2:
            self.proposals.append(Proposal(by, what, answers))
            return True
        return self._send(by, what, answers, about)

    def _send(self, by: UUID, what: str, answers: Answers, about: UUID | None) -> bool:
        act = KINDS[what].outgoing(answers)
        if act and gate(act, self.asked, self.now):
            return False
        if act:
            told = (tuple(self.consents), self.person, self.record, self.now)
            self.sent.append(Sent(act, *told))
        self._add(by, what, answers, about=about)
        return True

    def go(self, by: UUID, way: str, answers: Answers) -> bool:
        """Move the case, propose to, or refuse it."""
        going = BY_CODE[way]
        if missing(going, self.situation, answers):
            return False
        if going.people == 2:
            self.proposals.append(Proposal(by, "moved", answers, way))
            return True
        self._move(by, going, answers)
        return True

    def decide(self, by: UUID, proposal: Proposal, *, agrees: bool) -> bool:
        """A second member decides; it is checked again, and nobody decides her own."""
        if by == proposal.by or proposal not in self.proposals:
            return False
        self.proposals.remove(proposal)
        if not agrees or self.stage == "erased":
            return False
        if not proposal.way:
            self._add(proposal.by, proposal.what, proposal.answers, second=by)
            self._lower(proposal)
            return True
        way = BY_CODE[proposal.way]
        if missing(way, self.situation, proposal.answers):
            return False
        self._move(proposal.by, way, proposal.answers, second=by)
        return True

    def _lower(self, proposal: Proposal) -> None:
        to = proposal.answers[helping.LOWER_TO]
        if proposal.what == "lowering" and to and Level.of(to) < self.level:
            self.fallen.append((self.level, Level.of(to), "two"))
            self.level = Level.of(to)

    def _move(self, by: UUID, way: Transition, answers: Answers, **second: UUID) -> None:
        self._add(by, "moved", moved(way, self.stage, answers), **second)
        self.stage, self.changed_at = way.target, self.now
        self.stages.append(way.target)
        self.known = {**self.known, "has_news": False}
        level = answers[moving.LEVEL]
        if level and Level.of(level) > self.level:
            self.level = Level.of(level)

    def _add(self, by: UUID, what: str, answers: Answers, **others: UUID | None) -> None:
        step = CaseStep(uuid4(), len(self.steps) + 1, self.now, by, what, answers)
        self.steps.append(replace(step, **others))  # type: ignore[arg-type] # ids all

    def allow(self, code: str, giver: str) -> None:
        """Somebody allows something."""
        self.consents.append(Consent(code, giver, self.now, "2026-11"))

    def take_back(self, code: str) -> None:
        """Somebody takes a permission back."""
        self.consents = [
            replace(c, withdrawn_at=self.now) if c.code == code else c for c in self.consents
        ]

    def reporter_writes(self) -> None:
        """A message comes in; the first after ours is the first contact."""
        answered = self.facts.last_from_coalition_at is not None
        first = self.facts.first_contact_at or (self.now if answered else None)
        self.facts = replace(self.facts, last_from_reporter_at=self.now, first_contact_at=first)
        self.known = {**self.known, "has_news": True}

    def we_write(self) -> None:
        """A message goes out behind the code."""
        self.facts = replace(self.facts, last_from_coalition_at=self.now)

    def wait(self, hours: int) -> None:
        """Time passes, and the machine settles the urgency."""
        self.now += timedelta(hours=hours)
        before, found = self.level, settled(self.level, self.facts, self.now).level
        if found < before:
            self.fallen.append((before, found, "machine"))
        self.level = found

    def wait_for_the_try(self) -> None:
        """Time passes until the day of the next try."""
        again = self.record.moves.try_again_at or midnight(self.now.date())
        self.wait(max(1, (again - self.now) // timedelta(hours=1) + 1))


def stands(sent: Sent) -> bool:
    """Whether what left was allowed then: looked up by hand, not by the gate."""
    row = ACTS[sent.act]
    rows = (c for c in sent.consents if c.code == row.consent and c.giver in sent.person.givers)
    in_force = any(
        c.given_at <= sent.at and (c.withdrawn_at is None or c.withdrawn_at > sent.at)
        for c in rows
    )
    return in_force or (row.saves_life and _by_two(sent))


def _by_two(sent: Sent) -> bool:
    day = timedelta(hours=24)
    return any(
        step.second not in {None, step.by}
        and sent.at - step.at < day
        and bool(step.answers[wishes.LEAST_DATA])
        for step in sent.record.steps
    )
