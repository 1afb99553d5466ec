"""How urgency moves with time alone: when it may rise, and when it may fall."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeAlias

from intake.form.dates import CivilDate
from intake.form.moments import earliest, latest, midnight
from intake.triage import conditions as when
from intake.triage.facts import Facts
from intake.triage.levels import Level
from intake.triage.rules import Triage, lifted, triage

_GRID_HOURS: Final = 6
_TICK: Final = timedelta(microseconds=1)
Time: TypeAlias = time | None


def may_rise_at(facts: Facts, now: datetime, *, above: Level = Level.U4) -> datetime | None:
    """The earliest time after `now` at which the level is higher, down to a six-hour UTC grid.

    Higher than `above` too, where a case was not let fall as far as its facts allow.

    None when time alone never raises it. The grid keeps the stored time from telling more
    (vault.md 4); so the result may lie up to six hours before the rise, and before `now`.
    """
    moment = next_rise(facts, now, above=above)
    return moment and _on_grid(moment)


def next_rise(facts: Facts, now: datetime, *, above: Level = Level.U4) -> datetime | None:
    """The exact time after `now` from which on the level is higher than now, or None."""
    level = max(above, triage(facts, now).level)
    ahead = (moment for moment in _boundaries(facts) if moment > now)
    return next((moment for moment in ahead if triage(facts, moment).level > level), None)


def settled(previous: Level, facts: Facts, now: datetime) -> Triage:
    """The urgency at `now` of a case that stood on `previous` (domain 6.6, invariant 7).

    It rises freely. It falls only because time passed, and only after the first contact.
    """
    found = triage(facts, now)
    if found.level >= previous or _may_fall(previous, facts, now):
        return found
    return lifted(found, previous)


def _may_fall(previous: Level, facts: Facts, now: datetime) -> bool:
    contact = facts.first_contact_at
    return contact is not None and contact <= now and peak(facts, now) >= previous


def peak(facts: Facts, now: datetime) -> Level:
    """The highest level that these facts alone have had since the report arrived."""
    past = (moment for moment in _boundaries(facts) if facts.received_at < moment <= now)
    return max(triage(facts, moment).level for moment in (facts.received_at, *past))


def _boundaries(facts: Facts) -> list[datetime]:
    """Every moment at which a factor may begin to apply, in order."""
    return sorted({edge for moment in _limits(facts) for edge in (moment, moment + _TICK)})


def _limits(facts: Facts) -> Iterator[datetime]:
    last, at = facts.last_ill_treatment_on, facts.last_ill_treatment_time
    yield from _after(last, at, when.HOURS_72)
    yield from _after(facts.death_on, None, when.DAYS_7)
    yield from _before(facts.hearing_on, facts.hearing_time, when.HOURS_48)
    yield from _before(facts.removal_on, None, when.HOURS_72)
    yield from _before(facts.complaint_filed_on, None, -when.HOURS_24)
    for deadline in facts.deadlines:
        yield from _days_before(deadline.day)


def _after(said: CivilDate | None, at: Time, span: timedelta) -> Iterator[datetime]:
    moment = latest(said, at) if said else None
    if moment:
        yield moment + span


def _before(said: CivilDate | None, at: Time, span: timedelta) -> Iterator[datetime]:
    moment = earliest(said, at) if said else None
    if moment:
        yield moment - span


def _days_before(deadline: date) -> Iterator[datetime]:
    for days in (when.COMING_DAYS, when.SOON_DAYS):
        yield midnight(deadline - timedelta(days=days))


def _on_grid(moment: datetime) -> datetime:
    moment = moment.astimezone(UTC)
    hour = moment.hour - moment.hour % _GRID_HOURS
    return moment.replace(hour=hour, minute=0, second=0, microsecond=0)
