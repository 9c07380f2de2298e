"""Somebody comes now for a child who sits in class: it is away from here on, and nobody asks where it is."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from attendance.register import Entry
from bot.outcome import Record
from tests.support.builders import AM, DAY
from tests.support.messages import Thread, alerted, means, of, says, template

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
        "be there in 10 mins to pick Amina up",
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
        "be there at 10 to pick Amina up",
        "on my way to get Amina from her nan's, bringing her in",
        "did you ring me to collect Amina?",
        "the nurse rang, I haven't fetched Amina",
        "the school rang to say collect Ben tomorrow",
    ],
)
def test_other_comings_record_nothing(words: str) -> None:
    assert said(words) == []


@pytest.mark.parametrize(
    ("words", "comes"),
    [
        ("youve just rung to say Amina's been sick, im on my way be 15 min", True),
        ("the nurse called about Amina's temperature, leaving work now", True),
        ("just had a call from the office Amina's got a temp, leaving work now x", True),
        ("school rang, Amina is poorly, be with you in 10", True),
        ("Amina was sick at lunch yesterday, on my way to work so her nan has her", False),
        ("you rang about Amina, I'll be there later", False),
    ],
)
def test_whom_the_school_called_comes_for_the_child(words: str, comes: bool) -> None:
    ill = means("absence", says("amina", session="pm"), ask=("return",))
    outcome = Thread("mum", entered=[HERE]).hears(ill, words, "11:30")
    assert (("message_to_read", False) in alerted(outcome)) is comes


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("u just rang me to say Amina's heads bad again, coming to fetch her now", "I"),
        ("school rang Amina's got belly ache again, on my way to get her", "I"),
        ("coming to fetch Amina now, its all kicked off again at home", "N"),
    ],
)
def test_more_of_yesterdays_illness_is_fetched_as_well(words: str, code: str) -> None:
    again = means("return", says("amina", code=None, first=None))
    outcome = Thread("mum", entered=[HERE]).hears(again, words, "11:30")
    assert [(one.absence.code, one.absence.half) for one in of(outcome, Record)] == [(code, "pm")]
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])


def test_a_day_back_is_no_fetching() -> None:
    back = means("return", says("amina", code=None, first=None, return_day=DAY + timedelta(days=1)))
    outcome = Thread("mum", entered=[HERE]).hears(back, "coming to get Amina now, back in the morning", "11:30")
    assert [one.absence.leaves for one in of(outcome, Record)] in ([], [None])


def test_who_is_not_in_class_is_not_fetched_from_it() -> None:
    assert said("Amina's grandad has died, I am coming to get her", AWAY) == []
    assert said("Amina's grandad has died, I am coming to get her", clock="15:00") == []


def test_the_office_hears_who_comes() -> None:
    words = "coming to get Amina now, family emergency"
    outcome = Thread("mum", entered=[HERE]).hears(means("question"), words, "11:30")
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])


def test_coming_for_a_child_in_class_is_no_coming_of_the_child() -> None:
    """The reader hears a child that is still on its way in."""
    words = means("late", says("amina", code=None, first=None))
    outcome = Thread("dad", entered=[HERE]).hears(words, "Coming to get her now")
    assert alerted(outcome) == [("message_to_read", False)]
    assert [(one.absence.code, one.absence.half) for one in of(outcome, Record)] == [("N", "pm")]
    late = means("late", says("amina", code=None, first=None, arrives=time(10, 40)))
    away = Thread("dad", entered=[AWAY]).hears(late, "coming to drop her now, about 10.40")
    assert [one.absence.code for one in of(away, Record)] == ["L"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("You rang me to collect Amina", "I"),
        ("the nurse called, I've fetched Amina and we are in the car going home to bed for the day", "I"),
        ("school phoned me to come and get Amina after something happened in her lesson with another girl", "N"),
        ("I've picked Amina up, reception rang me", "I"),
    ],
)
def test_who_was_called_to_fetch_the_child_has_it(words: str, code: str) -> None:
    assert said(words) == [("amina", code, "pm")]
    assert said(words, AWAY) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("coming to get Amina now as she feels sick, she won't be back today", True),
        ("on my way to pick Amina up, shes been sick", True),
        ("Amina was sick at break, picked her up", False),
        ("coming to get Amina at 2, shes been sick", False),
        ("Amina is sick, her nan is coming to get her after school", False),
    ],
)
def test_the_office_hears_who_comes_for_a_child_that_is_reported_ill(words: str, told: bool) -> None:
    ill = means("absence", says("amina", session="pm"))
    outcome = Thread("mum", entered=[HERE]).hears(ill, words, "11:30")
    assert [one.absence.code for one in of(outcome, Record)] == ["I"]
    assert (("message_to_read", False) in alerted(outcome)) == told
