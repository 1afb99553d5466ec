"""Everything that was answered, section by section, as it is read again before it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from flask_babel import gettext

from intake.form import journey
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.conditions import is_minor
from intake.form.draft import Draft
from intake.form.questions import LongText
from intake.form.steps import Section, Step
from intake.form.text import _
from intake.web.journey_form import Place
from intake.web.journey_words import (
    Line,
    Thing,
    label_of,
    line_of,
    things,
    title_of,
    words_of,
)

NOT_READ: Final = _("%(typed)s (we could not read this; it is sent as words)")


@dataclass(frozen=True)
class Part:
    """What was answered on one page of the form."""

    slug: str
    title: str
    lines: tuple[Line, ...] = field(repr=False)
    things: tuple[Thing, ...] = field(repr=False)
    empty: tuple[str, ...]
    is_skipped: bool
    is_folded: bool

    @property
    def is_said(self) -> bool:
        return bool(self.lines or self.things)


@dataclass(frozen=True)
class Chapter:
    """A section of the form, with the pages that somebody looked at and those she did not."""

    slug: str
    title: str
    parts: tuple[Part, ...]
    unseen: tuple[Part, ...]

    @property
    def is_said(self) -> bool:
        return any(part.is_said for part in self.parts)

    @property
    def left_empty(self) -> tuple[tuple[Part, str], ...]:
        """What was on the pages that were looked at and got no answer."""
        return tuple((part, words) for part in self.parts for words in part.empty)


def chapters(draft: Draft) -> tuple[Chapter, ...]:
    """Everything that these answers ask for, section by section."""
    return tuple(_chapter(section, draft) for section in journey.sections_for(draft.answers))


def _chapter(section: Section, draft: Draft) -> Chapter:
    asked = [step for step in section.steps if step.is_asked(draft.answers)]
    parts = [_part(step, draft) for step in asked]
    seen = [part for part in parts if part.is_said or part.slug in draft.passed]
    return Chapter(
        section.slug,
        section.title,
        tuple(seen),
        tuple(part for part in parts if part not in seen),
    )


def _part(step: Step, draft: Draft) -> Part:
    place = Place(step)
    lines = tuple(_lines(place, draft))
    said = {line.question for line in lines}
    asked = journey.questions_of(step, draft.answers)
    labels = (label_of(question, draft.answers) for question in asked)
    return Part(
        step.slug,
        title_of(step, draft.answers),
        lines,
        things(step.repeats, draft.answers) if step.repeats else (),
        tuple(label for label in labels if label not in said),
        step.slug in draft.skipped,
        _is_folded(step, draft.answers),
    )


def _lines(place: Place, draft: Draft) -> Iterator[Line]:
    answers = place.answers(draft)
    for question in journey.questions_of(place.step, answers):
        if typed := draft.typed.get(place.key(question)):
            words: tuple[str, ...] = (gettext(NOT_READ, typed=typed),)
        else:
            words = words_of(question, answers)
        if words:
            yield line_of(question, label_of(question, answers), words)


def _is_folded(step: Step, answers: Answers) -> bool:
    """Whether somebody who looks over her shoulder should not read it at a glance."""
    is_intimate = any(q.compartment is Compartment.INTIMATE for q in step.questions)
    is_told_of_a_child = is_minor(answers) and any(
        isinstance(q, LongText) for q in step.questions
    )
    return bool(step.warning) or is_intimate or is_told_of_a_child
