"""A child whom we expect later today stays at home after all: the rest of the day is told of, and nothing is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.understanding import Report, Understanding, understand
from tests.understanding.reading import CALENDAR, written

TODAY = date(2026, 11, 17)
ILL_THIS_MORNING = Report(("c1",), "I", TODAY, TODAY, "am", time(10))
AT_THE_DENTIST = Report(("c1",), "M", TODAY, TODAY, "am", time(11))


def after(held: Report, text: str, clock: str = "09:40", children: str = "Tom:8 Ella:6") -> Understanding:
    return understand(replace(written(text, f"2026-11-17T{clock}", children), known=(held,)), CALENDAR)


@pytest.mark.parametrize(
    "text",
    [
        "its turned into a migraine so hes going to stay home",
        "hes still no good leave it for today",
        "not coming in now he feels worse",
        "been sick again keeping him off",
        "no point bringing him in he's asleep",
    ],
)
def test_the_whole_day_is_away(text: str) -> None:
    told = after(ILL_THIS_MORNING, text)
    assert (told.intent, [(one.code, one.first_day, one.session) for one in told.reports]) == (
        "absence",
        [("I", TODAY, "day")],
    )
    assert set(told.ask) <= {"return"}


def test_after_an_appointment_the_afternoon_is_away() -> None:
    told = after(AT_THE_DENTIST, "hes too sore to come in this afternoon so keeping him off", "11:15")
    assert [(one.code, one.session) for one in told.reports] == [("I", "pm")]


@pytest.mark.parametrize(
    "text",
    [
        "might have to keep him off all day",
        "will let you know if he is staying home",
        "Ella is staying home too",
        "should I keep him at home?",
        "on our way now",
    ],
)
def test_near_misses_make_no_whole_day_of_this_morning(text: str) -> None:
    told = after(ILL_THIS_MORNING, text)
    assert ("c1", TODAY, "day") not in [
        (one.children[0], one.first_day, one.session) for one in told.reports if one.children
    ]


@pytest.mark.parametrize(
    "text",
    [
        "still in the waiting room so he wont be back at all",
        "running so late he's not going to make it back in today",
        "theyve only just called us so he will not be in at all",
    ],
)
def test_an_appointment_that_takes_all_of_the_day(text: str) -> None:
    told = after(AT_THE_DENTIST, text, "12:50")
    found = [(one.code, one.first_day, one.return_day, one.session) for one in told.reports]
    assert (told.intent, found, told.ask) == ("absence", [("M", TODAY, date(2026, 11, 18), "day")], ())


@pytest.mark.parametrize(
    "text",
    [
        "still in the waiting room, back about 1 now",
        "will he be marked absent if he's not back at all?",
        "Ella won't be in at all",
        "wont be back before lunch",
        "he felt faint so he won't be back today, bad headache",
    ],
)
def test_near_misses_make_no_day_of_an_appointment(text: str) -> None:
    told = after(AT_THE_DENTIST, text, "12:50")
    found = [(one.children, one.code, one.session) for one in told.reports]
    assert (("c1",), "M", "day") not in found
