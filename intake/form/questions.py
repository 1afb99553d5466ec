"""The kinds of question a step can ask.

A question is data: frozen, comparable, and free of HTTP, HTML and storage. Its text is marked
with `_` where it is written and translated where it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TypeAlias
from uuid import UUID

from typing_extensions import override

from intake.form.answers import Stored
from intake.form.dates import EARLIEST, CivilDate
from intake.form.listed import Choice, Choices, Listed, Sought
from intake.form.manifest import Manifest
from intake.form.question import Condition, LongText, Question, Text

__all__ = [
    "AnyQuestion",
    "Attached",
    "Choice",
    "Choices",
    "Condition",
    "Day",
    "Listed",
    "LongText",
    "Member",
    "Number",
    "Question",
    "Repeated",
    "Sought",
    "Text",
    "Tick",
    "TimeOfDay",
]


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


@dataclass(frozen=True)
class Attached(Question[Manifest]):
    """A file; `spoken` where somebody may speak instead, into the device itself."""

    spoken: bool = False

    @override
    def read(self, stored: Stored) -> Manifest:
        return Manifest.from_stored(stored if isinstance(stored, tuple) else ())

    @override
    def keep(self, value: Manifest) -> Stored:
        return value.to_stored()


AnyQuestion: TypeAlias = (
    Text
    | LongText
    | Choice
    | Sought
    | Choices
    | Day
    | TimeOfDay
    | Number
    | Tick
    | Member
    | Attached
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
