"""A month in which something was told, asked or paid is none to come; an absence of months is asked about."""

from __future__ import annotations

from datetime import date

import pytest

from tests.understanding.reading import read

TUESDAY = "2026-11-17T09:30"


@pytest.mark.parametrize(
    "text",
    [
        "Tom is at an audition in London, I did email the head about it in October",
        "Tom is at an audition. We told you about it in September",
        "At a wedding, we asked for it in September",
        "Tom is at his grandad's funeral, I filled in the form back in October",
        "We asked the head in September, Tom is at his cousin's wedding today",
        "Tom is on the residential that we paid for in August",
    ],
)
def test_when_it_was_told_is_no_day_of_the_absence(text: str) -> None:
    understood = read(text, TUESDAY, asked="absence")
    (report,) = understood.reports
    assert (understood.intent, report.first_day, report.return_day) == ("absence", date(2026, 11, 17), None)
    assert "dates" not in understood.ask


@pytest.mark.parametrize(
    "text",
    ["Tom will have an operation in January", "We have booked a holiday in June", "Tom is away in March for a wedding"],
)
def test_a_month_to_come_without_a_day_is_asked_about(text: str) -> None:
    assert "dates" in read(text, TUESDAY).ask


@pytest.mark.parametrize(
    ("text", "sure"),
    [("Tom is ill, back on Thursday", True), ("Tom has broken his leg, back on 4 January", True)],
)
def test_what_is_over_within_weeks_is_recorded(text: str, sure: bool) -> None:
    assert ("confirm" not in read(text, TUESDAY).ask) == sure


def test_an_absence_of_many_months_is_read_back_as_a_question() -> None:
    assert "confirm" in read("Tom is poorly today, back on 14th April", TUESDAY).ask
