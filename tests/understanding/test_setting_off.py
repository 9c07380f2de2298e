"""When a family sets off, and when a child falls ill, is not yet the day or the half that is missed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.understanding.reading import read

FRIDAY = date(2027, 1, 15)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("We have to fly to Krakow on Friday morning for my dads funeral, can Tom have the time off", None),
        ("We leave on Friday morning for my brothers wedding, back on Tuesday, can Tom be off", date(2027, 1, 19)),
    ],
)
def test_the_morning_on_which_they_leave_is_no_morning_off(text: str, back: date | None) -> None:
    [report] = read(text, "2027-01-13T17:45", "Tom:8").reports
    assert (report.first_day, report.return_day, report.session) == (FRIDAY, back, "day")


@pytest.mark.parametrize(
    "text",
    [
        "Can Tom have Friday morning off for his grandads funeral",
        "We are driving to Wales on friday morning for a funeral and back the same afternoon, can Tom be off",
    ],
)
def test_a_morning_off_stays_one(text: str) -> None:
    [report] = read(text, "2027-01-13T17:45", "Tom:8").reports
    assert (report.first_day, report.return_day, report.session) == (FRIDAY, FRIDAY, "am")


@pytest.mark.parametrize("text", ["Tom has been sick today, last time at 4pm", "Tom ill today"])
def test_ill_on_a_sunday_is_away_on_monday(text: str) -> None:
    understood = read(text, "2026-11-08T18:00", "Tom:8")
    assert understood.ask == ("return",)
    assert understood.reports[0].first_day == date(2026, 11, 9)


@pytest.mark.parametrize("text", ["will be back in for period 3", "back in for lesson 2"])
def test_a_lesson_is_no_hour_of_the_night(text: str) -> None:
    understood = read(text, "2027-04-20T09:18", "Tom:8")
    assert all(report.code != "O" for report in understood.reports)


@pytest.mark.parametrize(
    "text",
    [
        "on our way to the walk in centre",
        "on my way to the walk-in centre with him now, fell off his bike on way in",
        "taking him to walk in now",
        "hes at walk in",
    ],
)
def test_a_walk_in_centre_is_a_place_and_nobody_who_walks_in(text: str) -> None:
    assert read(text, asked="absence").intent == "absence"


@pytest.mark.parametrize("text", ["he will walk in late about 10", "he has to walk in with his sister, late"])
def test_who_walks_in_comes_late(text: str) -> None:
    assert read(text, asked="absence").intent == "late"
