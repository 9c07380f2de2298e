"""When a number of ill children is called unusual."""

from __future__ import annotations

import pytest

from attendance.clusters import judge


@pytest.mark.parametrize(
    ("before", "count", "unusual"),
    [
        ([0] * 9, 3, True),  # nobody is ever ill in this class, and three are
        ([0] * 9, 2, False),  # below three children nothing is a cluster
        ([1, 2, 1, 3, 2, 1, 2, 2, 2], 3, False),
        ([1, 2, 1, 3, 2, 1, 2, 2, 2], 4, True),  # mean 1.71 and three times 0.76 is 3.98
        ([1, 2, 1, 3, 2, 1, 2, 9, 9], 5, True),  # the two days before do not hide their own rise
        ([0, 6, 0, 6, 0, 6, 0, 0, 0], 9, False),  # numbers that jump every week are usual
        ([0] * 8, 9, False),  # too few days to say what is usual
    ],
)
def test_a_cluster(before: list[int], count: int, unusual: bool) -> None:
    assert judge(before, count).unusual is unusual


def test_the_last_nine_days_count_and_no_older_ones() -> None:
    assert judge([50] * 30 + [1] * 9, 4) == judge([1] * 9, 4)


def test_while_days_are_few_nothing_is_said_to_be_usual() -> None:
    found = judge([2, 2, 2], 8)
    assert (found.usual, found.limit) == (None, None)


def test_four_is_exactly_the_limit_of_even_days_and_not_above_it() -> None:
    assert judge([4] * 9, 4).unusual is False
    assert judge([4] * 9, 5).unusual is True
