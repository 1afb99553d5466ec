"""Arrivals by week: every report counts in one week, and no week is missing."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from intake.statistics import Came, arrivals, mondays

TODAY = date(2026, 11, 18)  # a Wednesday

days = st.integers(0, 7 * 60).map(lambda back: TODAY - timedelta(days=back))
came = st.lists(
    st.builds(
        lambda day, number, part: Came(day, number, min(part, number)),
        days,
        st.integers(1, 40),
        st.integers(0, 5),
    )
)


@given(st.dates(date(1970, 1, 12), date(9990, 1, 1)), st.integers(1, 60))
def test_weeks_follow_each_other_and_the_last_holds_today(today: date, weeks: int) -> None:
    found = mondays(today, weeks)
    assert len(found) == weeks
    assert {monday.weekday() for monday in found} == {0}
    assert all(a + timedelta(days=7) == b for a, b in pairwise(found))
    assert timedelta() <= today - found[-1] < timedelta(days=7)


@given(came, st.integers(1, 53))
def test_every_report_of_the_period_counts_once(came: list[Came], weeks: int) -> None:
    found = arrivals(came, TODAY, weeks)
    inside = [one for one in came if one.day >= found[0].monday]
    assert sum(week.count for week in found) == sum(one.number for one in inside)
    assert sum(week.automated for week in found) == sum(one.automated for one in inside)
    assert [week.monday for week in found] == list(mondays(TODAY, weeks))


def test_a_week_without_arrivals_stands_as_zero() -> None:
    (before, empty, this) = arrivals([Came(date(2026, 11, 8), 3), Came(TODAY, 2)], TODAY, 3)
    assert [before.count, empty.count, this.count] == [3, 0, 2]


def test_sunday_ends_a_week_and_monday_begins_one() -> None:
    came = [Came(date(2026, 11, 15), 1), Came(date(2026, 11, 16), 1)]
    assert [week.count for week in arrivals(came, TODAY, 2)] == [1, 1]


def test_only_the_running_week_is_not_over() -> None:
    found = arrivals([], TODAY, 4)
    assert [week.is_over for week in found] == [True, True, True, False]
    assert found[-1].sunday == date(2026, 11, 22)
