"""What the things that repeat tell together: other times, other people, steps taken."""

from datetime import date, datetime
from typing import Any, Final

from intake.form import aftermath, events, people
from intake.form import repeating as things
from intake.form.answers import Answers
from intake.form.dates import CivilDate
from intake.form.moments import latest, midnight
from intake.form.vocabularies import vocabulary

_COMPLAINTS: Final = frozenset({"prosecutor", "internal_security", "other_body"})
_NUMBERED: Final = frozenset({"erdr", "under_investigation", "requalified", "discontinued"})
_NOTHING: Final = frozenset({"none", "unknown"})
_MINOR: Final = vocabulary("age_band").codes_with("minor")
_HELD: Final = vocabulary("victim_status").codes_with("custody")


def last_time(answers: Answers) -> dict[str, Any]:
    """The latest day of all that were told, with its time where that day has one."""
    said = answers[events.ACT_DATE_TO] or answers[events.ACT_DATE_FROM]
    times = [item.answers[things.OCCASION_ON] for item in answers.of(things.OCCASIONS)]
    days = [day for day in (said, *times) if day]
    last = max(days, key=_end, default=None)
    time = answers[events.ACT_TIME_TO] if last is said else None
    return {"last_ill_treatment_on": last, "last_ill_treatment_time": time}


def _end(said: CivilDate) -> datetime:
    return latest(said, None) or midnight(said.day)


def others(answers: Answers) -> dict[str, Any]:
    """How many it happened to, and the children among those besides the person."""
    people_told = [item.answers for item in answers.of(things.PERSONS)]
    minors = [person for person in people_told if person[things.PERSON_AGE] in _MINOR]
    return {
        "victims_count": max(answers[people.VICTIMS_COUNT] or 1, 1 + len(people_told)),
        "minors_among": len(minors),
        "minor_held_among": any(minor[things.PERSON_STATUS] in _HELD for minor in minors),
    }


def steps(answers: Answers) -> dict[str, Any]:
    """Steps taken, the first complaint, the number in the register and the limits to watch."""
    ledger = [item.answers for item in answers.of(things.LEDGER)]
    limits = (answers[aftermath.DEADLINE_ON], *(row[things.STEP_LIMIT] for row in ledger))
    return {
        "legal_steps": _kinds(answers, ledger),
        "complaint_filed_on": _first_complaint(answers, ledger),
        "erdr_number_known": bool(answers[aftermath.ERDR_NUMBER])
        or any(map(_is_numbered, ledger)),
        "deadlines": tuple(sorted({day for day in limits if day}, key=_day)),
    }


def _kinds(answers: Answers, ledger: list[Answers]) -> tuple[str, ...]:
    ticked = answers[aftermath.LEGAL_STEP] or ()
    kinds = dict.fromkeys((*ticked, *(row[things.STEP_KIND] for row in ledger)))
    known = tuple(kind for kind in kinds if kind)
    return tuple(kind for kind in known if kind not in _NOTHING) or known


def _first_complaint(answers: Answers, ledger: list[Answers]) -> CivilDate | None:
    rows = [row for row in ledger if row[things.STEP_KIND] in _COMPLAINTS]
    days = (answers[aftermath.COMPLAINT_FILED_ON], *(row[things.STEP_ON] for row in rows))
    return min((day for day in days if day), key=_day, default=None)


def _is_numbered(row: Answers) -> bool:
    return row[things.STEP_KIND] in _NUMBERED and bool(row[things.STEP_NUMBER])


def _day(said: CivilDate) -> date:
    return said.day
