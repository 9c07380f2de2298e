"""A day that is put right after two children were recorded alike is the day of both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, Understanding, understand
from tests.understanding.reading import CALENDAR, written

THURSDAY = date(2026, 11, 12)
TODAY = date(2026, 11, 10)
BOTH = (Report(("c1",), "I", TODAY, date(2026, 11, 11), "day"), Report(("c2",), "I", TODAY, date(2026, 11, 11), "day"))


def after(text: str, known: tuple[Report, ...] = BOTH) -> Understanding:
    return understand(replace(written(text, "2026-11-10T09:30", "Tom:2 Ella:4"), known=known), CALENDAR)


@pytest.mark.parametrize("text", ["sorry thursday", "thursday I guess", "will be Thursday", "back thurs now"])
def test_the_day_is_of_both(text: str) -> None:
    told = after(text)
    assert told.intent == "return"
    assert {child: one.return_day for one in told.reports for child in one.children} == {"c1": THURSDAY, "c2": THURSDAY}


@pytest.mark.parametrize("text", ["Tom thursday", "Tom will be Thursday now sorry"])
def test_who_is_named_is_meant(text: str) -> None:
    assert {child for one in after(text).reports for child in one.children} == {"c1"}


def test_who_alone_was_recorded_is_meant() -> None:
    assert {child for one in after("sorry thursday", BOTH[1:]).reports for child in one.children} == {"c2"}


def test_where_the_two_have_days_of_their_own_nobody_is_taken_for_both() -> None:
    other = replace(BOTH[1], return_day=date(2026, 11, 13))
    assert {child for one in after("sorry thursday", (BOTH[0], other)).reports for child in one.children} != {
        "c1",
        "c2",
    }
