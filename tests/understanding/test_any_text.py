"""Whatever comes in: no error, the same answer twice, only listed children and school days, in bounded time."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import Child, Message, Understanding
from bot.understanding.reader import _understand
from tests.understanding.reading import CALENDAR, read

WORDS = st.sampled_from(
    (
        "Tom Ella will not in off sick back monday until the 5th from 12/11 to 3 days at half 9 tomorrow next week"
        " dentist no yes ? . , both her brother may 99 31st february of 🤮 half term since ago inclusive in 2 hours"
        " 00:99 32/13 never"
    ).split()
)
CHILDREN = (Child("c1", "Tom", "Smith", (), 3), Child("c2", "Ella", "Smith", ("Ellie",), 6))


def _read(text: str, explain: bool) -> Understanding:
    sent = datetime(2026, 11, 10, 8, tzinfo=ZoneInfo("Europe/London"))
    return _understand(Message(sent, CHILDREN, None, (), text), CALENDAR, explain)


@settings(max_examples=250, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_text_gives_one_allowed_answer(text: str) -> None:
    answer = _read(text, explain=True)
    assert _read(text, explain=False) == replace(answer, trace=())
    for report in answer.reports:
        assert set(report.children) <= {"c1", "c2"}
        assert report.first_day is None or CALENDAR.is_school_day(report.first_day)
        assert report.return_day is None or CALENDAR.is_school_day(report.return_day)
    for seen in answer.trace:
        assert 0 <= seen.span[0] <= seen.span[1] <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "N'T",
        " \n\t",
        "\x00\x01\ufffd",
        "🤮" * 5_000,
        "not " * 2_500,
        "Tom is off until " * 600,
        "12/11 to " * 1_100,
        "he is in " * 1_100,
        "a" * 10_000,
        "مريض " * 2_000,
    ],
    ids=["empty", "ending", "blank", "binary", "emoji", "nots", "untils", "dates", "in", "one word", "arabic"],
)
def test_long_and_odd_texts_are_answered_in_time(text: str) -> None:
    read(text)
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 0.5
