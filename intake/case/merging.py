"""What survives when two reports turn out to be one case (domain 6.6, invariant 8)."""

from dataclasses import replace

from intake.case.situation import Situation


def merged(kept: Situation, other: Situation) -> Situation:
    """`kept` with the earliest receipt and the highest urgency of both."""
    return replace(
        kept,
        received_at=min(kept.received_at, other.received_at),
        level=min(kept.level, other.level),
    )
