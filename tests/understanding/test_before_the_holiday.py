"""Days beside a holiday: the last one, where they are told as past ("was sick the Friday before half term")."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

AFTER_HALF_TERM = "2026-11-05T15:30"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("hello about friday before the holiday, Tom was sick that morning with his stomach", "2026-10-23 2026-11-02"),
        ("about the friday before half term, Tom was sick", "2026-10-23 2026-11-02"),
        ("Tom was off the friday before the holidays with a sore throat", "2026-10-23 2026-11-02"),
        ("Tom was off on the last day before half term, he had a bug", "2026-10-23 2026-11-02"),
        ("sorry Tom was ill the last day of term", "2026-10-23 2026-11-02"),
        ("the friday before half term he had toothache", "2026-10-23 2026-11-02"),
        ("Tom was ill the week before half term", "2026-10-19 2026-11-02"),
        ("Tom was off the week before we broke up with a chest infection", "2026-10-19 2026-11-02"),
        ("Tom was off the monday after half term with a cold", "2026-11-02 2026-11-03"),
    ],
)
def test_what_was_lies_beside_the_holiday_that_is_over(text: str, days: str) -> None:
    assert told(read(text, AFTER_HALF_TERM)) == {"c1": [days]}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Tom will be off the friday before the christmas holidays, we fly on the 18th", "2026-12-18"),
        ("can Tom have the friday before the holidays off please", "2026-12-18"),
        ("Tom has a hospital appointment on the last day before the holidays", "2026-12-18"),
        ("I was hoping to take him out the friday before half term", "2027-02-12"),
        ("Tom was told he could have the last day of term off, we fly at 3", "2026-12-18"),
        ("Tom is off the friday before we break up, flying to spain", "2026-12-18"),
        ("Tom is off the monday after half term as we fly back late", "2027-02-22"),
    ],
)
def test_what_is_to_come_lies_beside_the_next_one(text: str, first: str) -> None:
    assert [str(report.first_day) for report in read(text, AFTER_HALF_TERM).reports] == [first]


def test_a_holiday_that_is_long_over_is_not_meant() -> None:
    report = read("Tom was off the friday before half term with a cold", "2027-02-08T15:30").reports[0]
    assert str(report.first_day) != "2026-10-23"
