"""How old a person is and was, as far as the answers tell; an unsure age tells nothing."""

from datetime import date
from typing import Any, Final

from intake.form import events, people
from intake.form.answers import Answers
from intake.form.dates import CivilDate

_ADULT: Final = 18
_BANDS: Final = (
    (14, "u14"),
    (16, "14_15"),
    (18, "16_17"),
    (25, "18_24"),
    (40, "25_39"),
    (60, "40_59"),
)
_LAST_MONTH: Final = 12


def ages(answers: Answers, today: date) -> dict[str, Any]:
    """Whether the person is under 18 today, and the age band on the day of the event."""
    now = _on(answers, today, today)
    event = answers[events.ACT_DATE_FROM] or answers[events.DETAINED_ON]
    then = _on(answers, event.day, today) if event and event.precision != "year" else None
    return {
        "minor_now": now is not None and now[1] < _ADULT,
        "age_band_then": answers[people.AGE_BAND_THEN] or (then and _band(*then)),
    }


def _on(answers: Answers, day: date, today: date) -> tuple[int, int] | None:
    """The least and the greatest age that the person can have on a day."""
    born, age = answers[people.VICTIM_BIRTH_DATE], answers[people.VICTIM_AGE]
    if born is not None:
        return _years(_latest(born), day), _years(born.day, day)
    if age is None or day > today:
        return None
    ago = _years(day, today)
    return (age if day == today else age - ago - 1), age - ago


def _years(start: date, end: date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _latest(said: CivilDate) -> date:
    """The last day of the year or near the end of the month that was said."""
    if said.precision == "year":
        return said.day.replace(month=_LAST_MONTH, day=31)
    return said.day.replace(day=28) if said.precision == "month" else said.day


def _band(least: int, greatest: int) -> str:
    """The age band, empty where the two ages lie in different ones or make no sense."""
    bands = {
        next((code for limit, code in _BANDS if age < limit), "60plus")
        for age in (least, greatest)
    }
    return bands.pop() if len(bands) == 1 and greatest >= 0 else ""
