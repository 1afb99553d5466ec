"""What somebody sent and how it came, before anything of it is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from uuid import UUID

from intake.casework.consent_records import consents_in
from intake.consent import Consent
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.questionnaire import SECTIONS
from intake.form.questions import AnyQuestion, Listed
from intake.form.sorting import is_intimate
from intake.form.steps import Step
from intake.triage import Facts


@dataclass(frozen=True)
class Report:
    """What somebody sent; `passed` and `skipped` are slugs of the form's steps.

    `words` are the versions of the permissions' words that were shown, by code; what is not
    named there was shown in the words that come with the program. `filed_by` is the member who
    wrote it for somebody else.
    """

    answers: Answers = field(repr=False)
    language: str
    route: str
    channel: str
    received_at: datetime
    automated: bool = False
    passed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    filed_by: UUID | None = None

    def facts(self) -> Facts:
        """The coded part, for the queue and triage."""
        return Facts.from_answers(
            self.answers,
            received_at=self.received_at,
            language=self.language,
            channel=self.channel,
            route=self.route,
        )

    @cached_property
    def given(self) -> tuple[Consent, ...]:
        """What the reporter allows, who gave it and until when; first, that it is kept."""
        return consents_in(self.answers, now=self.received_at, words=self.words)

    def way_through(self, place: Compartment) -> dict[str, object]:
        """The steps passed and skipped, as far as the document of `place` may name them.

        Pages about sexual violence stand in `intimate`: who is no trained handler must not
        even learn that one was opened (E11). All others stand in `account`.
        """
        return {
            "passed": _named_in(place, self.passed),
            "skipped": _named_in(place, self.skipped),
        }


def _named_in(place: Compartment, slugs: Iterable[str]) -> list[str]:
    is_intimate = place is Compartment.INTIMATE
    return [slug for slug in slugs if (slug in _intimate_steps()) is is_intimate]


@cache
def _intimate_steps() -> frozenset[str]:
    """The steps that ask about sexual violence or about intimate pictures."""
    steps = (step for section in SECTIONS for step in section.steps)
    return frozenset(step.slug for step in steps if any(map(_is_intimate, _asked_on(step))))


def _asked_on(step: Step) -> tuple[AnyQuestion, ...]:
    return (*step.questions, *(step.repeats.questions if step.repeats else ()))


def _is_intimate(question: AnyQuestion) -> bool:
    if (
        isinstance(question, Listed)
        and question.codes
        and all(map(is_intimate, question.terms))
    ):
        return True
    return question.compartment is Compartment.INTIMATE
