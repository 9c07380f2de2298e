"""A back that hurts is no coming back, least of all of a child whom we hold to be ill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, understand
from bot.understanding.words.normalise import read_words
from tests.understanding.reading import CALENDAR, written

TODAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    "text",
    [
        "she's hurt her back",
        "Sadie's here with us, she hurt her back",
        "Sadie has hurt her back",
        "she's got a bad back",
        "hurt her back falling off the trampoline",
        "she's got a really sore back",
        "pulled a muscle in her back",
        "she's put her back out",
        "laid up with her back",
        "flat on her back, can't move",
    ],
)
def test_it_brings_nobody_in(text: str) -> None:
    message = replace(written(text, "2026-11-10T09:38", "Sadie:8"), known=(Report(("c1",), "I", TODAY, None, "day"),))
    told = understand(message, CALENDAR)
    assert all(report.return_day is None for report in told.reports)


@pytest.mark.parametrize(
    "text",
    [
        "feeling bad back tomorrow",
        "really poorly back Monday",
        "sending her back in",
        "have her back by 10",
        "put him back to bed",
        "with her back on Monday",
        "she is back in",
        "knee hurts, back Thursday",
        "he pulled back out of the trip",
        "back in pain",
    ],
)
def test_another_back_stays(text: str) -> None:
    assert "back" in read_words(text).texts
