"""Somebody comes now for a child who sits in class: it is away from here on, and nobody asks where it is."""

from __future__ import annotations

import pytest

from attendance.register import Entry
from bot.outcome import Record
from tests.support.builders import AM
from tests.support.messages import Thread, alerted, means, of, template

HERE = Entry("amina", AM, mis="/")
AWAY = Entry("amina", AM, mis="N")


def said(words: str, entry: Entry = HERE, intent: str = "question", clock: str = "11:30") -> list[tuple[str, str, str]]:
    """(pupil, code, half) of what these words record."""
    outcome = Thread("mum", entered=[entry]).hears(means(intent), words, clock)
    return [(one.absence.pupil, one.absence.code, one.absence.half) for one in of(outcome, Record)]


@pytest.mark.parametrize(
    "words",
    [
        "Amina's grandad has died, I am coming to get her",
        "I'm on my way to pick Amina up, family emergency",
        "im collecting amina now, her nan's been taken ill",
    ],
)
def test_a_child_that_is_fetched_is_away_after_lunch(words: str) -> None:
    assert said(words) == [("amina", "N", "pm")]


@pytest.mark.parametrize(
    "words",
    [
        "Who is collecting Amina after school? I am coming to get Ben",
        "I am coming to get Amina at 2",
        "Amina's nan is coming to get her tomorrow",
        "Amina is coming to school with a cake",
    ],
)
def test_other_comings_record_nothing(words: str) -> None:
    assert said(words) == []


def test_who_is_not_in_class_is_not_fetched_from_it() -> None:
    assert said("Amina's grandad has died, I am coming to get her", AWAY) == []
    assert said("Amina's grandad has died, I am coming to get her", clock="15:00") == []


def test_the_office_hears_who_comes() -> None:
    words = "coming to get Amina now, family emergency"
    outcome = Thread("mum", entered=[HERE]).hears(means("question"), words, "11:30")
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])
