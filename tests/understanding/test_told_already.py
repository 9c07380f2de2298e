""" "I did send a note about the orthodontist", of an appointment that is known: told again, and not taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, Understanding, understand
from tests.understanding.reading import CALENDAR, written

TODAY, TOMORROW = date(2026, 11, 10), date(2026, 11, 11)
ORTHODONTIST = Report(("c1",), "M", TODAY, TOMORROW, "pm")


def reads(text: str, asked: str | None = None, known: Report = ORTHODONTIST) -> Understanding:
    message = written(text, "2026-11-10T14:20", "Precious:9", asked)
    return understand(replace(message, known=(known,)), CALENDAR)


@pytest.mark.parametrize("asked", [None, "absence"])
@pytest.mark.parametrize(
    "text",
    [
        "I DID send a note about the orthodontist",
        "I sent a note about the orthodontist",
        "I emailed about the orthodontist last week",
        "I did tell you about the orthodontist",
        "There was a note about the orthodontist in her planner",
        "she has the orthodontist",
    ],
)
def test_what_is_known_stands_as_it_is(text: str, asked: str | None) -> None:
    answer = reads(text, asked)
    assert answer.intent == "absence"
    assert answer.reports == (ORTHODONTIST,)


@pytest.mark.parametrize(
    "text",
    [
        "The orthodontist is cancelled",
        "the orthodontist has been moved to next week",
        "I told you the orthodontist was cancelled",
    ],
)
def test_a_cancelled_one_is_taken_back(text: str) -> None:
    assert ORTHODONTIST not in reads(text).reports


def test_another_time_is_the_one_that_counts() -> None:
    answer = reads("she has the orthodontist at 10", "absence")
    assert answer.reports[0].session == "am"


def test_an_illness_is_not_over_for_a_note() -> None:
    ill = Report(("c1",), "I", TODAY, TOMORROW)
    assert reads("There was a note about the orthodontist in her planner", known=ill).intent == "question"
