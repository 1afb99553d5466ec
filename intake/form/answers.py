"""What has been answered: by question, and for things that repeat, by the id of each thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

if TYPE_CHECKING:
    from intake.form.questions import Question, Repeated

T = TypeVar("T")
Stored: TypeAlias = str | bool | int | tuple[str, ...]
"""An answer as it is kept: text, a code, codes, a number or a tick."""
ITEM_ID: Final = re.compile(r"[a-z2-7]{8}")
"""What the id of a thing looks like: 40 random bits."""


class State(StrEnum):
    """How far a question was answered; these are five different things."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    PREFER_NOT_TO_SAY = "prefer_not_to_say"


_CODED_STATES = frozenset({State.UNKNOWN.value, State.PREFER_NOT_TO_SAY.value})


@dataclass(frozen=True)
class Item:
    """One of several things of a kind, such as one officer of three."""

    id: str
    answers: Answers = field(repr=False)


@dataclass(frozen=True, repr=False)
class Answers:
    """What has been answered so far, by the question's name.

    `answers[QUESTION]` is typed by the question, and None unless it was answered. A value is
    kept as `Stored`, or as a `State` where the person skipped, did not know or would not say.
    `items` holds the things that repeat, by the name of their kind, in the order they came.
    """

    values: Mapping[str, Stored | State] = field(default_factory=dict)
    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)

    def __getitem__(self, question: Question[T]) -> T | None:
        stored = self.values.get(question.name)
        return None if stored is None or isinstance(stored, State) else question.read(stored)

    def __bool__(self) -> bool:
        return bool(self.values or any(self.items.values()))

    def state(self, question: Question[Any]) -> State:
        """Whether the question was answered, and if not, why."""
        stored = self.values.get(question.name, State.UNANSWERED)
        if isinstance(stored, State):
            return stored
        return State(stored) if stored in _CODED_STATES else State.ANSWERED

    def having(self, question: Question[T], value: T | State) -> Answers:
        """These answers and one more; of a list asked in parts, only the part asked changes.

        That nothing was said of a part is not kept where other parts hold codes.
        """
        before = self.values.get(question.name)
        kept = None if before is None or isinstance(before, State) else before
        if isinstance(value, State):
            left = None if kept is None else question.left(kept)
            return self._with(question.name, value if left is None else left)
        return self._with(question.name, question.beside(kept, question.keep(value)))

    def without(self, question: Question[Any]) -> Answers:
        """These answers without one; of a list asked in parts, without the part asked."""
        before = self.values.get(question.name)
        left = None if before is None or isinstance(before, State) else question.left(before)
        if left is not None:
            return self._with(question.name, left)
        others = {name: value for name, value in self.values.items() if name != question.name}
        return Answers(MappingProxyType(others), self.items)

    def _with(self, name: str, stored: Stored | State) -> Answers:
        return Answers(MappingProxyType({**self.values, name: stored}), self.items)

    def of(self, repeated: Repeated) -> tuple[Item, ...]:
        """The things of one kind, in the order they came."""
        return self.items.get(repeated.name, ())

    def item(self, repeated: Repeated, id_: str) -> Item | None:
        """The thing with this id, None where there is none."""
        return next((item for item in self.of(repeated) if item.id == id_), None)

    def with_item(self, repeated: Repeated, item: Item) -> Answers:
        """These answers with `item`, in the place of the one that has its id."""
        before = self.of(repeated)
        if self.item(repeated, item.id) is None:
            return self._with_items(repeated, (*before, item))
        return self._with_items(
            repeated, tuple(item if other.id == item.id else other for other in before)
        )

    def without_item(self, repeated: Repeated, id_: str) -> Answers:
        """These answers without the thing that has this id."""
        return self._with_items(repeated, (i for i in self.of(repeated) if i.id != id_))

    def _with_items(self, repeated: Repeated, items: Iterable[Item]) -> Answers:
        kept = {**self.items, repeated.name: tuple(items)}
        present = {name: things for name, things in kept.items() if things}
        return Answers(self.values, MappingProxyType(present))

    def to_json(self) -> dict[str, object]:
        """The answers as JSON knows them; a `State` is `{"state": …}`, things are a list."""
        values = {name: _written(value) for name, value in self.values.items()}
        return values | {name: list(map(_item_json, it)) for name, it in self.items.items()}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Answers:
        """The answers that `to_json` wrote; raises `ValueError` for what it never writes."""
        things = {name for name, value in document.items() if _is_items(value)}
        return cls(
            MappingProxyType({n: _opened(v) for n, v in document.items() if n not in things}),
            MappingProxyType({name: tuple(_items(document[name])) for name in things}),
        )


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


def _is_items(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _items(things: Iterable[Mapping[str, Any]]) -> Iterator[Item]:
    for thing in things:
        if not ITEM_ID.fullmatch(str(thing.get("id"))):
            raise ValueError("not a thing's id")
        yield Item(thing["id"], Answers.from_json(thing["answers"]))


def _item_json(item: Item) -> dict[str, object]:
    return {"id": item.id, "answers": item.answers.to_json()}
