"""The stages of a case, what is written down about it, its limits, what it needs to go on."""

from intake.case.stages import (
    ENDED,
    OPEN_STAGES,
    TRANSITIONS,
    Stage,
    Transition,
    ways,
    ways_from,
)

__all__ = [
    "ENDED",
    "OPEN_STAGES",
    "TRANSITIONS",
    "Stage",
    "Transition",
    "ways",
    "ways_from",
]
