"""Every question of the form under one version, and the sections in which they are asked."""

from collections.abc import Iterator, Mapping
from typing import Final

from intake.form import (
    acting,
    aftermath,
    consenting,
    events,
    findings,
    gates,
    people,
    recording,
    towns,
)
from intake.form.questions import AnyQuestion, Repeated
from intake.form.sections import happened, help_wanted, now, recorded, what_was_done
from intake.form.steps import Section

VERSION: Final = "2026-11"

OF_WHO_TELLS: Final[tuple[Section, ...]] = (
    now.SECTION,
    happened.SECTION,
    what_was_done.SECTION,
    help_wanted.SECTION,
)
"""What is asked of who tells, on the site and on paper."""
SECTIONS: Final = (*OF_WHO_TELLS, recorded.SECTION)
"""The same, and what staff note who take it down."""


def _things() -> Iterator[Repeated]:
    for section in SECTIONS:
        for step in section.steps:
            if step.repeats is not None:
                yield step.repeats


REPEATED: Final[Mapping[str, Repeated]] = {things.name: things for things in _things()}
"""The things that repeat, by name."""

QUESTIONS: Final[tuple[AnyQuestion, ...]] = (
    *people.QUESTIONS,
    *acting.QUESTIONS,
    *consenting.QUESTIONS,
    *gates.QUESTIONS,
    *events.QUESTIONS,
    *towns.QUESTIONS,
    *aftermath.QUESTIONS,
    *findings.QUESTIONS,
    *recording.QUESTIONS,
    *(question for things in REPEATED.values() for question in things.questions),
)
BY_NAME: Final[Mapping[str, AnyQuestion]] = {question.name: question for question in QUESTIONS}
"""Every question by its name, as it is declared; pages may ask it in other words."""
