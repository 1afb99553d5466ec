"""The kinds of question a step can ask, and the answers to them.

A question is data: frozen, comparable, and free of HTTP, HTML and storage. Its text is marked
with `_` where it is written and translated where it is shown.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Generic, TypeAlias, TypeVar

from typing_extensions import override

from intake.form.compartments import Compartment
from intake.form.dates import EARLIEST, CivilDate
from intake.form.vocabularies import Term, vocabulary

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Stored: TypeAlias = str | bool | int | tuple[str, ...]
"""An answer as it is kept: text, a code, codes, a number or a tick."""


class State(StrEnum):
    """How far a question was answered; these are five different things."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    PREFER_NOT_TO_SAY = "prefer_not_to_say"


@dataclass(frozen=True, repr=False)
class Answers:
    """What has been answered so far, by the question's name.

    `answers[QUESTION]` is typed by the question, and None unless it was answered. A value is
    kept as `Stored`, or as a `State` where the person skipped, did not know or would not say.
    """

    values: Mapping[str, Stored | State] = field(default_factory=dict)

    def __getitem__(self, question: Question[T]) -> T | None:
        stored = self.values.get(question.name)
        return None if stored is None or isinstance(stored, State) else question.read(stored)

    def state(self, question: Question[Any]) -> State:
        """Whether the question was answered, and if not, why."""
        stored = self.values.get(question.name, State.UNANSWERED)
        if isinstance(stored, State):
            return stored
        return State(stored) if stored in _CODED_STATES else State.ANSWERED

    def having(self, question: Question[T], value: T | State) -> Answers:
        """These answers and one more."""
        stored = value if isinstance(value, State) else question.keep(value)
        return Answers(MappingProxyType({**self.values, question.name: stored}))

    def to_json(self) -> dict[str, object]:
        """The answers as JSON knows them; a `State` is `{"state": …}`."""
        return {name: _written(value) for name, value in self.values.items()}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Answers:
        """The answers that `to_json` wrote; raises `ValueError` for what it never writes."""
        return cls(MappingProxyType({name: _opened(value) for name, value in document.items()}))


_CODED_STATES = frozenset({State.UNKNOWN.value, State.PREFER_NOT_TO_SAY.value})


def _written(value: Stored | State) -> object:
    if isinstance(value, State):
        return {"state": value.value}
    return list(value) if isinstance(value, tuple) else value


def _opened(value: object) -> Stored | State:
    match value:
        case {"state": str(state)}:
            return State(state)
        case list():
            return tuple(map(str, value))
        case str() | bool() | int():
            return value
        case _:
            raise ValueError("not an answer")


Condition: TypeAlias = Callable[[Answers], bool]


@dataclass(frozen=True)
class Question(ABC, Generic[T_co]):
    """What every kind of question has; `T_co` is the type of its answer."""

    name: str
    label: str
    _: KW_ONLY
    compartment: Compartment
    hint: str = ""
    required: bool = False
    when: Condition | None = None

    def is_asked(self, answers: Answers) -> bool:
        return self.when is None or self.when(answers)

    @abstractmethod
    def read(self, stored: Stored) -> T_co:
        """The answer out of what is kept."""

    @abstractmethod
    def keep(self, value: Any) -> Stored:  # noqa: ANN401 - each kind takes its own
        """What is kept of the answer."""


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

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms offered, in the order they are shown."""
        words = vocabulary(self.vocabulary)
        return tuple(words.by_code[code] for code in self.codes) if self.codes else words.terms


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
class Choices(Listed[tuple[str, ...]]):
    """Any number of codes."""

    @override
    def read(self, stored: Stored) -> tuple[str, ...]:
        return stored if isinstance(stored, tuple) else (str(stored),)

    @override
    def keep(self, value: tuple[str, ...]) -> Stored:
        return tuple(value)


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


AnyQuestion: TypeAlias = Text | LongText | Choice | Choices | Day | TimeOfDay | Number | Tick
