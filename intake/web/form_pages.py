"""Where in the form each answer was given: its sections and pages, in the order of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from intake.form import urgent
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.questionnaire import SECTIONS
from intake.form.questions import AnyQuestion, Listed, Repeated
from intake.form.sorting import is_intimate_code
from intake.form.steps import Step

SEXUAL: Final = "sexual"
"""How the slugs of pages about sexual violence begin, which only their own part names."""
CONTACT: Final = "contact"


@dataclass(frozen=True)
class FormPage:
    """A page of the form; `step` is None for a group of the urgent page."""

    section: str
    slug: str
    title: str
    questions: tuple[AnyQuestion, ...]
    things: Repeated | None = None
    step: Step | None = None

    @property
    def key(self) -> str:
        """Tells it from every other page, also from those of the urgent page."""
        return f"{self.section}/{self.slug}/{self.title}"

    @property
    def is_sexual(self) -> bool:
        """Whether only trained handlers may know that it was opened (E11)."""
        return self.slug.startswith(SEXUAL) or any(map(_is_intimate, self.questions))

    def is_asked(self, answers: Answers) -> bool:
        return self.step is None or self.step.is_asked(answers)


def _is_intimate(question: AnyQuestion) -> bool:
    """Whether every answer it offers is about sexual violence or intimate pictures."""
    if isinstance(question, Listed) and question.codes:
        return all(is_intimate_code(question, code) for code in question.codes)
    return question.compartment is Compartment.INTIMATE


def urgent_pages() -> tuple[FormPage, ...]:
    """The groups of the urgent page."""
    ways = urgent.CONTACT_METHOD
    return tuple(
        FormPage(
            urgent.STEP.title,
            CONTACT if ways in group.questions else urgent.STEP.slug,
            group.title,
            group.questions,
        )
        for group in urgent.STEP.groups
    )


def pages(route: str = "") -> tuple[FormPage, ...]:
    """Every page, after those of the urgent route where the report came by that."""
    of_form = tuple(
        FormPage(section.title, step.slug, step.title, step.questions, step.repeats, step)
        for section in SECTIONS
        for step in section.steps
    )
    return (*urgent_pages(), *of_form) if route == "urgent" else of_form


Told: TypeAlias = Mapping[str, object]
"""Answers by the names of their questions, as JSON has them."""


def placed(told: Told, among: Sequence[FormPage], known: Answers) -> list[dict[str, object]]:
    """For each page what it asked of `told`, and at the end what no page asks.

    Of a list asked in parts each page has its own. Pages that `known` asks for choose first.
    """
    left = dict(told)
    found: list[dict[str, object]] = [{} for _page in among]
    asked = [place for place, page in enumerate(among) if page.is_asked(known)]
    for place in asked:
        _take(among[place], left, found[place], whole=False)
    for place in (*asked, *range(len(among))):
        _take(among[place], left, found[place], whole=True)
    return [*found, left]


def _take(
    page: FormPage, left: dict[str, object], found: dict[str, object], *, whole: bool
) -> None:
    """Move what this page asks of what is `left` to what was `found` on it."""
    for question in page.questions:
        value = left.get(question.name)
        mine = value if whole else _part(question, value)
        if mine is None or mine == []:
            continue
        found[question.name] = _joined(found.get(question.name), mine)
        _leave(left, question.name, value, mine)
    if page.things is not None and page.things.name in left:
        found[page.things.name] = left.pop(page.things.name)


def _part(question: AnyQuestion, value: object) -> object:
    """Of a list the codes that are offered here; anything else whole."""
    if not isinstance(question, Listed) or not isinstance(value, list):
        return value
    offered = {term.code for term in question.terms}
    return [code for code in value if code in offered]


def _leave(left: dict[str, object], name: str, value: object, taken: object) -> None:
    rest = (
        [code for code in value if code not in taken]
        if isinstance(value, list) and isinstance(taken, list)
        else []
    )
    if rest:
        left[name] = rest
    else:
        del left[name]


def _joined(before: object, more: object) -> object:
    return [*before, *more] if isinstance(before, list) and isinstance(more, list) else more
