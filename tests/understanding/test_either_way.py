"""A day of return that is said both ways is none; a hope and a doubt about something else change nothing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.understanding.reading import read

TUESDAY, WEDNESDAY, FRIDAY = "2026-11-10T07:30", date(2026, 11, 11), date(2026, 11, 13)


@pytest.mark.parametrize(
    "text",
    [
        "Tom is poorly, maybe back tomorrow maybe not",
        "Tom has been sick all night, might be in tomorrow might not",
        "Tom is poorly, he may or may not be in tomorrow",
        "Tom has a temp. Tomorrow maybe, maybe not",
        "Tom is ill, could be back tomorrow, might not be",
        "Tom off sick, not sure if he'll be back tomorrow",
        "Tom is poorly, 50/50 for tomorrow",
        "Tom's been sick, I can't say whether he will be in tomorrow or not",
        "Tom is ill, possibly in tomorrow but possibly not",
    ],
)
def test_no_day_is_recorded_and_none_is_asked_for(text: str) -> None:
    told = read(text, TUESDAY, "Tom:8")
    assert [(one.code, one.return_day) for one in told.reports] == [("I", None)]
    assert told.ask == ()


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Tom is poorly, hopefully back tomorrow", WEDNESDAY),
        ("Tom is poorly, might have covid, might not be in until Friday", FRIDAY),
        ("Tom is ill, back tomorrow. Not sure if he needs a note?", WEDNESDAY),
        ("Tom is sick, back tomorrow. May not be able to do PE", WEDNESDAY),
        ("Tom is poorly, will be back Friday whether he likes it or not", FRIDAY),
        ("Tom is poorly, not sure if its a bug, back Friday", FRIDAY),
    ],
)
def test_near_misses_keep_their_day(text: str, back: date) -> None:
    assert [one.return_day for one in read(text, TUESDAY, "Tom:8").reports] == [back]


@pytest.mark.parametrize("text", ["Tom may or may not be in today, bad night", "Tom might be in today, might not"])
def test_of_today_it_is_asked(text: str) -> None:
    told = read(text, TUESDAY, "Tom:8")
    assert not told.reports or told.ask
