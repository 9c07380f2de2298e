"""The 48 hours of a child who is ill since yesterday began then; no day of return is counted from today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, understand
from tests.understanding.reading import CALENDAR, written

MONDAY, TUESDAY = date(2026, 11, 9), date(2026, 11, 10)


def back(text: str, known: tuple[Report, ...] = (Report(("c1",), "I", MONDAY, None, "day"),)) -> set[date | None]:
    told = understand(replace(written(text), known=known), CALENDAR)
    return {one.return_day for one in told.reports}


@pytest.mark.parametrize(
    "text",
    [
        "still not right keeping him off again today for the 48 hrs",
        "Tom off again today to finish his 48 hours",
        "Tom is off again as hes still in the 48 hours",
    ],
)
def test_hours_that_have_begun_name_no_day_of_return(text: str) -> None:
    assert back(text) == {None}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tom was sick again in the night so thats another 48 hours", 12),
        ("Tom off again today for the 48 hours, back tomorrow", 11),
    ],
)
def test_hours_anew_and_a_day_that_is_said(text: str, day: int) -> None:
    assert back(text) == {date(2026, 11, day)}


def test_the_first_report_counts_them() -> None:
    assert back("Tom was sick last night so keeping him off for 48 hours", ()) == {date(2026, 11, 12)}


def test_a_day_of_return_that_was_said_stands() -> None:
    known = (Report(("c1",), "I", MONDAY, date(2026, 11, 11), "day"),)
    assert back("Tom is eating again but we are keeping him off for the 48 hours as told", known) == {
        known[0].return_day
    }
    assert back("Tom was sick again at 6 so thats another 48 hours", known) == {date(2026, 11, 12)}
