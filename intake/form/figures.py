"""Which drawing of a body fits the person, as far as anybody said."""

from typing import Final

from intake.form import conditions, people
from intake.form.answers import Answers

FIGURES: Final = ("neutral", "female", "male", "child")
_BY_SEX: Final = {"male": "male", "female": "female"}


def figure(answers: Answers) -> str:
    """One of `FIGURES`: a child's for a child, and the neutral one where nothing was said."""
    if conditions.is_minor(answers):
        return "child"
    return _BY_SEX.get(answers[people.VICTIM_SEX] or "", "neutral")
