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


@pytest.mark.parametrize(
    ("text", "told", "new"),
    [
        ("make that quarter to", time(10), time(9, 45)),
        ("half past instead", time(10), time(10, 30)),
        ("sorry quarter past", time(10, 30), time(10, 15)),
        ("actually quarter to", time(10, 30), time(10, 45)),
        ("more like ten", time(9, 30), time(10)),
        ("make it half eleven", time(11), time(11, 30)),
        ("sorry should be half past ten", None, time(10, 30)),
        ("nearer quarter to eleven", time(10), time(10, 45)),
        ("make that twenty past one", time(13), time(13, 20)),
    ],
)
def test_a_time_in_words(text: str, told: time | None, new: time) -> None:
    assert said_instead(text, told) == (new, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [("make that quarter to", None), ("make that quarter to", time(10, 15)), ("half past", time(10)),
     ("make that two days", None), ("more like a cold", time(10)), ("make that both", time(10))],
)  # fmt: skip
def test_words_that_say_no_plain_time(text: str, told: time | None) -> None:
    assert said_instead(text, told) is None
