"""The closed lists of codes, each with its labels in three languages.

Codes are stored, searched and exported; labels are shown. The lists are data of the package
(`data/*.toml`), read once when the first of them is asked for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from typing_extensions import override

VERSION: Final = "2026-11-23"
LANGUAGES: Final = ("en", "ru", "kk")
_KEPT_APART: Final = {"code", *LANGUAGES}


@dataclass(frozen=True)
class Term:
    """One code, its labels by language and what else is known of it (source, flags, dates)."""

    code: str
    labels: Mapping[str, str] = field(hash=False)
    attributes: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def label(self, language: str) -> str:
        """The label in `language`, else in English."""
        return self.labels.get(language) or self.labels["en"]

    def has(self, flag: str) -> bool:
        return bool(self.attributes.get(flag))

    def is_valid(self, on: date) -> bool:
        """Whether the term stands in the list on this day."""
        first = self.attributes.get("valid_from", date.min)
        last = self.attributes.get("valid_to", date.max)
        return bool(first <= on <= last)


@dataclass(frozen=True)
class Vocabulary:
    """A named, ordered list of terms."""

    name: str
    terms: tuple[Term, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    multiple: bool = False

    @cached_property
    def by_code(self) -> Mapping[str, Term]:
        return {term.code: term for term in self.terms}

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.by_code)

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def label(self, code: str, language: str) -> str:
        """The label of `code`; a code that is not in the list stands for itself."""
        term = self.by_code.get(code)
        return term.label(language) if term else code

    def title(self, language: str) -> str:
        return self.titles.get(language) or self.titles.get("en", self.name)

    def codes_with(self, flag: str) -> frozenset[str]:
        """The codes whose terms carry `flag`."""
        return frozenset(term.code for term in self.terms if term.has(flag))

    def valid(self, on: date) -> tuple[Term, ...]:
        """The terms that stand in the list on this day."""
        return tuple(term for term in self.terms if term.is_valid(on))


class _Library(Mapping[str, Vocabulary]):
    """Every vocabulary by name, read from the package when first asked."""

    @cached_property
    def _read(self) -> Mapping[str, Vocabulary]:
        folder = files("intake.form") / "data"
        themes = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml"))
        lists: dict[str, Mapping[str, Any]] = {}
        for theme in themes:
            lists |= tomllib.loads((folder / theme).read_text("utf-8")).get("vocab", {})
        found = {n: _vocabulary(n, rows) for n, rows in lists.items() if "of" not in rows}
        pairs = {n: _of_two(n, rows, found) for n, rows in lists.items() if "of" in rows}
        return MappingProxyType(found | pairs)

    @override
    def __getitem__(self, name: str) -> Vocabulary:
        return self._read[name]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    @override
    def __len__(self) -> int:
        return len(self._read)


VOCABULARIES: Final[Mapping[str, Vocabulary]] = _Library()


def vocabulary(name: str) -> Vocabulary:
    """The vocabulary called `name`; raises `KeyError` when there is none."""
    return VOCABULARIES[name]


def _of_two(name: str, rows: Mapping[str, Any], found: Mapping[str, Vocabulary]) -> Vocabulary:
    """Each place of one list with each word of another, as `nose.burn`: «Nose: burn»."""
    places, words = (found[part] for part in rows["of"])
    terms = (_pair(p, w) for p in places.terms if "side" in p.attributes for w in words.terms)
    return _named(name, rows, tuple(terms))


def _pair(place: Term, word: Term) -> Term:
    labels = {
        code: f"{label}: {_small(word.labels[code])}" for code, label in place.labels.items()
    }
    told = {"place": place.code, "word": word.code, "sensitive": place.has("sensitive")}
    return Term(f"{place.code}.{word.code}", labels, told)


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _vocabulary(name: str, rows: Mapping[str, Any]) -> Vocabulary:
    return _named(name, rows, tuple(map(_term, rows["items"])))


def _named(name: str, rows: Mapping[str, Any], terms: tuple[Term, ...]) -> Vocabulary:
    return Vocabulary(
        name,
        terms,
        {language: rows[language] for language in LANGUAGES},
        multiple=rows.get("multi", False),
    )


def _term(row: Mapping[str, Any]) -> Term:
    return Term(
        row["code"],
        {language: row[language] for language in LANGUAGES},
        {key: value for key, value in row.items() if key not in _KEPT_APART},
    )
