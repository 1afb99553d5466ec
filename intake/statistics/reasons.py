"""Which reasons of urgency were found, and in how many cases."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Fired:
    """A factor, and in how many cases it was found."""

    factor: str
    count: int


def fired(cases: Mapping[tuple[str, ...], int]) -> tuple[Fired, ...]:
    """The factors, most frequent first, out of how many cases have which; each once a case."""
    counts: Counter[str] = Counter()
    for factors, number in cases.items():
        counts.update(dict.fromkeys(factors, number))
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Fired(factor, count) for factor, count in ordered)
