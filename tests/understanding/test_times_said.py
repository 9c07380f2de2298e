"""Times as they are written in a hurry: half one, tennish, coming 10, in ten, 945."""

from __future__ import annotations

import pytest

from bot.understanding.reader import look
from tests.understanding.reading import CALENDAR, read, written


def _times(text: str, sent: str = "08:00") -> list[str]:
    roles = look(written(text, f"2026-11-10T{sent}"), CALENDAR).reading.times.roles
    return [f"{moment.at:%H:%M}" for moment, _ in roles]


@pytest.mark.parametrize(
    ("text", "sent", "times"),
    [
        ("collecting him at half one", "08:00", ["13:30"]),
        ("collecting him at half past one", "08:00", ["13:30"]),
        ("won't be done until one", "08:00", ["13:00"]),
        ("dentist, back by tennish", "08:00", ["10:00"]),
        ("optician. 11 come", "08:00", ["11:00"]),
        ("coming 10 after the chemist", "08:00", ["10:00"]),
        ("once the numbness has gone, say 1", "08:00", ["13:00"]),
        ("on the bus. 945", "08:00", ["09:45"]),
        ("forgot his trombone, 9 10", "08:47", ["09:10"]),
        ("slept in. there in 10", "09:30", ["09:40"]),
        ("give me 20", "09:41", ["10:01"]),
        ("running over, will be more like 1", "10:50", ["13:00"]),
        ("nearer 11 now sorry", "09:20", ["11:00"]),
        ("in the taxi 10h", "09:00", ["10:00"]),
        ("9 instead of 8.45", "08:00", ["09:00", "08:45"]),
        ("bus is late, say 9.30", "08:00", ["09:30"]),
        ("there at 9 and half", "08:00", ["09:30"]),
        ("must leave at ten to one", "08:00", ["12:50"]),
        ("I'd like him for quarter to if that's ok", "10:10", ["10:45"]),
        ("taking him out at 14 hours", "08:00", ["14:00"]),
        ("we reach school 9 clock", "08:00", ["09:00"]),
        ("stuck behind a cow. 11 if lucky", "08:00", ["11:00"]),
        ("metro is jammed, 20 past tops", "08:10", ["08:20"]),
        ("I'll be at the office 12 sharp", "08:00", ["12:00"]),
        ("coming for him 1.15 on the dot", "08:00", ["13:15"]),
        ("collecting 1 sharp", "08:00", ["13:00"]),
        ("fetching her at one and going home", "08:00", ["13:00"]),
    ],
)
def test_these_times_are_said(text: str, sent: str, times: list[str]) -> None:
    assert _times(text, sent) == times


@pytest.mark.parametrize(
    "text", ["one of them is ill", "bus 945 never came", "I have two girls and one boy", "at one point he was sick"]
)
def test_these_are_no_times(text: str) -> None:
    assert _times(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "he was up gaming till 3 in the morning, he can sleep it off",
        "up with the baby till 4 in the morning so we've all overslept, Tom will be off",
        "he got in from the concert at 1 in the morning, no school",
        "sick till 4 in the morning, staying home",
        "His sister was born at 3 this morning! Tom with his nan, off today",
        "been awake since 4 with earache",
    ],
)
def test_a_time_of_the_night_makes_no_afternoon(text: str) -> None:
    (report,) = read(text).reports
    assert (report.session, report.arrives, report.leaves) == ("day", None, None)


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("he's at the hospital till 1 then back", "am"),
        ("Off this morning till 12, doctors", "am"),
        ("Tom has physio till 12", "am"),
        ("Tom's got a funeral till 1 then coming in", "am"),
        ("at the dentist till 11 this morning then in", "am"),
        ("dentist at 1, he'll be off after that", "pm"),
        ("hospital from 1 till 3", "pm"),
        ("appointment at 2 this afternoon", "pm"),
    ],
)
def test_what_lasts_until_noon_takes_the_morning(text: str, half: str) -> None:
    (report,) = read(text).reports
    assert report.session == half
