"""What every question has, and the questions that are answered in words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from typing_extensions import override

from intake.form.answers import Answers, State, Stored
from intake.form.compartments import Compartment

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
