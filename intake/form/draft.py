"""A report that is being written: its answers, and how far the person came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from intake.form.answers import Answers


@dataclass(frozen=True, repr=False)
class Draft:
    """Answers so far and the slugs of the steps that were passed or skipped, in that order.

    `sent` are the names of questions whose words were sent before, from the urgent page:
    they are not shown again, and what is written now is added to them. `typed` holds what
    could not be read as a date, a time or a number, by the question's name and, for a thing
    that repeats, `id/name`. `words` are the versions of the permissions' words that were
    shown, by code.
    """

    answers: Answers = field(default_factory=Answers)
    passed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def passing(self, slug: str, *, skipping: bool = False) -> Draft:
        """The draft with one more step passed; `skipping` where nothing was said on it."""
        others = tuple(other for other in self.skipped if other != slug)
        return replace(
            self,
            passed=tuple(dict.fromkeys((*self.passed, slug))),
            skipped=(*others, slug) if skipping else others,
        )

    def answering(self, answers: Answers) -> Draft:
        """The draft with other answers."""
        return replace(self, answers=answers)

    def to_json(self) -> dict[str, object]:
        return {
            "answers": self.answers.to_json(),
            "passed": list(self.passed),
            "skipped": list(self.skipped),
            "sent": list(self.sent),
            "typed": dict(self.typed),
            "words": dict(self.words),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Draft:
        """The draft that `to_json` wrote."""
        return cls(
            Answers.from_json(document["answers"]),
            tuple(document["passed"]),
            tuple(document["skipped"]),
            tuple(document["sent"]),
            MappingProxyType(dict(document.get("typed", {}))),
            MappingProxyType(dict(document.get("words", {}))),
        )
