"""Pages of the form: questions under headings."""

from __future__ import annotations

from dataclasses import dataclass

from intake.form.questions import AnyQuestion


@dataclass(frozen=True)
class Group:
    """Questions that stand together on a page under one heading."""

    title: str
    questions: tuple[AnyQuestion, ...]
    hint: str = ""


@dataclass(frozen=True)
class Step:
    """One page of the form."""

    slug: str
    title: str
    groups: tuple[Group, ...]

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        return tuple(question for group in self.groups for question in group.questions)
