"""How urgent a case is, and why: pure rules over its facts."""

from intake.triage.conditions import PATTERN
from intake.triage.facts import Facts, Raise
from intake.triage.levels import Level
from intake.triage.rise import may_rise_at, peak, settled
from intake.triage.rules import FACTORS, Factor, Triage, still_off, triage

__all__ = [
    "FACTORS",
    "PATTERN",
    "Factor",
    "Facts",
    "Level",
    "Raise",
    "Triage",
    "may_rise_at",
    "peak",
    "settled",
    "still_off",
    "triage",
]
