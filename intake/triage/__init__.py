"""How urgent a case is, why, and by when something must happen: pure rules over its facts."""

from intake.triage.clocks import CLOCKS, Clock, Due, next_clock
from intake.triage.facts import Facts, Raise
from intake.triage.levels import Level
from intake.triage.rise import may_rise_at, settled
from intake.triage.rules import FACTORS, Factor, Triage, triage

__all__ = [
    "CLOCKS",
    "FACTORS",
    "Clock",
    "Due",
    "Factor",
    "Facts",
    "Level",
    "Raise",
    "Triage",
    "may_rise_at",
    "next_clock",
    "settled",
    "triage",
]
