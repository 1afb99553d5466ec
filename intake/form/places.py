"""Finding towns in what people type, and the first-level unit a town lay in on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

from intake.form.folding import folded
from intake.form.vocabularies import Term, vocabulary

# Russian and Kazakh endings that follow a town's name, folded: "в Таразе", "Таразда".
_ENDINGS: Final = re.compile(
    "[aeuio]|o[mi]|em|i[ua]|ami|ah|sk(i|oi|om|aia|ogo|uiu)|"
    "[dtn][ae]n?|[gk][ae]|nd[ae]|[dt][ae]gi|[ndt]?in|[ndt]i"
)
_SHORTEST_STEM: Final = 4


def find_localities(text: str, *, limit: int = 8) -> tuple[Term, ...]:
    """Towns whose name, in any spelling, is in `text` or begins with it; likeliest first."""
    typed = folded(text)
    if not typed:
        return ()
    named = [term for name, term in _names() if _is_named(name, typed)]
    begun = [term for name, term in _names() if name.startswith(typed)]
    return tuple(dict.fromkeys((*named, *begun)))[:limit]


def locality_in(text: str) -> Term | None:
    """The town that `text` names, or None when it names none or several."""
    if not text.strip():
        return None
    typed = _without_units(folded(text))
    named = {term.code: term for name, term in _names() if _is_named(name, typed)}
    return next(iter(named.values())) if len(named) == 1 else None


def unit_of(locality: str, on: date) -> str:
    """The first-level unit in which a town (its code) lay on a day; `unknown` if no town."""
    term = vocabulary("locality").by_code.get(locality)
    if term is None:
        return "unknown"
    moved = term.attributes.get("moved", date.min)
    return str(term.attributes["unit_then" if on < moved else "unit"])


def unit_then(region: str, on: date) -> str:
    """The first-level unit to which the land of a unit (its code) belonged on a day."""
    moved = {unit_of(town.code, on) for town in _towns() if town.attributes["unit"] == region}
    return moved.pop() if len(moved) == 1 else region


def unit_in(text: str) -> str | None:
    """The first-level unit that `text` names as a region, or None."""
    if not text.strip():
        return None
    typed = f" {folded(text)} "
    return next((code for name, code in _units() if f" {name} " in typed), None)


def _without_units(typed: str) -> str:
    """`typed` without names of regions, because several are called after a town elsewhere."""
    for name, _ in _units():
        typed = f" {typed} ".replace(f" {name} ", " ").strip()
    return typed


@cache
def _names() -> tuple[tuple[str, Term], ...]:
    """Every spelling of every town, folded; longest first."""
    pairs = {(folded(name), term.code): term for term in _towns() for name in _spellings(term)}
    found = [(name, term) for (name, _), term in pairs.items()]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


def _towns() -> tuple[Term, ...]:
    return vocabulary("locality").terms


def _spellings(term: Term) -> Iterator[str]:
    for label in term.labels.values():
        yield from label.rstrip(")").split(" (")
    yield from term.attributes.get("other", ())


@cache
def _units() -> tuple[tuple[str, str], ...]:
    """Every name of every region, folded; cities are found as towns."""
    regions = (t for t in vocabulary("region").terms if t.attributes.get("centre", "—") != "—")
    return tuple(
        (folded(name), term.code)
        for term in regions
        for label in term.labels.values()
        for name in _region_spellings(label)
    )


def _region_spellings(label: str) -> Iterator[str]:
    """`Jambyl (Zhambyl) Region` as both its names, `Область Абай` also the other way round."""
    first, _, rest = label.partition(" (")
    other, _, tail = rest.partition(") ")
    yield from (f"{first} {tail}", f"{other} {tail}") if rest else (label,)
    if label.startswith("Область "):
        name = label.removeprefix("Область ")
        yield from (f"{name} область", f"области {name}", f"{name} обл")
    elif label.endswith("ая область"):
        stem = label.removesuffix("ая область")
        yield from (f"{stem}ой области", f"{stem}ую область", f"{stem}ая обл")
    elif label.endswith(" облысы"):
        yield f"{label}нда"


def _is_named(name: str, typed: str) -> bool:
    """Whether `typed` holds `name` as whole words, the last one with or without an ending."""
    if name[:-1] not in typed:  # an ending takes away the last letter at most
        return False
    words, wanted = typed.split(), name.split()
    spans = (words[i : i + len(wanted)] for i in range(len(words) - len(wanted) + 1))
    return any(s[:-1] == wanted[:-1] and _is_form(s[-1], wanted[-1]) for s in spans)


def _is_form(word: str, name: str) -> bool:
    """Whether `word` is `name` in some case: "Караганде" of "Караганда"."""
    if word == name:
        return True
    stem = name[:-1] if name[-1] in "aeiou" else name
    if len(stem) < _SHORTEST_STEM:
        return False
    ending = word.removeprefix(name)
    shortened = word.removeprefix(stem)
    return (ending != word and _ENDINGS.fullmatch(ending) is not None) or (
        stem != name and shortened in {"", "e", "u", "i", "oi"}
    )
