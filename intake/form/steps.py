"""Pages of the form: questions under headings, in sections."""

from __future__ import annotations

from dataclasses import dataclass

from intake.form.answers import Answers
from intake.form.questions import AnyQuestion, Condition, Repeated


@dataclass(frozen=True)
class Group:
    """Questions that stand together; `title` is empty where the title of the page is enough."""

    title: str
    questions: tuple[AnyQuestion, ...]
    hint: str = ""


@dataclass(frozen=True)
class Step:
    """One page of the form, or with `repeats` a list of things and a page for each.

    `own` is the title for somebody who tells of themselves, where it differs. `told` are
    sentences said before anything is asked; `warning` says what the page is about where that
    may hurt, and stands before it. `when` says for which answers it is asked.
    """

    slug: str
    title: str
    groups: tuple[Group, ...] = ()
    told: tuple[str, ...] = ()
    warning: str = ""
    repeats: Repeated | None = None
    when: Condition | None = None
    own: str = ""

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        return tuple(question for group in self.groups for question in group.questions)

    def is_asked(self, answers: Answers) -> bool:
        return self.when is None or self.when(answers)


@dataclass(frozen=True)
class Section:
    """A part of the form with a name, such as "What happened"."""

    slug: str
    title: str
    steps: tuple[Step, ...]
