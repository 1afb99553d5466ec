"""Days and times of day as people say them: local civil dates with how exact they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from typing_extensions import override

from intake.form.text import _

EARLIEST: Final = date(1991, 1, 1)
_AHEAD: Final = timedelta(days=3653)
_LENGTHS: Final = {10: "exact", 11: "approx", 7: "month", 4: "year"}

NOT_A_DAY: Final = _("Write the date as day, month, year. For example: 19.11.2026")
NO_SUCH_DAY: Final = _("There is no such day in the calendar. Check the day and the month.")
IN_THE_FUTURE: Final = _("This day has not come yet. Check the date.")
TOO_EARLY: Final = _("This date is before 1991. Check the year.")
TOO_FAR: Final = _("This date is too far away. Check the year.")
NOT_A_TIME: Final = _("Write the time as hours and minutes. For example: 9:30")


class AnswerError(ValueError):
    """What was typed cannot be read; its text is a sentence for the person who typed it."""


@dataclass(frozen=True)
class CivilDate:
    """A day as it was said; `precision` is a code of the vocabulary `date_precision`.

    As text: `2026-11-19` exact, `2026-11-19~` estimate, `2026-11` month, `2026` year
    (ISO 8601-2).

    >>> str(CivilDate(date(2026, 11, 1), "month"))
    '2026-11'
    """

    day: date
    precision: str = "exact"

    @override
    def __str__(self) -> str:
        text = self.day.isoformat()
        return {"approx": f"{text}~", "month": text[:7], "year": text[:4]}.get(
            self.precision, text
        )

    @classmethod
    def from_text(cls, text: str) -> CivilDate:
        """The date that `str` wrote; raises `ValueError` for anything else."""
        precision = _LENGTHS.get(len(text), "exact")
        said = cls(date.fromisoformat((text.rstrip("~") + "-01-01")[:10]), precision)
        if str(said) != text:
            raise ValueError("not a said date")
        return said


def parse_day(
    text: str, *, today: date, earliest: date = EARLIEST, future: bool = False
) -> CivilDate:
    """The day typed as `19.11.2026`, `19/11/2026`, `19 11 2026` or `2026-11-19`.

    Only the month (`11.2026`) or the year is understood too. Raises `AnswerError`.
    """
    said = _typed(" ".join(unicodedata.normalize("NFKC", text).split()))
    if said.day < earliest:
        raise AnswerError(TOO_EARLY)
    if said.day > today and not future:
        raise AnswerError(IN_THE_FUTURE)
    if said.day > today + _AHEAD:
        raise AnswerError(TOO_FAR)
    return said


_SEPARATOR: Final = r"(?:\s?[-./,]\s?|\s)"
_SHAPES: Final[Mapping[str, re.Pattern[str]]] = {
    "exact": re.compile(
        rf"(?:(?P<y>[0-9]{{4}}){_SEPARATOR}(?P<m>[0-9]{{1,2}}){_SEPARATOR}(?P<d>[0-9]{{1,2}})"
        rf"|(?P<D>[0-9]{{1,2}}){_SEPARATOR}(?P<M>[0-9]{{1,2}}){_SEPARATOR}(?P<Y>[0-9]{{4}}))\.?"
    ),
    "month": re.compile(
        rf"(?:(?P<y>[0-9]{{4}}){_SEPARATOR}(?P<m>[0-9]{{1,2}})"
        rf"|(?P<M>[0-9]{{1,2}}){_SEPARATOR}(?P<Y>[0-9]{{4}}))"
    ),
    "year": re.compile(r"(?P<y>[0-9]{4})"),
}


def _typed(text: str) -> CivilDate:
    for precision, shape in _SHAPES.items():
        found = shape.fullmatch(text)
        if found:
            parts = {key.lower(): int(part) for key, part in found.groupdict().items() if part}
            return CivilDate(_calendar(**parts), precision)
    raise AnswerError(NOT_A_DAY)


def _calendar(y: int, m: int = 1, d: int = 1) -> date:
    try:
        return date(y, m, d)
    except ValueError:
        raise AnswerError(NO_SUCH_DAY) from None


_TIME: Final = re.compile(r"([0-9]{1,2})(?:\s?[:.,\-h]\s?|\s)?([0-9]{2})|([0-9]{1,2})")


def parse_time(text: str) -> time:
    """The time typed as `9:30`, `09.30`, `930` or `9`; raises `AnswerError`."""
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise AnswerError(NOT_A_TIME)
    hours, minutes, bare = found.groups()
    try:
        return time(int(bare or hours), int(minutes or 0))
    except ValueError:
        raise AnswerError(NOT_A_TIME) from None
