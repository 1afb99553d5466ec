"""What stands on a sheet of paper, as plain data: sections, pages, questions, room to write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from intake.form.vocabularies import Term

Kind = Literal["lines", "boxes", "tick", "day", "time", "number", "table"]


@dataclass(frozen=True)
class Tongue:
    """One language: its code and what translates the marked English texts into it."""

    code: str
    gettext: Callable[[str], str]

    def say(self, text: str, **values: object) -> str:
        """`text` in this language; nothing for nothing."""
        if not text:
            return ""
        said = self.gettext(text)
        return said % values if values else said

    def all(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Several texts in this language."""
        return tuple(map(self.say, texts))

    def label(self, term: Term) -> str:
        return term.label(self.code)


@dataclass(frozen=True)
class Option:
    """A box to tick; `more` says beneath it what a tick means."""

    label: str
    more: str = ""


@dataclass(frozen=True)
class Options:
    """Boxes under a heading, which may be empty."""

    title: str
    those: tuple[Option, ...]


@dataclass(frozen=True)
class Field:
    """One question with its room for an answer.

    `rows` is how many lines there are to write on, `is_one` whether one box alone is ticked.
    `states` are ways of not answering, `note` says when to leave the question out;
    `has_pictures` where places can be marked on a body as well.
    """

    number: str
    label: str
    kind: Kind
    hint: str = ""
    note: str = ""
    rows: int = 0
    is_one: bool = False
    options: tuple[Options, ...] = ()
    states: tuple[str, ...] = ()
    has_pictures: bool = False


@dataclass(frozen=True)
class Block:
    """Questions that stand together under a heading, which may be empty."""

    title: str
    hint: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Things:
    """Things of one kind with room for `room` of them."""

    title: str
    room: int
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Page:
    """What the form asks on one page; one that is `is_apart` stands on a sheet of its own."""

    number: str
    title: str
    branch: str = ""
    warning: str = ""
    told: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    things: Things | None = None
    is_apart: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the form with a name, such as "What happened"."""

    title: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Part:
    """Sentences under a heading; `points` stand one below the other."""

    title: str
    sentences: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    is_framed: bool = False


@dataclass(frozen=True)
class Paper:
    """A whole form as it is printed; `words` are those that the pages repeat."""

    language: str
    title: str
    version: str
    cover: tuple[Part, ...]
    sections: tuple[Section, ...]
    staff: Page
    words: Mapping[str, str]

    def as_json(self) -> Mapping[str, Any]:
        """The same as values that JSON knows."""
        return asdict(self)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every question of the form on it, in order; those of things once."""
        pages = [page for section in self.sections for page in section.pages]
        return tuple(field for page in pages for field in fields_of(page))


@dataclass(frozen=True)
class Leaf:
    """A form of one page of questions, as it is printed on both sides of one leaf."""

    language: str
    title: str
    version: str
    cover: tuple[Part, ...]
    page: Page
    words: Mapping[str, str]

    def as_json(self) -> Mapping[str, Any]:
        """The same as values that JSON knows."""
        return asdict(self)


def fields_of(page: Page) -> tuple[Field, ...]:
    """Every question of a page; those of things once."""
    asked = tuple(field for block in page.blocks for field in block.fields)
    return (*asked, *(page.things.fields if page.things else ()))
