"""Urgency over time: every span within which time alone changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from intake.form.moments import earliest, latest, midnight
from intake.triage import conditions as when
from intake.triage.facts import Facts
from intake.triage.rules import Triage, triage

_TICK: Final = timedelta(microseconds=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """How urgent a case is from this moment on, until the next span begins."""

    since: datetime
    triage: Triage


def schedule(facts: Facts) -> tuple[Span, ...]:
    """The urgency of a case from its arrival on, as its facts alone make it rise and fall."""
    moments = {edge for moment in _edges(facts) for edge in (moment, moment + _TICK)}
    later = sorted(moment for moment in moments if moment > facts.received_at)
    spans = [Span(facts.received_at, triage(facts, facts.received_at))]
    for moment in later:
        found = triage(facts, moment)
        if found != spans[-1].triage:
            spans.append(Span(moment, found))
    return tuple(spans)


def _edges(facts: Facts) -> Iterator[datetime]:
    """Every moment at which a factor begins or ceases to apply."""
    last = facts.last_ill_treatment_on
    if last and (moment := latest(last, facts.last_ill_treatment_time)):
        yield from (moment + span for span in (when.HOURS_72, when.DAYS_7, when.DAYS_42))
    if facts.detained_on and (moment := latest(facts.detained_on, facts.detained_time)):
        yield moment + when.HOURS_72
    if facts.death_on and (moment := latest(facts.death_on, None)):
        yield moment + when.DAYS_7
    yield from _to_come(facts)
    for deadline in facts.deadlines:
        yield from _of_deadline(deadline.day)


def _to_come(facts: Facts) -> Iterator[datetime]:
    for said, at, span in (
        (facts.hearing_on, facts.hearing_time, when.HOURS_48),
        (facts.removal_on, None, when.HOURS_72),
    ):
        first, last = said and earliest(said, at), said and latest(said, at)
        if first and last:
            yield from (first - span, last)
    if facts.removal_soon:
        yield facts.received_at + when.HOURS_72
    filed = facts.complaint_filed_on
    if filed and (moment := earliest(filed, None)):
        yield moment + when.HOURS_24


def _of_deadline(day: date) -> Iterator[datetime]:
    yield midnight(day - when.COMING_DAYS * _DAY)
    yield midnight(day - when.SOON_DAYS * _DAY)
    yield midnight(day + _DAY)
