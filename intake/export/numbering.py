"""The number of each page and question of the form, the same on paper and for who types it in.

Numbers follow the order of the form alone, so that they hold as long as its version does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from intake.export.on_paper import LEFT_OUT, TOGETHER
from intake.form.questionnaire import SECTIONS
from intake.form.questions import AnyQuestion, Sought
from intake.form.steps import Step


def steps() -> Iterator[Step]:
    """The pages that stand on paper, in the order of the form."""
    for section in SECTIONS:
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
    return MappingProxyType(found | together)


@cache
def numbers() -> Mapping[tuple[str, str], str]:
    """The number of each question by the names of its page and its own, such as 12.3."""
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
    return MappingProxyType(found | together)
