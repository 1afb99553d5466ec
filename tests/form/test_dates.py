# ruff: noqa: RUF001 - people write in Cyrillic letters
"""Dates and times as people type them."""

from collections.abc import Callable
from datetime import date, time
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.form import dates
from intake.form.dates import AnswerError, CivilDate, parse_day, parse_time

TODAY = date(2026, 11, 20)
T = TypeVar("T")


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-19",
        "19.11.2026",
        "19/11/2026",
        "19 11 2026",
        "19-11-2026",
        " 19. 11. 2026 ",
        "19.11.2026.",
        "2026.11.19",
        "19,11,2026",
        "１９.１１.２０２６",
    ],
)
def test_a_day_is_understood_in_the_ways_people_write_it(typed: str) -> None:
    assert parse_day(typed, today=TODAY) == CivilDate(date(2026, 11, 19))


def test_single_figures_are_enough() -> None:
    assert parse_day("5.1.2022", today=TODAY) == CivilDate(date(2022, 1, 5))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("11.2026", CivilDate(date(2026, 11, 1), "month")),
        ("2022-01", CivilDate(date(2022, 1, 1), "month")),
        ("2011", CivilDate(date(2011, 1, 1), "year")),
    ],
)
def test_less_than_a_day_is_kept_as_said(typed: str, said: CivilDate) -> None:
    assert parse_day(typed, today=TODAY) == said


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31.02.2026", dates.NO_SUCH_DAY),
        ("32.01.2026", dates.NO_SUCH_DAY),
        ("2026-13-01", dates.NO_SUCH_DAY),
        ("29.02.2025", dates.NO_SUCH_DAY),
        ("0.1.2026", dates.NO_SUCH_DAY),
        ("00.00.0000", dates.NO_SUCH_DAY),
        ("21.11.2026", dates.IN_THE_FUTURE),
        ("12.2026", dates.IN_THE_FUTURE),
        ("31.12.1990", dates.TOO_EARLY),
        ("1900", dates.TOO_EARLY),
        ("yesterday", dates.NOT_A_DAY),
        ("вчера утром", dates.NOT_A_DAY),
        ("19.11", dates.NOT_A_DAY),
        ("19.11.26", dates.NOT_A_DAY),
        ("19112026", dates.NOT_A_DAY),
        ("", dates.NOT_A_DAY),
        ("9" * 400, dates.NOT_A_DAY),
        ("١٩.١١.٢٠٢٦", dates.NOT_A_DAY),
    ],
)
def test_what_is_no_day_is_answered_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(AnswerError) as error:
        parse_day(typed, today=TODAY)
    assert str(error.value) == sentence


def test_today_is_not_the_future() -> None:
    assert parse_day("20.11.2026", today=TODAY).day == TODAY


def test_a_hearing_may_lie_ahead_but_not_in_another_age() -> None:
    assert parse_day("1.12.2026", today=TODAY, future=True).day == date(2026, 12, 1)
    with pytest.raises(AnswerError, match="too far"):
        parse_day("1.12.2062", today=TODAY, future=True)


def test_somebody_may_be_born_before_1991() -> None:
    said = parse_day("9.5.1945", today=TODAY, earliest=date(1900, 1, 1))
    assert said.day == date(1945, 5, 9)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("9 30", time(9, 30)),
        ("21:05", time(21, 5)),
        ("9-30", time(9, 30)),
        ("9", time(9, 0)),
        ("23", time(23, 0)),
        ("0:00", time(0, 0)),
    ],
)
def test_a_time_is_understood(typed: str, meant: time) -> None:
    assert parse_time(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "24:00", "9:60", "soon", "9:5", "12345", "-1", "9:30:00"]
)
def test_what_is_no_time_is_answered_with_a_sentence(typed: str) -> None:
    with pytest.raises(AnswerError) as error:
        parse_time(typed)
    assert str(error.value) == dates.NOT_A_TIME


SENTENCES = {dates.NOT_A_DAY, dates.NO_SUCH_DAY, dates.IN_THE_FUTURE, dates.TOO_EARLY}
FIGURES = st.text("0123456789 ./-,", max_size=14)


def read(parse: Callable[[], T]) -> T | str:
    """What `parse` makes of it, or its sentence."""
    try:
        return parse()
    except AnswerError as error:
        return str(error)


@given(st.text(max_size=30) | FIGURES)
def test_any_text_gives_a_day_or_a_sentence(typed: str) -> None:
    said = read(lambda: parse_day(typed, today=TODAY).day)
    assert isinstance(said, date) or said in SENTENCES
    assert isinstance(said, str) or dates.EARLIEST <= said <= TODAY


@given(st.text(max_size=12) | FIGURES)
def test_any_text_gives_a_time_or_a_sentence(typed: str) -> None:
    said = read(lambda: parse_time(typed))
    assert isinstance(said, time) or said == dates.NOT_A_TIME


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["exact", "approx", "month", "year"]),
)
def test_a_said_date_comes_back_from_its_text(day: date, precision: str) -> None:
    text = str(CivilDate(day, precision))
    again = CivilDate.from_text(text)
    assert str(again) == text
    assert again.precision == precision


@pytest.mark.parametrize("text", ["", "20261119", "2026-1", "soon", "2026-11-19T10"])
def test_what_was_never_written_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        CivilDate.from_text(text)
