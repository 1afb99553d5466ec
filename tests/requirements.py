"""`requirements.toml` as rows: fields, branches, requirements and phrases."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from intake.form.answers import Answers

HERE: Final = Path(__file__).parent
_TABLE: Final[Mapping[str, Any]] = tomllib.loads((HERE / "requirements.toml").read_text())
_REQUIREMENT: Final = re.compile(r"E\d\d")
_TEST: Final = re.compile(r"tests/[\w/]+\.py(?:::\w+)+")
_NO_QUESTION: Final = ("desk: ", "elsewhere: ", "later: ")


@dataclass(frozen=True)
class Question:
    """A question: the field it answers, where the answer is sealed, and where it is read."""

    field: str
    name: str
    sealed: frozenset[str]
    read: str


@dataclass(frozen=True)
class Sentence:
    """What stands at an address, or on the `page` of the form, for who told this."""

    requirement: str
    finds: str
    at: str
    page: str
    told: Answers = field(repr=False)


@dataclass(frozen=True)
class Requirement:
    """One of E01 to E26."""

    name: str
    sentences: tuple[Sentence, ...]
    tests: tuple[str, ...]
    desk: str


def _questions(part: str) -> Iterator[Question]:
    for name, (_who, *lines) in _TABLE[part].items():
        for line in lines:
            if not line.startswith(_NO_QUESTION):
                yield from _of_line(name, line)


def _of_line(field_name: str, line: str) -> Iterator[Question]:
    names, sealed, read = line.split(" → ")
    for name in names.split(", "):
        yield Question(field_name, name, frozenset(sealed.split(", ")), read)


def _sentence(requirement: str, row: Mapping[str, Any]) -> Sentence:
    told = {k: tuple(v) if isinstance(v, list) else v for k, v in row.get("told", {}).items()}
    page = row.get("page", "")
    at = row.get("at") or f"/en/report/{page}"
    return Sentence(requirement, row["finds"], at, page, Answers(told))


def _requirements() -> Iterator[Requirement]:
    for name, row in _TABLE.items():
        if _REQUIREMENT.fullmatch(name):
            sentences = tuple(_sentence(name, page) for page in row.get("pages", ()))
            yield Requirement(name, sentences, tuple(row.get("tests", ())), row.get("desk", ""))


FIELDS: Final[Mapping[str, list[str]]] = _TABLE["fields"]
"""Who fills in each field, and what is said of it."""
QUESTIONS: Final = (*_questions("fields"), *_questions("branches"))
READ_IN: Final[Mapping[str, str]] = {question.name: question.read for question in QUESTIONS}
"""The part of the case view in which the answer is read, by the question's name."""
UNASKED: Final[Mapping[str, str]] = _TABLE["unasked"]
REQUIREMENTS: Final = tuple(_requirements())
SENTENCES: Final = tuple(s for row in REQUIREMENTS for s in row.sentences)
PHRASES: Final[Mapping[str, str]] = _TABLE["phrases"]
TESTS: Final = tuple(
    sorted(
        {test for row in REQUIREMENTS for test in row.tests}
        | {test for lines in FIELDS.values() for line in lines for test in _TEST.findall(line)}
    )
)
"""Every test that the table names, `path::name`."""
