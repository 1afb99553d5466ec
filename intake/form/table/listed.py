"""Words in a cell read as codes of a list: by code or label, in any language of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from intake.form.table.columns import squeezed
from intake.form.vocabularies import Term, vocabulary

_BETWEEN: Final = re.compile(r"[;\n]")
_IN_BRACKET: Final = re.compile(r"[,;]")
_NEAR: Final = 0.5  # of the pairs of letters of the shorter one
_MOST_NEAR: Final = 3
_SHORT_LIST: Final = 6
_COMPARED: Final = 80  # characters


def codes_in(
    text: str, name: str, also: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of the list `name` that `text` says, and the words that say none."""
    said = [(part, _codes_of(part, name, also)) for part in _parts(text, name)]
    codes = dict.fromkeys(code for _part, found in said for code in found)
    return tuple(codes), tuple(part for part, found in said if not found)


def code_in(text: str, name: str, also: Mapping[str, str]) -> str | None:
    """The one code that `text` says; None where it says none, or several."""
    codes, unread = codes_in(text, name, also)
    return codes[0] if len(codes) == 1 and not unread else None


@lru_cache(maxsize=1024)
def nearest(text: str, name: str) -> tuple[Term, ...]:
    """The terms that come closest to `text`, closest first; of a short list, all of them."""
    terms = vocabulary(name).terms
    if len(terms) <= _SHORT_LIST:
        return terms
    typed = _pairs(squeezed(text[:_COMPARED]))
    ranked = sorted(
        ((_likeness(typed, pairs), code) for pairs, code in _likely(name)), reverse=True
    )
    close = dict.fromkeys(code for likeness, code in ranked if likeness >= _NEAR)
    return tuple(vocabulary(name).by_code[code] for code in [*close][:_MOST_NEAR])


def _parts(text: str, name: str) -> Iterator[str]:
    """What semicolons and lines part; a label that holds a semicolon itself stays whole."""
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    place = 0
    while place < len(parts):
        two = "; ".join(parts[place : place + 2])
        taken = 2 if squeezed(two) in _keys(name) else 1
        yield two if taken == 2 else parts[place]  # noqa: PLR2004
        place += taken


def _codes_of(part: str, name: str, also: Mapping[str, str]) -> tuple[str, ...]:
    """One code, or several where commas part what the list knows one by one."""
    whole = _code(part, name, also)
    if whole:
        return (whole,)
    codes = [_code(one, name, also) for one in part.split(",")]
    return tuple(code for code in codes if code) if all(codes) else ()


def _code(words: str, name: str, also: Mapping[str, str]) -> str | None:
    key = squeezed(words)
    return also.get(key) or _keys(name).get(key)


@cache
def _keys(name: str) -> Mapping[str, str]:
    """Everything by which exactly one code of a list may be called, squeezed."""
    found: dict[str, set[str]] = {}
    for term in vocabulary(name).terms:
        for words in _names(term):
            found.setdefault(squeezed(words), set()).add(term.code)
    known = {key: codes.pop() for key, codes in found.items() if key and len(codes) == 1}
    whole = {squeezed(w): t.code for t in vocabulary(name).terms for w in _whole(t)}
    return MappingProxyType(known | whole)


def _whole(term: Term) -> tuple[str, ...]:
    return (term.code, *term.labels.values())


def _names(term: Term) -> Iterator[str]:
    """A term's code, labels, what stands before a bracket, abbreviations in it, and halves."""
    yield term.code
    for label in term.labels.values():
        before, _, rest = label.partition(" (")
        yield from (label, before, *before.split(" / "))
        yield from filter(str.isupper, _IN_BRACKET.split(rest.rstrip(")")))


@cache
def _likely(name: str) -> tuple[tuple[frozenset[str], str], ...]:
    terms = vocabulary(name).terms
    return tuple(
        (_pairs(squeezed(label)), t.code) for t in terms for label in t.labels.values()
    )


def _pairs(key: str) -> frozenset[str]:
    return frozenset(key[place : place + 2] for place in range(len(key) - 1))


def _likeness(one: Iterable[str], other: frozenset[str]) -> float:
    mine = frozenset(one)
    return len(mine & other) / (min(len(mine), len(other)) or 1)
