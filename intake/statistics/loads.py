"""Who holds how much, by level."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Held(NamedTuple):
    """So many of one level with one person; nobody is the empty name."""

    who: str
    level: str
    number: int


@dataclass(frozen=True)
class Load:
    """What one person holds, or what nobody holds where `who` is empty."""

    who: str
    by_level: Mapping[str, int] = field(hash=False)

    @property
    def total(self) -> int:
        return sum(self.by_level.values())


def loads(
    held: Iterable[Held], everybody: Iterable[str], levels: Sequence[str]
) -> tuple[Load, ...]:
    """What nobody holds first, then who holds the most; who holds nothing stands too."""
    counts = {who: dict.fromkeys(levels, 0) for who in ("", *everybody)}
    for one in held:
        levels_of = counts.setdefault(one.who, dict.fromkeys(levels, 0))
        levels_of[one.level] += one.number
    rows = [Load(who, by_level) for who, by_level in counts.items()]
    return tuple(sorted(rows, key=lambda row: (row.who != "", -row.total, row.who)))
