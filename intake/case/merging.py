"""What survives where two reports are one case, or one report is two (6.6, invariant 8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Reported(Protocol):
    """A case by when it came and how urgent it stood; `level` is `u1` to `u4`."""

    @property
    def received_at(self) -> datetime: ...
    @property
    def level(self) -> str: ...


@dataclass(frozen=True)
class Survives:
    """The receipt and the urgency that hold from then on."""

    received_at: datetime
    level: str


def surviving(cases: Iterable[Reported]) -> Survives:
    """The earliest receipt and the highest urgency of all these."""
    every = tuple(cases)
    return Survives(
        min(case.received_at for case in every),
        min(case.level for case in every),  # `u1` is the highest
    )
