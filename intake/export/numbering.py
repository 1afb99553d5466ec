"""The number of each page and question of the form, the same on paper and for who types it in.

Numbers follow the order of the form alone, so that they hold as long as its version does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from intake.export.on_paper import LEFT_OUT, TOGETHER
from intake.form.questionnaire import OF_WHO_TELLS
from intake.form.questions import AnyQuestion, Sought
from intake.form.sections import recorded
from intake.form.steps import Step

STAFF: Final = "S"
"""The number of the sheet that staff keep, and what the numbers on it begin with."""


def steps() -> Iterator[Step]:
    """The pages that stand on paper, in the order of the form."""
    for section in OF_WHO_TELLS:
        yield from (step for step in section.steps if step.slug not in TOGETHER)


def asked(step: Step) -> tuple[AnyQuestion, ...]:
    """What a page asks on paper; a town is found in what is written beside it."""
    things = step.repeats.questions if step.repeats else ()
    every = (*step.questions, *things)
    return tuple(q for q in every if not isinstance(q, Sought) and q.name not in LEFT_OUT)


@cache
def page_numbers() -> Mapping[str, str]:
    """The number of each page by its name, such as 12."""
    found = {step.slug: str(number) for number, step in enumerate(steps(), 1)}
    together = {slug: found[other] for slug, other in TOGETHER.items()}
    return MappingProxyType(found | together | dict.fromkeys(recorded.STEPS, STAFF))


@cache
def numbers() -> Mapping[tuple[str, str], str]:
    """The number of each question by the names of its page and its own, such as 12.3 or S4."""
    found = {
        (step.slug, question.name): f"{page_numbers()[step.slug]}.{n}"
        for step in steps()
        for n, question in enumerate(asked(step), 1)
    }
    together = {
        (slug, name): number
        for slug, other in TOGETHER.items()
        for (page, name), number in found.items()
        if page == other
    }
    return MappingProxyType(found | together | _of_sought(found) | _staff_numbers())


def _of_sought(found: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """What is found in the words written beside it has their number."""
    sought = ((step, q) for step in steps() for q in step.questions if isinstance(q, Sought))
    return {(step.slug, q.name): found[step.slug, q.by.name] for step, q in sought}


def _staff_numbers() -> dict[tuple[str, str], str]:
    places = [(step.slug, q.name) for step in recorded.SECTION.steps for q in asked(step)]
    return {place: f"{STAFF}{n}" for n, place in enumerate(places, 1)}
