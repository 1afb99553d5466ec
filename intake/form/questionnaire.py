"""Every question of the form, out of `people`, `events` and `aftermath`, under one version."""

from collections.abc import Mapping
from typing import Final

from intake.form import aftermath, events, people
from intake.form.questions import AnyQuestion

VERSION: Final = "2026-11"

QUESTIONS: Final[tuple[AnyQuestion, ...]] = (
    *people.QUESTIONS,
    *events.QUESTIONS,
    *aftermath.QUESTIONS,
)
BY_NAME: Final[Mapping[str, AnyQuestion]] = {question.name: question for question in QUESTIONS}
