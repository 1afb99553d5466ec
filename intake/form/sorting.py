"""Which answer belongs to which compartment of the case."""

from collections.abc import Mapping
from typing import Final

from intake.form.compartments import Compartment
from intake.form.questionnaire import BY_NAME
from intake.form.questions import Answers

REPORTED: Final = (
    Compartment.IDENTITY,
    Compartment.ACCOUNT,
    Compartment.INTIMATE,
    Compartment.FACTS,
)
"""The compartments that a report fills, always all of them."""


def split(answers: Answers) -> Mapping[Compartment, dict[str, object]]:
    """The answers as JSON, by compartment; answers to unknown questions count as account."""
    sorted_: dict[Compartment, dict[str, object]] = {place: {} for place in REPORTED}
    for name, value in answers.to_json().items():
        question = BY_NAME.get(name)
        place = question.compartment if question else Compartment.ACCOUNT
        sorted_[place][name] = value
    return sorted_
