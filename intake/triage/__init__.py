"""How urgent a case is, and why: pure rules over its facts."""

from intake.triage.facts import Facts, Raise
from intake.triage.levels import Level
from intake.triage.rise import may_rise_at, settled
from intake.triage.rules import FACTORS, Factor, Triage, still_off, triage

__all__ = [
    "FACTORS",
    "Factor",
    "Facts",
    "Level",
    "Raise",
    "Triage",
    "may_rise_at",
    "settled",
    "still_off",
    "triage",
]
