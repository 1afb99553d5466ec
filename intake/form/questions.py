"""The kinds of question a step can ask.

A question is data: frozen, comparable, and free of HTTP, HTML and storage. Its text is marked
with `_` where it is written and translated where it is shown.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date, time
from typing import Any, Generic, TypeAlias, TypeVar
from uuid import UUID

from typing_extensions import override

from intake.form.answers import Answers, State, Stored
from intake.form.compartments import Compartment
from intake.form.dates import EARLIEST, CivilDate
from intake.form.vocabularies import Term, vocabulary

T_co = TypeVar("T_co", covariant=True)
Condition: TypeAlias = Callable[[Answers], bool]


@dataclass(frozen=True)
class Question(ABC, Generic[T_co]):
    """What every kind of question has; `T_co` is the type of its answer.

    `own` is the label for somebody who tells of themselves, where it differs. `states` are the
    ways of not answering that stand beside it as ticks of their own.
    """

    name: str
    label: str
    _: KW_ONLY
    compartment: Compartment
    own: str = ""
    hint: str = ""
    when: Condition | None = None
    states: tuple[State, ...] = ()

    def is_asked(self, answers: Answers) -> bool:
        return self.when is None or self.when(answers)

    @abstractmethod
    def read(self, stored: Stored) -> T_co:
        """The answer out of what is kept."""

    @abstractmethod
    def keep(self, value: Any) -> Stored:  # noqa: ANN401 - each kind takes its own
        """What is kept of the answer."""

    def beside(self, before: Stored | None, kept: Stored) -> Stored:  # noqa: ARG002
        """What is kept once `kept` is answered where `before` was kept."""
        return kept

    def left(self, before: Stored) -> Stored | None:  # noqa: ARG002
        """What stays of `before` when this question's answer is taken away."""
        return None


@dataclass(frozen=True)
class Text(Question[str]):
    """A few words on one line."""

    max_length: int = 300
    rows: int = 1

    @override
    def read(self, stored: Stored) -> str:
        return str(stored)

    @override
    def keep(self, value: str) -> Stored:
        return value


@dataclass(frozen=True)
class LongText(Text):
    """A story in the person's own words."""

    max_length: int = 20_000
    rows: int = 8


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


@dataclass(frozen=True)
class Day(Question[CivilDate]):
    """A local civil date as it was said."""

    earliest: date = EARLIEST
    future: bool = False

    @override
    def read(self, stored: Stored) -> CivilDate:
        return CivilDate.from_text(str(stored))

    @override
    def keep(self, value: CivilDate) -> Stored:
        return str(value)


@dataclass(frozen=True)
class TimeOfDay(Question[time]):
    """A local time of day, in hours and minutes."""

    @override
    def read(self, stored: Stored) -> time:
        return time.fromisoformat(str(stored))

    @override
    def keep(self, value: time) -> Stored:
        return value.isoformat("minutes")


@dataclass(frozen=True)
class Number(Question[int]):
    """A whole number between `least` and `most`."""

    least: int = 0
    most: int = 100_000

    @override
    def read(self, stored: Stored) -> int:
        return int(str(stored))

    @override
    def keep(self, value: int) -> Stored:
        return value


@dataclass(frozen=True)
class Tick(Question[bool]):
    """A single check box."""

    @override
    def read(self, stored: Stored) -> bool:
        return stored is True

    @override
    def keep(self, value: bool) -> Stored:
        return value


@dataclass(frozen=True)
class Member(Question[UUID]):
    """A member of the coalition, by id; whoever shows the question knows who may be chosen."""

    @override
    def read(self, stored: Stored) -> UUID:
        return UUID(str(stored))

    @override
    def keep(self, value: UUID) -> Stored:
        return value.hex


AnyQuestion: TypeAlias = (
    Text | LongText | Choice | Sought | Choices | Day | TimeOfDay | Number | Tick | Member
)


@dataclass(frozen=True)
class Repeated:
    """Things of one kind that may be several, each with an id and the same questions.

    `title` is said over one of them, `add` on the button for another; `shown` are the names
    of the questions by which one is recognised in the list.
    """

    name: str
    title: str
    add: str
    questions: tuple[AnyQuestion, ...]
    shown: tuple[str, ...]
    most: int = 50
