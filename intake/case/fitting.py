"""Who fits what a person wished, and who of these comes first: rules with words, and no score.

The choice of a woman or a man and of the language is binding (E08, IP-208, IP-283); the other
rules only order those it leaves (E13: children are for those who work with children).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

_NO_WISH: Final = frozenset({"", "any"})
_NO_SEX: Final = frozenset({"", "prefer_not_to_say", "unknown"})
_NO_LANGUAGE: Final = frozenset({"other"})
"""A language that no code names: nobody can be found by it."""
_NO_REGION: Final = frozenset({"", "unknown"})


@dataclass(frozen=True, repr=False)
class Wished:
    """What the person chose, and what the case asks for; empty where nothing was said.

    `sex` is a code of `handler_gender`, `languages` are codes of `language`, of which one is
    enough, `region` is the unit of today.
    """

    sex: str = ""
    languages: tuple[str, ...] = ()
    region: str = ""
    is_about_child: bool = False
    needs_trained: bool = False

    @property
    def is_binding(self) -> bool:
        """Whether there is a wish at all that must be kept."""
        return self.sex not in _NO_WISH or bool(self.languages)


@dataclass(frozen=True, repr=False)
class Known:
    """What is known of somebody who could do it; empty where nobody wrote it down.

    `sex` is a code of `sex`; `open` cases are with her now, `most` she takes at once;
    `away_until` is the last day on which she is away, None where she is there.
    """

    sex: str = ""
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    with_children: bool = False
    with_survivors: bool = False
    away_until: date | None = None
    open: int = 0
    most: int | None = None

    @property
    def has_room(self) -> bool:
        """Whether she takes one case more."""
        return self.most is None or self.open < self.most


@dataclass(frozen=True)
class Reason:
    """Why somebody fits or not: the code of a rule, whether it holds, None where unknown.

    `about` are the codes that it is about, or the day until which somebody is away.
    """

    code: str
    holds: bool | None
    binds: bool
    about: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Fit:
    """Every reason that counts, in the order of `RULES`."""

    reasons: tuple[Reason, ...]
    open: int = 0

    @property
    def against(self) -> tuple[str, ...]:
        """The codes of the binding wishes that are not kept, or not known to be."""
        return tuple(one.code for one in self.reasons if one.binds and one.holds is not True)

    @property
    def fits(self) -> bool:
        """Whether every binding wish is kept."""
        return not self.against

    @property
    def place(self) -> tuple[bool | int, ...]:
        """What puts somebody before others: each rule in turn, then who has fewer cases."""
        rest = (one.holds is not True for one in self.reasons if not one.binds)
        return (not self.fits, *rest, self.open)


Answer = tuple[bool | None, tuple[str, ...]]
"""Whether a rule holds, and the codes that this is about."""


@dataclass(frozen=True)
class Rule:
    """One row: when it counts, and what it says of somebody."""

    code: str
    counts: Callable[[Wished], bool]
    answer: Callable[[Wished, Known], Answer]
    binds: bool = False


def _always(_wished: Wished) -> bool:
    return True


def _sex(wished: Wished, known: Known) -> Answer:
    is_known = known.sex not in _NO_SEX
    return (known.sex == wished.sex if is_known else None), (wished.sex,)


def _language(wished: Wished, known: Known) -> Answer:
    named = tuple(code for code in wished.languages if code not in _NO_LANGUAGE)
    shared = tuple(code for code in named if code in known.languages)
    if shared:
        return True, shared
    return (False if named and known.languages else None), wished.languages


def _here(_wished: Wished, known: Known) -> Answer:
    until = known.away_until
    return until is None, (until.isoformat(),) if until else ()


def _child(_wished: Wished, known: Known) -> Answer:
    return known.with_children, ()


def _trained(_wished: Wished, known: Known) -> Answer:
    return known.with_survivors, ()


def _region(wished: Wished, known: Known) -> Answer:
    is_there = wished.region in known.regions if known.regions else None
    return is_there, (wished.region,) if is_there is not False else known.regions


def _room(_wished: Wished, known: Known) -> Answer:
    return known.has_room, ()


RULES: Final = (
    Rule("sex", lambda wished: wished.sex not in _NO_WISH, _sex, binds=True),
    Rule("language", lambda wished: bool(wished.languages), _language, binds=True),
    Rule("here", _always, _here),
    Rule("child", lambda wished: wished.is_about_child, _child),
    Rule("trained", lambda wished: wished.needs_trained, _trained),
    Rule("region", lambda wished: wished.region not in _NO_REGION, _region),
    Rule("room", _always, _room),
)
"""Binding wishes first; of the rest, who can do it at all comes before who is near."""


def fit(wished: Wished, known: Known) -> Fit:
    """How somebody fits, with every reason that counts in this case."""
    reasons = (_reason(rule, wished, known) for rule in RULES if rule.counts(wished))
    return Fit(tuple(reasons), known.open)


def _reason(rule: Rule, wished: Wished, known: Known) -> Reason:
    holds, about = rule.answer(wished, known)
    return Reason(rule.code, holds, rule.binds, about)
