"""Ages, answers, lateness, loads and reasons: what goes in comes out, counted once."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.statistics import (
    BANDS,
    TURNS,
    Fired,
    First,
    Held,
    Late,
    Waiting,
    ages,
    fired,
    lateness,
    loads,
    responses,
)

LEVELS = ("u1", "u2", "u3", "u4")
DAY = 86_400.0
levels = st.sampled_from(LEVELS)
turns = st.sampled_from(TURNS)
seconds = st.floats(0, 400 * DAY)


@given(st.lists(st.builds(Waiting, st.floats(-DAY, 400 * DAY), turns)))
def test_every_age_is_in_one_band(waiting: list[Waiting]) -> None:
    found = ages(waiting)
    assert [row.band for row in found] == list(BANDS)
    assert sum(row.total for row in found) == len(waiting)
    by_turn = Counter(one.turn for one in waiting)
    for turn in TURNS:
        assert sum(row.counts[turn] for row in found) == by_turn[turn]


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (-60.0, "day"),
        (0.0, "day"),
        (DAY - 1, "day"),
        (DAY, "days_3"),
        (3 * DAY, "week"),
        (7 * DAY, "weeks_4"),
        (28 * DAY, "weeks_12"),
        (84 * DAY, "older"),
        (4000 * DAY, "older"),
    ],
)
def test_a_band_begins_with_its_first_moment(age: float, band: str) -> None:
    (row,) = (row for row in ages([Waiting(age, "ours")]) if row.total)
    assert row.band.code == band


@given(st.lists(st.builds(First, levels, st.none() | seconds)))
def test_answered_and_unanswered_add_up_to_all(found: list[First]) -> None:
    *rows, everything = responses(found, LEVELS)
    assert [row.level for row in rows] == list(LEVELS)
    assert everything.level == ""
    assert everything.answered + everything.unanswered == len(found)
    assert sum(row.answered for row in rows) == everything.answered
    assert sum(row.unanswered for row in rows) == everything.unanswered


@given(st.lists(st.builds(First, levels, seconds), min_size=1))
def test_half_and_nine_of_ten_were_answered_within(found: list[First]) -> None:
    everything = responses(found, LEVELS)[-1]
    assert everything.median is not None
    assert everything.slow is not None
    assert everything.median <= everything.slow
    for limit, percent in ((everything.median, 50), (everything.slow, 90)):
        within = sum(timedelta(seconds=one.after or 0.0) <= limit for one in found)
        assert within * 100 >= percent * len(found)


def test_who_was_not_answered_makes_no_time_shorter_or_longer() -> None:
    found = [First("u1", 60.0), First("u1", 120.0), First("u1", None)]
    row = responses(found, LEVELS)[0]
    assert (row.median, row.slow) == (timedelta(minutes=1), timedelta(minutes=2))
    assert (row.answered, row.unanswered) == (2, 1)


def test_a_level_without_answers_has_no_times() -> None:
    row = responses([First("u2", None)], LEVELS)[1]
    assert (row.median, row.slow, row.unanswered) == (None, None, 1)


@given(
    st.lists(
        st.builds(
            Late, st.sampled_from(("open", "review")), levels, st.floats(0, DAY), st.booleans()
        )
    )
)
def test_everything_late_counts_once_and_most_stands_first(late: list[Late]) -> None:
    rows = lateness(late)
    assert sum(row.count for row in rows) == len(late)
    assert sum(row.unheld for row in rows) == sum(not one.is_held for one in late)
    assert [row.count for row in rows] == sorted((row.count for row in rows), reverse=True)
    assert len({(row.clock, row.stage) for row in rows}) == len(rows)


def test_lateness_names_the_longest() -> None:
    late = [
        Late("open", "received", 60.0, is_held=False),
        Late("open", "received", 3600.0, is_held=True),
    ]
    (row,) = lateness(late)
    assert (row.count, row.unheld, row.longest) == (2, 1, timedelta(hours=1))


@given(
    st.lists(
        st.builds(Held, st.sampled_from(("", "ada", "bo", "gone")), levels, st.integers(0, 9))
    )
)
def test_loads_add_up_and_name_everybody(held: list[Held]) -> None:
    rows = loads(held, ("ada", "bo", "cy"), LEVELS)
    assert sum(row.total for row in rows) == sum(one.number for one in held)
    assert {"", "ada", "bo", "cy"} <= {row.who for row in rows}
    assert rows[0].who == ""
    totals = [row.total for row in rows[1:]]
    assert totals == sorted(totals, reverse=True)
    for level in LEVELS:
        of_level = sum(one.number for one in held if one.level == level)
        assert sum(row.by_level[level] for row in rows) == of_level


@given(
    st.dictionaries(
        st.lists(st.sampled_from("abcd"), max_size=5).map(tuple), st.integers(1, 9), max_size=9
    )
)
def test_a_factor_counts_once_a_case(cases: dict[tuple[str, ...], int]) -> None:
    rows = fired(cases)
    counts = {row.factor: row.count for row in rows}
    for factor in "abcd":
        of_factor = sum(number for factors, number in cases.items() if factor in factors)
        assert counts.get(factor, 0) == of_factor
    assert [row.count for row in rows] == sorted(counts.values(), reverse=True)


def test_the_most_frequent_factor_stands_first() -> None:
    assert fired({("in_custody", "minor"): 2, ("minor",): 1, (): 4}) == (
        Fired("minor", 3),
        Fired("in_custody", 2),
    )
