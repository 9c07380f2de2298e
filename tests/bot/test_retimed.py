"""Words that hold another time and nothing else, and those that hold more."""

from __future__ import annotations

from datetime import time

import pytest

from bot.corrections.retimed import said_instead


@pytest.mark.parametrize(
    ("text", "new", "old"),
    [
        ("sorry make that 1.45", time(13, 45), None),
        ("Make that 10:30 please", time(10, 30), None),
        ("I meant 9.45am, sorry", time(9, 45), None),
        ("oops, should be 2pm", time(14), None),
        ("actually 11.30", time(11, 30), None),
        ("sorry, 1.45 not 1.15", time(13, 45), time(13, 15)),
        ("1.45 not 1.15", time(13, 45), time(13, 15)),
        ("make that 0145pm", time(13, 45), None),
    ],
)
def test_another_time(text: str, new: time, old: time | None) -> None:
    assert said_instead(text) == (new, old)


@pytest.mark.parametrize(
    "text",
    ["1.45", "sorry", "make that Thursday", "sorry make that both of them", "make that 2 days", "sorry, 1.45 for Rory",
     "sorry I missed your 10.30 call", "make that 25.99", "not 1.15", "sorry make that tomorrow at 1.45", ""],
)  # fmt: skip
def test_more_than_a_time_or_none(text: str) -> None:
    assert said_instead(text) is None
