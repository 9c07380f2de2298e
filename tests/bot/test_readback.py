"""What was recorded, in plain words: first names, no diagnosis, nothing of what the parent wrote."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from bot.readback import read_back
from tests.support.builders import DAY, report

NAMES = {"amina": "Amina", "ben": "Ben", "cleo": "Cleo"}
THURSDAY = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Amina off ill today"),
        ({"return_day": THURSDAY}, "Amina off ill today, back Thursday"),
        ({"return_day": DAY}, "Amina off ill today"),
        ({"code": "M", "half": "am", "arrives": time(10, 30)}, "Amina at an appointment this morning, in at 10:30"),
        (
            {"code": "M", "half": "pm", "leaves": time(13, 5)},
            "Amina at an appointment this afternoon, leaving at 13:05",
        ),
        ({"half": "pm", "leaves": time(11, 50), "sent": "12:20"}, "Amina off ill this afternoon"),
        (
            {"code": "M", "half": "am", "arrives": time(10, 30), "sent": "10:40"},
            "Amina at an appointment this morning",
        ),
        ({"code": "C"}, "Amina absent today"),
        ({"code": "O"}, "Amina absent today"),
        ({"first": date(2026, 11, 11)}, "Amina off ill tomorrow"),
        ({"first": date(2026, 11, 9), "return_day": THURSDAY}, "Amina off ill since yesterday, back Thursday"),
        (
            {"first": date(2026, 11, 5), "return_day": THURSDAY},
            "Amina off ill from Thursday 5 November, back Thursday 12 November",
        ),
        ({"first": date(2026, 11, 9), "return_day": DAY}, "Amina off ill yesterday, back today"),
        ({"first": date(2026, 11, 16), "half": "pm", "code": "M"}, "Amina at an appointment Monday afternoon"),
        (
            {"first": date(2026, 11, 19), "return_day": date(2026, 11, 23)},
            "Amina off ill from Thursday 19 November, back Monday 23 November",
        ),
    ],
)
def test_one_child(said: dict[str, Any], words: str) -> None:
    assert read_back([report("a", **said)], NAMES, DAY) == words


def test_siblings_with_the_same_reason_and_dates_are_named_together() -> None:
    three = [report("1"), report("2", child="ben"), report("3", child="cleo")]
    assert read_back(three, NAMES, DAY) == "Amina, Ben and Cleo off ill today"


def test_others_each_for_themselves() -> None:
    two = [report("1"), report("2", child="ben", code="M", half="am")]
    assert read_back(two, NAMES, DAY) == "Amina off ill today; Ben at an appointment this morning"


def test_days_until_today_and_today_with_its_end_open_are_said_as_one() -> None:
    before = report("m1", first=date(2026, 11, 9), return_day=DAY)
    now = report("m2")
    assert read_back([before, now], NAMES, DAY) == "Amina off ill since yesterday"
    assert read_back([before, report("m3", "ben")], NAMES, DAY).count(";") == 1
