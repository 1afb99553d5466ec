"""Questions that are answered out of a vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Any

from typing_extensions import override

from intake.form.answers import Answers, Stored
from intake.form.question import Question, T_co, Text
from intake.form.vocabularies import Term, vocabulary


@dataclass(frozen=True)
class Listed(Question[T_co]):
    """A question answered out of a vocabulary: all of it or the `codes` offered here."""

    vocabulary: str
    codes: tuple[str, ...] = ()
    among: Listed[Any] | None = None
    """Another question of the same vocabulary: only what was chosen there is offered."""
    senseless: Callable[[Answers], frozenset[str]] | None = None
    """The codes that make no sense beside these answers, and are not offered."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms offered, in the order they are shown."""
        words = vocabulary(self.vocabulary)
        return tuple(words.by_code[code] for code in self.codes) if self.codes else words.terms

    def offered(self, answers: Answers) -> tuple[Term, ...]:
        """The terms offered to somebody who gave these answers."""
        out = self.senseless(answers) if self.senseless else frozenset()
        sensible = (term for term in self.terms if term.code not in out)
        if self.among is None:
            return tuple(sensible)
        chosen = answers[self.among] or ()
        return tuple(term for term in sensible if term.code in chosen)


@dataclass(frozen=True)
class Choice(Listed[str]):
    """One code; `listed` where it is kept as a list of one, as other pages take several."""

    listed: bool = False

    @override
    def read(self, stored: Stored) -> str:
        return stored[0] if isinstance(stored, tuple) and stored else str(stored or "")

    @override
    def keep(self, value: str) -> Stored:
        return (value,) if self.listed else value


@dataclass(frozen=True)
class Sought(Choice):
    """One code of a long list, offered where `find` finds it by what was typed in `by`."""

    _: KW_ONLY
    by: Text
    find: Callable[[str], tuple[Term, ...]]

    @override
    def offered(self, answers: Answers) -> tuple[Term, ...]:
        return self.find(answers[self.by] or "")


@dataclass(frozen=True)
class Choices(Listed[tuple[str, ...]]):
    """Any number of codes; with `codes`, a part of a list that other pages ask for as well."""

    @override
    def read(self, stored: Stored) -> tuple[str, ...]:
        return stored if isinstance(stored, tuple) else (str(stored),)

    @override
    def keep(self, value: tuple[str, ...]) -> Stored:
        return tuple(value)

    @override
    def beside(self, before: Stored | None, kept: Stored) -> Stored:
        return (*self._others(before), *self.read(kept))

    @override
    def left(self, before: Stored) -> Stored | None:
        return self._others(before) or None

    def _others(self, before: Stored | None) -> tuple[str, ...]:
        """What other pages keep in the same list."""
        asked = {term.code for term in self.terms}
        kept = before if isinstance(before, tuple) else ()
        return tuple(code for code in kept if code not in asked)
