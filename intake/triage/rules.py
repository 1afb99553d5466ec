"""The rules of urgency as rows, and what follows from them (domain 6.2, 6.3)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeAlias

from intake.triage import conditions as when
from intake.triage.facts import Facts
from intake.triage.levels import Level

Condition: TypeAlias = Callable[[Facts, datetime], bool]


@dataclass(frozen=True)
class Factor:
    """A reason for urgency; its words stand in the vocabulary `factor`.

    `floor` is the level that this factor alone asks for, `hours` its time for the first act.
    """

    code: str
    points: int
    floor: Level | None
    hours: int | None
    applies: Condition


FACTORS: Final = (
    Factor("whereabouts_unknown", 40, Level.U1, 2, when.whereabouts_unknown),
    Factor("abuse_ongoing", 40, Level.U1, 2, when.abuse_ongoing),
    Factor("medical_red_flag", 40, Level.U1, 2, when.medical_red_flag),
    Factor("suicide_risk", 40, Level.U1, 2, when.suicide_risk),
    Factor("minor_in_custody", 40, Level.U1, 2, when.minor_in_custody),
    Factor("detention_first_72h", 30, Level.U1, 2, when.detention_first_72h),
    Factor("sexual_72h", 35, Level.U1, 2, when.sexual_72h),
    Factor("removal_imminent", 35, Level.U1, 2, when.removal_imminent),
    Factor("death_recent", 40, Level.U1, 2, when.death_recent),
    Factor("death_older", 20, Level.U2, 24, when.death_older),
    Factor("hearing_48h", 20, Level.U2, 12, when.hearing_48h),
    Factor("in_custody", 30, Level.U2, 24, when.in_custody),
    Factor("custody_same_agency", 15, None, None, when.custody_same_agency),
    Factor("isolated", 20, Level.U2, 24, when.isolated),
    Factor("medical_denied", 20, Level.U2, 24, when.medical_denied),
    Factor("fresh_injuries", 25, Level.U2, 24, when.fresh_injuries),
    Factor("recent_injuries", 10, Level.U3, 72, when.recent_injuries),
    Factor("sexual_7d", 25, Level.U2, 24, when.sexual_7d),
    Factor("sexual_any", 15, Level.U3, 72, when.sexual_any),
    Factor("minor", 25, Level.U2, 24, when.minor),
    Factor("reprisal_active", 25, Level.U2, 24, when.reprisal_active),
    Factor("violence_again", 20, Level.U1, 2, when.violence_again),
    Factor("deadline_3d", 25, Level.U2, 24, when.deadline_3d),
    Factor("deadline_15d", 10, Level.U3, 72, when.deadline_15d),
    Factor("erdr_overdue", 10, Level.U3, 72, when.erdr_overdue),
    Factor("vulnerable", 15, Level.U3, 72, when.vulnerable),
    Factor("no_lawyer", 10, None, None, when.no_lawyer),
    Factor("lawyer_pressured", 15, Level.U3, 72, when.lawyer_pressured),
    Factor("targeted_profile", 5, None, None, when.targeted_profile),
    Factor("pattern", 10, None, None, when.pattern),
    Factor("suspect_in_post", 5, None, None, when.suspect_in_post),
)
STRONGEST_FIRST: Final = tuple(sorted(FACTORS, key=lambda f: (-(f.floor or 0), -f.points)))


_BY_CODE: Final = {factor.code: factor for factor in FACTORS}


@dataclass(frozen=True)
class Triage:
    """How urgent a case is and why; `factors` are codes, the strongest first."""

    level: Level
    points: int
    factors: tuple[str, ...]
    first_action_hours: int


def triage(facts: Facts, now: datetime) -> Triage:
    """The urgency that the facts ask for at this time, before anybody's lowering."""
    off = still_off(facts, now)
    applied = [f for f in STRONGEST_FIRST if f.applies(facts, now) and f.code not in off]
    points = sum(factor.points for factor in applied)
    floors = [factor.floor for factor in applied if factor.floor]
    raised = [facts.raised.level] if facts.raised else []
    level = max(_level_for(points), *floors, *raised, Level.U4)
    hours = min(level.hours, *(f.hours for f in applied if f.hours), level.hours)
    return Triage(level, points, tuple(factor.code for factor in applied), hours)


def still_off(facts: Facts, now: datetime) -> tuple[str, ...]:
    """The factors that two set aside and that did not begin anew by time since then."""
    since = facts.switched_off_at
    if not facts.switched_off or since is None or now <= since:
        return facts.switched_off
    reasons = tuple(_reasons(facts))
    return tuple(c for c in facts.switched_off if not _began(_BY_CODE[c], reasons, since, now))


def _reasons(facts: Facts) -> Iterator[Facts]:
    """The facts with one at a time of those days of which several make the same factor."""
    yield replace(facts, removal_soon=False)
    for deadline in facts.deadlines:
        yield replace(facts, deadlines=(deadline,))


def _began(factor: Factor, reasons: tuple[Facts, ...], since: datetime, now: datetime) -> bool:
    return any(factor.applies(f, now) and not factor.applies(f, since) for f in reasons)


def lifted(found: Triage, level: Level) -> Triage:
    """The same reasons on the higher `level`."""
    hours = min(level.hours, found.first_action_hours)
    return replace(found, level=level, first_action_hours=hours)


_MOST_URGENT_FIRST: Final = tuple(
    (level, level.points) for level in sorted(Level, reverse=True)
)


def _level_for(points: int) -> Level:
    return next(level for level, needed in _MOST_URGENT_FIRST if points >= needed)
