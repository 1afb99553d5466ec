"""The legal record: what was filed, registered, asked for, decided and appealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final
from uuid import UUID

from intake.case.kinds import decisions, legal, requests
from intake.case.steps import CaseStep
from intake.form.moments import midnight
from intake.form.vocabularies import vocabulary

_BODIES: Final = vocabulary("complaint_body").by_code
_DECISIONS: Final = vocabulary("decision").by_code


@dataclass(frozen=True)
class Complaint:
    """A complaint to the state; `registered_at` is when its number in the ERDR was known."""

    id: UUID
    body: str
    filed_at: datetime
    is_ours: bool
    registered_at: datetime | None = None

    @property
    def must_be_registered(self) -> bool:
        """Whether the body it went to enters complaints in the ERDR."""
        term = _BODIES.get(self.body)
        return term is not None and term.has("registers")


@dataclass(frozen=True)
class Request:
    """Something asked of the state, and when it was decided."""

    id: UUID
    kind: str
    asked_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True)
class Decision:
    """A decision of the state, the limit for an appeal against it, and what was done."""

    id: UUID
    code: str
    clock: str
    counted_from: datetime
    until: datetime | None
    appealed_at: datetime | None


@dataclass(frozen=True, repr=False)
class Legal:
    """The legal side of the steps that stand, oldest first."""

    steps: tuple[CaseStep, ...]

    def of(self, *kinds: str) -> tuple[CaseStep, ...]:
        return tuple(step for step in self.steps if step.what in kinds)

    @cached_property
    def complaints(self) -> tuple[Complaint, ...]:
        return tuple(self._complaint(step) for step in self.of("complaint"))

    def _complaint(self, step: CaseStep) -> Complaint:
        filed_at = step.began(legal.COMPLAINT_ON, legal.COMPLAINT_AT) or step.at
        return Complaint(
            step.id,
            step.answers[legal.COMPLAINT_BODY] or "",
            filed_at,
            legal.is_filed_by_us(step.answers),
            self._answered_at(step),
        )

    def _answered_at(self, complaint: CaseStep) -> datetime | None:
        """When the register's number or a decision on the complaint was known."""
        answers = (
            step
            for step in self.of("erdr", "decision", "complaint_withdrawn")
            if step.about == complaint.id or (step.about is None and step.what == "erdr")
        )
        return min((s.at for s in answers if s.number > complaint.number), default=None)

    @property
    def erdr_number(self) -> str:
        numbers = [step.answers[legal.ERDR_NUMBER] or "" for step in self.of("erdr")]
        return numbers[-1] if numbers else ""

    @property
    def qualification(self) -> CaseStep | None:
        """The newest decision on the article."""
        return _newest(self.of("qualification"))

    @property
    def investigating(self) -> str:
        """The body that investigates now: a code of `agency`, empty when nobody knows."""
        step = _newest(self.of("investigation"))
        return (step.answers[legal.INVESTIGATING] or "") if step else ""

    @property
    def forensic_at(self) -> datetime | None:
        """When a forensic examination was first ordered or done."""
        done = ("ordered", "done")
        found = (s for s in self.of("forensic") if s.answers[requests.FORENSIC_STATUS] in done)
        when = (step.done(requests.FORENSIC_ON, requests.FORENSIC_AT) for step in found)
        return min(when, default=None)

    @cached_property
    def requests(self) -> tuple[Request, ...]:
        """Protection and suspension asked for, each with when it was decided."""
        return tuple(
            Request(step.id, step.what, asked_at, self._decided_at(step))
            for step in self.of("protection", "suspension")
            if (asked_at := _asked_at(step))
        )

    def _decided_at(self, request: CaseStep) -> datetime | None:
        later = (
            step
            for step in self.of(request.what)
            if step.number > request.number and step.about in {None, request.id}
        )
        return min(
            (step.at for step in later if _status(step) in requests.DECIDED), default=None
        )

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that can be appealed within a known time."""
        return tuple(self._decisions())

    def _decisions(self) -> Iterator[Decision]:
        for step in self.of("decision"):
            code = step.answers[decisions.DECISION] or ""
            clock = _clock_of(code)
            if clock:
                said = step.answers[decisions.APPEAL_UNTIL]
                until = midnight(said.day) if said else None
                yield Decision(
                    step.id, code, clock, _counted(step, clock), until, self._appealed_at(step)
                )

    def _appealed_at(self, decision: CaseStep) -> datetime | None:
        appeals = (step.at for step in self.of("appeal") if step.about == decision.id)
        return min(appeals, default=None)


def _newest(steps: Iterable[CaseStep]) -> CaseStep | None:
    found = tuple(steps)
    return found[-1] if found else None


def _status(step: CaseStep) -> str | None:
    is_protection = step.what == "protection"
    asked = requests.PROTECTION_STATUS if is_protection else requests.SUSPENSION_STATUS
    return step.answers[asked]


def _asked_at(step: CaseStep) -> datetime | None:
    if _status(step) != requests.ASKED:
        return None
    if step.what == "protection":
        return step.began(requests.PROTECTION_ON, requests.PROTECTION_AT) or step.at
    return step.began(requests.SUSPENSION_ON, requests.SUSPENSION_AT) or step.at


def _clock_of(code: str) -> str:
    term = _DECISIONS.get(code)
    return str(term.attributes.get("clock", "")) if term else ""


def _counted(step: CaseStep, clock: str) -> datetime:
    """The day the law counts from: of learning for a complaint to court, else of deciding."""
    learned, decided = step.began(decisions.LEARNED_ON), step.began(decisions.DECIDED_ON)
    first, other = (learned, decided) if clock == "appeal_106" else (decided, learned)
    return first or other or step.at
