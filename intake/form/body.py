"""Where on the body, and what is there: the questions, and their answers put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from typing_extensions import override

from intake.form.answers import Answers
from intake.form.questions import Choices
from intake.form.vocabularies import Term, Vocabulary, vocabulary

STILL: Final = "still"
"""The code that says of a place that what was done to it can still be seen or felt."""


@dataclass(frozen=True)
class Side:
    """One of the pictures; `hands` are the person's hands as they lie on it, left to right."""

    title: Term
    hands: tuple[Term, ...]

    @property
    def code(self) -> str:
        return self.title.code


@dataclass(frozen=True)
class Part:
    """Options of a list under one heading, each after the code as which it is kept."""

    title: Term
    options: tuple[tuple[str, Term], ...]


@dataclass(frozen=True)
class Regions(Choices):
    """Places of the body: a list in parts, and two pictures that tick the same places."""

    @property
    def drawn(self) -> tuple[Term, ...]:
        """The places on the pictures that somebody fills in: none that is private (E11)."""
        return tuple(t for t in self.terms if "side" in t.attributes and not t.has("sensitive"))

    def without_private(self) -> Regions:
        """The same question without the tick that leads to the private places."""
        return replace(self, codes=tuple(t.code for t in self.drawn))

    def parts(self, terms: Iterable[Term]) -> tuple[Part, ...]:
        """The places under the part of the body where they lie, in the order of the parts."""
        return _parts(
            vocabulary("body_part"), ((str(t.attributes["part"]), t.code, t) for t in terms)
        )


@dataclass(frozen=True)
class Marks(Choices):
    """What is there on each place that was chosen: codes such as `nose.burn`."""

    @override
    def offered(self, answers: Answers) -> tuple[Term, ...]:
        if self.among is None:
            return self.terms
        chosen = answers[self.among] or ()
        return tuple(term for term in self.terms if term.attributes["place"] in chosen)

    def parts(self, terms: Iterable[Term]) -> tuple[Part, ...]:
        """What may be said of each place, under its name."""
        words = vocabulary("trace").by_code
        told = ((t.attributes["place"], t.code, words[t.attributes["word"]]) for t in terms)
        return _parts(vocabulary("body_region"), told)


@dataclass(frozen=True)
class Mark:
    """One place with everything that was told of it; `kinds` may be empty."""

    place: Term
    kinds: tuple[Term, ...] = ()
    is_still_there: bool = False


def sides() -> tuple[Side, ...]:
    """The front, where the right hand lies on the left of the picture, and the back."""
    title, hands = vocabulary("body_side").by_code, vocabulary("body_hand").terms
    return Side(title["front"], hands), Side(title["back"], hands[::-1])


def marks(places: Iterable[str], codes: Iterable[str]) -> tuple[Mark, ...]:
    """Every place that was named, alone or in a code of `body_mark`, in the list's order.

    Codes that no list knows and the tick that leads to a page of its own are left out.
    """
    told = set(codes)
    named = {*places, *(code.partition(".")[0] for code in told)}
    on_pictures = (t for t in vocabulary("body_region").terms if "side" in t.attributes)
    return tuple(_mark(place, told) for place in on_pictures if place.code in named)


def _mark(place: Term, told: set[str]) -> Mark:
    kinds = (t for t in vocabulary("trace").terms if f"{place.code}.{t.code}" in told)
    found = {term.code: term for term in kinds}
    is_still_there = found.pop(STILL, None) is not None
    return Mark(place, tuple(found.values()), is_still_there)


def codes_of(places: Iterable[str]) -> tuple[str, ...]:
    """The codes of `body_mark` for these places."""
    wanted = set(places)
    terms = vocabulary("body_mark").terms
    return tuple(term.code for term in terms if term.attributes["place"] in wanted)


def _parts(titles: Vocabulary, options: Iterable[tuple[str, str, Term]]) -> tuple[Part, ...]:
    found: dict[str, list[tuple[str, Term]]] = {title: [] for title in titles.codes}
    for title, code, term in options:
        found[title].append((code, term))
    return tuple(Part(titles.by_code[t], tuple(those)) for t, those in found.items() if those)
