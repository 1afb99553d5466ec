"""Where on the body and what is there: in words, and numbered on the pictures of a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from intake.form.aftermath import BODY_MARK, BODY_REGION
from intake.form.answers import Answers
from intake.form.body import STILL, Mark, marks
from intake.form.figures import FIGURES, figure
from intake.form.vocabularies import vocabulary
from intake.web.context import language

NAMES: Final = frozenset({BODY_REGION.name, BODY_MARK.name})
"""The questions whose answers are drawn."""


def picture(figure: str) -> str:
    """The file with both sides of this figure; its name tells nobody which one it is."""
    return f"body-{FIGURES.index(figure) + 1}.png"


@dataclass(frozen=True)
class Drawing:
    """The places that were told of, numbered in their order, on the figure that fits."""

    figure: str
    marks: tuple[Mark, ...] = field(repr=False)

    def on(self, side: str) -> list[tuple[int, Mark]]:
        """What lies on the front or on the back, with its number."""
        numbered = enumerate(self.marks, start=1)
        return [(n, mark) for n, mark in numbered if mark.place.attributes["side"] == side]

    @property
    def words(self) -> tuple[str, ...]:
        """What each number means."""
        return tuple(map(in_words, self.marks))


def drawing(told: Iterable[tuple[str, object]], known: Answers) -> Drawing | None:
    """What answers, as pairs of a question's name and JSON, tell of the body; None for nothing.

    `known` says whose body it is.
    """
    answers = tuple(told)
    found = marks(_codes(answers, BODY_REGION.name), _codes(answers, BODY_MARK.name))
    return Drawing(figure(known), found) if found else None


def in_words(mark: Mark) -> str:
    """One place with what is there: `Nose: burn; still there now`."""
    told = [_small(term.label(language())) for term in mark.kinds]
    if mark.is_still_there:
        told.append(_small(vocabulary("trace").label(STILL, language())))
    place = mark.place.label(language())
    return f"{place}: {'; '.join(told)}" if told else place


def words_of_marks(codes: Sequence[str]) -> tuple[str, ...]:
    """An answer to `body_mark` in words, place by place."""
    return tuple(map(in_words, marks((), codes)))


def _codes(told: Iterable[tuple[str, object]], name: str) -> list[str]:
    return [
        str(code)
        for question, value in told
        if question == name and isinstance(value, list | tuple)
        for code in value
    ]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
