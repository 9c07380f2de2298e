"""Of a child that is known to be away: "off again tomorrow" says enough, and no day of return need be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, Understanding, understand
from tests.understanding.reading import CALENDAR, read, written

ILL = Report(("c1",), "I", date(2026, 11, 10), None, "day")
EVENING, MORNING = "2026-11-10T19:45", "2026-11-10T09:15"


def knowing(text: str) -> Understanding:
    return understand(replace(written(text, EVENING, "Tom:8"), known=(ILL,)), CALENDAR)


@pytest.mark.parametrize(
    "text",
    [
        "Tom off again tomorrow",
        "off again tomorrow",
        "he'll be off again tomorrow",
        "Tom staying home again tomorrow",
        "No school for Tom again tomorrow",
        "Tom not in tomorrow either sorry",
    ],
)
def test_away_tomorrow_is_back_the_day_after_at_the_earliest(text: str) -> None:
    told = knowing(text)
    assert [report.return_day for report in told.reports] == [date(2026, 11, 12)]
    assert told.ask == ()


@pytest.mark.parametrize("text", ["Tom might be off again tomorrow", "Is Tom off again tomorrow?"])
def test_what_is_left_open_is_asked(text: str) -> None:
    told = knowing(text)
    assert not any(report.return_day for report in told.reports)
    assert told.ask


def test_in_again_tomorrow_is_a_day_of_return() -> None:
    assert [report.return_day for report in knowing("Tom will be in again tomorrow").reports] == [date(2026, 11, 11)]


@pytest.mark.parametrize(
    "text",
    [
        "Sorry Tom was ill yesterday and today, back tomorrow",
        "Tom ill yesterday and today",
        "Sorry Tom was ill yesterday and today",
        "Tom was poorly yesterday and today",
        "Tom has been off yesterday and today with a cold",
        "Tom is off today and was ill yesterday aswell sorry",
        "sorry, he was poorly yesterday and still is today",
        "Tom is off sick, he was off yesterday with it too",
    ],
)
def test_ill_on_the_day_before_as_well(text: str) -> None:
    told = read(text, MORNING, "Tom:8", asked="absence")
    assert [(report.code, report.first_day) for report in told.reports] == [("I", date(2026, 11, 10))]
    assert told.began == date(2026, 11, 9)
    assert not {"dates", "confirm"}.intersection(told.ask)


@pytest.mark.parametrize(
    "text", ["Tom is ill today, he was fine yesterday", "Tom is ill, he was at his dads yesterday", "Tom ill today"]
)
def test_another_thing_yesterday_is_no_illness(text: str) -> None:
    assert read(text, MORNING, "Tom:8", asked="absence").began is None
