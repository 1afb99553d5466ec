"""Percentiles by the nearest rank, against the definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.statistics import nearest_rank

values = st.lists(st.integers(0, 1000), min_size=1, max_size=60).map(sorted)


@given(values, st.integers(1, 100))
def test_a_percentile_is_the_smallest_value_that_enough_do_not_exceed(
    ordered: list[int], percent: int
) -> None:
    found = nearest_rank(ordered, percent)

    def is_enough(value: int) -> bool:
        return sum(one <= value for one in ordered) * 100 >= percent * len(ordered)

    assert found == min(value for value in ordered if is_enough(value))


@given(values)
def test_percentiles_only_rise(ordered: list[int]) -> None:
    found = [nearest_rank(ordered, percent) for percent in range(1, 101)]
    assert found == sorted(value for value in found if value is not None)
    assert found[-1] == ordered[-1]


@pytest.mark.parametrize(
    ("ordered", "median", "ninetieth"),
    [
        ([7], 7, 7),
        ([1, 2], 1, 2),
        ([1, 2, 3], 2, 3),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, 9),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6, 10),
    ],
)
def test_median_and_ninetieth_of_small_lists(
    ordered: list[int], median: int, ninetieth: int
) -> None:
    assert (nearest_rank(ordered, 50), nearest_rank(ordered, 90)) == (median, ninetieth)


def test_nothing_has_no_percentile() -> None:
    assert nearest_rank([], 50) is None
