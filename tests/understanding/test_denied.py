"""A day on which it is said that the child will not be in is no day of return."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.understanding import Report, Understanding, understand
from tests.understanding.reading import CALENDAR, day, read, written


def after_a_report(text: str) -> Understanding:
    """Read of a child who is off ill today, as we know."""
    known = Report.from_json({"children": ["c1"], "code": "I", "first_day": "2026-11-10", "session": "day"})
    return understand(replace(written(text), known=(known,)), CALENDAR)


@pytest.mark.parametrize(
    "text",
    [
        "doubt he'll be in tomorrow either",
        "I doubt he will be back tomorrow",
        "cant see him being in tomorrow",
        "can't imagine he'll make it in tomorrow",
        "unlikely to be in tomorrow",
        "doubtful for tomorrow",
        "don't think he'll be in tomorrow",
    ],
)
def test_a_day_in_doubt_is_left_open(text: str) -> None:
    read_so = after_a_report(text)
    assert (read_so.intent, read_so.reports[0].return_day, read_so.ask) == ("return", None, ("return",))


@pytest.mark.parametrize("text", ["no chance he'll be in tomorrow", "no way is he coming in tomorrow"])
def test_a_day_denied_is_a_day_away(text: str) -> None:
    assert after_a_report(text).reports[0].return_day == day("12")


@pytest.mark.parametrize(
    "text",
    [
        "no doubt he'll be in tomorrow",
        "he'll be in tomorrow without a doubt",
        "I doubt it's anything serious so he'll be in tomorrow",
        "there is no way of knowing what it was but he'll be in tomorrow",
    ],
)
def test_a_doubt_of_something_else_leaves_the_day(text: str) -> None:
    assert after_a_report(text).reports[0].return_day == day("11")


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Tom is off with a bug, doubt he'll be in tomorrow", None),
        ("Tom not in today, sick. No chance he'll be in tomorrow", "12"),
        ("Tom is ill, unlikely to be back before Thursday", "12"),
        ("Tom has flu, doubt he'll be back this week", "16"),
        ("Tom ill. Doubt it's catching but back Thursday", "12"),
    ],
)
def test_said_with_the_illness(text: str, back: str | None) -> None:
    assert read(text).reports[0].return_day == (day(back) if back else None)
