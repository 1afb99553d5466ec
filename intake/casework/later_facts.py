"""What later answers make of the facts that triage works with: no danger that was told goes."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from intake.casework.work.lowering import changed
from intake.form.answers import Answers
from intake.form.moments import latest, midnight
from intake.triage import Facts

_OF_ARRIVAL: Final = frozenset({"received_at", "language", "channel", "route"})
_REPLACED: Final = frozenset({"contact_method"})
"""Lists in which a later answer takes the place of the earlier one."""


def reached_as(facts: Facts, answers: Answers) -> Facts:
    """What is told anew takes the place of all that was told of ways to answer."""
    told = _read(facts, answers)
    return replace(facts, contact_method=told.contact_method)


def named(before: Facts, answers: Answers) -> frozenset[str]:
    """The names of the facts of which the new answers tell anything."""
    now = _read(before, answers)
    return changed(Facts(received_at=before.received_at), now) - _OF_ARRIVAL


def told(before: Facts, answers: Answers) -> dict[str, object]:
    """What the new answers tell; what they leave out stays as it was."""
    now = _read(before, answers)
    new = {name: getattr(now, name) for name in named(before, answers)}
    new |= _last_time(before, now)
    return {name: _beside(name, getattr(before, name), it) for name, it in new.items()}


def _last_time(before: Facts, now: Facts) -> dict[str, object]:
    """The later of both days on which it happened last, with the time of that very day."""
    days = [facts for facts in (before, now) if facts.last_ill_treatment_on]
    last = max(days, key=_end_of_last, default=before)
    is_same_day = before.last_ill_treatment_on == now.last_ill_treatment_on
    time = now.last_ill_treatment_time if is_same_day else None
    return {
        "last_ill_treatment_on": last.last_ill_treatment_on,
        "last_ill_treatment_time": time or last.last_ill_treatment_time,
    }


def _end_of_last(facts: Facts) -> datetime:
    said = facts.last_ill_treatment_on
    if said is None:
        return facts.received_at
    return latest(said, None) or midnight(said.day)


def _beside(name: str, before: Any, told: Any) -> object:  # noqa: ANN401 - any of the facts
    """Of lists both hold, and of numbers the higher: whoever adds takes no danger away."""
    if name in _REPLACED:
        return told
    if isinstance(told, tuple):
        return tuple(dict.fromkeys((*before, *told)))
    is_number = isinstance(told, int) and not isinstance(told, bool)
    return max(before, told) if is_number else told


def _read(before: Facts, answers: Answers) -> Facts:
    return Facts.from_answers(
        answers,
        received_at=before.received_at,
        language=before.language,
        channel=before.channel,
        route=before.route,
    )
