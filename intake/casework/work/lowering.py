"""Lowering the urgency of a case; what comes later may raise it again."""

from dataclasses import replace
from datetime import datetime

from intake.triage import Facts, Level, triage


def lower(facts: Facts, level: Level, now: datetime) -> Facts:
    """The facts with as many factors switched off, the strongest first, as `level` asks for.

    A factor that begins to apply later counts again (domain.md 6.1).
    """
    if facts.raised and facts.raised.level > level:
        facts = replace(facts, raised=None)
    while (found := triage(facts, now)).level > level and found.factors:
        off = (*facts.switched_off, found.factors[0])
        facts = replace(facts, switched_off=off)
    return facts
