"""What the person is in, out of the answers: which advice for today stands first."""

from collections.abc import Callable
from typing import Final

from intake.form import aftermath, conditions, events, gates
from intake.form.answers import Answers
from intake.form.sorting import is_intimate
from intake.form.vocabularies import vocabulary

UNTOLD: Final = ("injured", "custody")
"""What is shown where the answers tell nothing: what most who write are in."""
_BODILY: Final = frozenset({"rape", "rape_object", "sexual_assault"})
_INTIMATE_INJURIES: Final = frozenset(
    t.code for t in vocabulary("injury").terms if is_intimate(t)
)
_HAPPENED: Final = frozenset({"tell", "said"})
_NO_TRACES: Final = frozenset({"none_visible", "unknown"})
_FOR_THE_BODY: Final = frozenset({"injured", "sexual", "child"})
_CALM: Final = frozenset({"none", "unknown"})


def situations(answers: Answers) -> tuple[str, ...]:
    """Codes of the situations that the answers tell of; `UNTOLD` when they tell of none.

    Nobody is told to see a doctor with somebody who is missing or has died.
    """
    told = tuple(code for code, fits in FITTING if fits(answers))
    if {"missing", "death"} & set(told):
        return tuple(code for code in told if code not in _FOR_THE_BODY)
    return told or UNTOLD


def _is_injured(answers: Answers) -> bool:
    told = set(answers[events.METHOD] or ()) - {"not_said"}
    injuries = set(answers[aftermath.INJURY] or ()) - _NO_TRACES
    signs = set(answers[aftermath.URGENT_SIGNS] or ())
    return bool(told or injuries or signs & {"hurt_no_doctor", "still_going_on"})


def _is_sexual(answers: Answers) -> bool:
    injuries = set(answers[aftermath.INJURY] or ())
    return bool(
        _BODILY & set(answers[events.METHOD] or ())
        or _INTIMATE_INJURIES & injuries
        or answers[events.INTIMATE_NARRATIVE]
        or answers[gates.SEXUAL_CHOICE] in _HAPPENED
    )


def _is_threatened(answers: Answers) -> bool:
    pressure = set(answers[aftermath.REPRISAL] or ()) - _CALM
    return bool(pressure) or answers[events.VICTIM_STATUS] == "hiding"


FITTING: Final[tuple[tuple[str, Callable[[Answers], bool]], ...]] = (
    ("injured", _is_injured),
    ("sexual", _is_sexual),
    ("custody", conditions.in_custody),
    ("missing", conditions.is_missing),
    ("threatened", _is_threatened),
    ("child", conditions.is_minor),
    ("death", conditions.is_deceased),
)
