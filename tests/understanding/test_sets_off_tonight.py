"""Whoever travels tonight is in school today, and the leave begins on the next day of school."""

from __future__ import annotations

from datetime import date

import pytest

from tests.understanding.reading import read

TUESDAY, WEDNESDAY = date(2026, 11, 10), date(2026, 11, 11)


@pytest.mark.parametrize(
    "text",
    [
        "My mother passed in Freetown. We are traveling tonight with Tom and will return 24th of November",
        "Our nan died so we're driving to Wales straight after school, Tom back on Monday",
    ],
)
def test_leave_begins_on_the_day_after(text: str) -> None:
    told = read(text)
    assert (told.intent, [one.first_day for one in told.reports]) == ("leave", [WEDNESDAY])


@pytest.mark.parametrize(
    "text",
    [
        "we are flying to Spain tonight so Tom is off today, back monday",
        "Tom has a temperature, seeing how he goes tonight, back Thursday",
    ],
)
def test_who_is_off_today_is_off_today(text: str) -> None:
    assert [one.first_day for one in read(text).reports] == [TUESDAY]
