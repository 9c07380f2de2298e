"""Dates that our grammar does not know: found by dateparser, never sure, and never invented from names and numbers."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.dates.fallback import odd_dates

TODAY = date(2027, 2, 3)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("ana jest chora do 12 lutego", date(2027, 2, 12)),
        ("copilul lipseste pe 12 februarie 2027", date(2027, 2, 12)),
        ("wraca 8 marca 2027", date(2027, 3, 8)),
        ("absent jusqu'au 12 mars 2027", date(2027, 3, 12)),
        ("повернеться 12 лютого", date(2027, 2, 12)),
    ],
)
def test_a_month_of_another_language_beside_a_number_is_a_date(line: str, day: date) -> None:
    (found,) = odd_dates(line, TODAY)
    assert (found.first, found.last) == (day, day)
    assert found.sure < 0.7, "what dateparser reads is asked about before it is recorded"


@pytest.mark.parametrize(
    "line",
    [
        "off sick , 2 kids ill",
        "may is ill",
        "tom is sat with me",
        "up at 2 and 4 in the night",
        "she is 12 and her brother 8",
        "wraca 8 marca 2031",
        "absent 12 mars 2025",
        "",
    ],
)
def test_names_numbers_and_days_far_off_are_none(line: str) -> None:
    assert odd_dates(line, TODAY) == []
