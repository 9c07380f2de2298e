"""To our question why a child is away, "in today" is neither a return nor an absence: it is believed in school."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize("asked", ["absence", "reason"])
@pytest.mark.parametrize(
    "text",
    [
        "He's fine, in today",
        "fine, in today",
        "in today",
        "Tom is well and in today",
        "yes in today",
        "Hi, in as normal today. Thanks",
        "Good afternoon, he is fine and in today",
        "he's attending today",
        "not absent today",
        "he isn't absent",
        "Tom is not off today",
        "he's not ill, in today",
        "he's better, back in today",
        "all good back in school x",
    ],
)
def test_nothing_but_in_is_believed_in_school(text: str, asked: str) -> None:
    told = read(text, "2026-11-10T09:20", asked=asked)
    assert (told.intent, told.urgent, [report.children for report in told.reports]) == ("present", True, [("c1",)])


@pytest.mark.parametrize(
    "text",
    [
        "not in today",
        "he's better, back in tomorrow",
        "better, in after lunch",
        "in at 11",
        "will be in today, he is just getting dressed",
        "he's not well, not in today",
        "in bed today",
        "in hospital",
        "he's off today",
        "is he not in?",
        "in a bit",
        "in this afternoon",
        "better, back in this afternoon",
        "in on Thursday",
    ],
)
def test_more_than_that_is_read_as_before(text: str) -> None:
    told = read(text, "2026-11-10T09:20", asked="absence")
    assert told.intent != "present" or "?" in text


@pytest.mark.parametrize("text", ["Tom is better, back in today", "Tom's fine, in today"])
def test_before_anybody_asked_it_may_be_a_return(text: str) -> None:
    told = read(text, "2026-11-10T07:30")
    assert (told.intent, told.urgent) == ("return", False)
