"""A child that is better is not yet back: what was reported stands until somebody says that it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, Understanding, understand
from tests.understanding.reading import CALENDAR, written

TODAY = date(2026, 11, 10)
UNTIL_THURSDAY = Report(("c1",), "I", date(2026, 11, 9), date(2026, 11, 12))


def after(text: str, known: Report = UNTIL_THURSDAY, asked: str | None = None) -> Understanding:
    return understand(replace(written(text, "2026-11-10T08:05", "Tom:8", asked), known=(known,)), CALENDAR)


@pytest.mark.parametrize(
    "text",
    [
        "Tom a bit better today still sleeping loads",
        "bit better today, temp still up",
        "update on Tom he is much better today but staying home",
        "Tom feeling better this morning. spots still weeping",
        "on the mend today",
        "Tom seems brighter today, see how he goes",
        "picking up a bit today, keeping him off tho",
        "brighter this morning but gone back to bed",
        "Tom is better today",
    ],
)
def test_better_today_is_no_day_of_return(text: str) -> None:
    told = after(text)
    assert (told.intent, [one.return_day for one in told.reports]) == ("return", [None])
    assert told.ask == ()  # Thursday was said


@pytest.mark.parametrize(
    "text",
    [
        "better today, will be in",
        "Tom is feeling much better this morning so he's coming in",
        "Much better today so sending him in",
        "bit better so trying him in today",
        "better today, walking up now",
        "Much better this morning, see you shortly",
        "Tom is much better today thanks, he'll be with you for 9",
    ],
)
def test_better_and_a_word_of_coming_is_back_today(text: str) -> None:
    assert [one.return_day for one in after(text).reports] == [TODAY]


def test_another_day_that_is_said_is_the_day() -> None:
    told = after("a bit better today, hopefully back tomorrow")
    assert [one.return_day for one in told.reports] == [date(2026, 11, 11)]


def test_where_no_day_was_told_it_is_asked_for() -> None:
    told = after("a bit better today", replace(UNTIL_THURSDAY, return_day=None))
    assert ([one.return_day for one in told.reports], told.ask) == ([None], ("return",))
