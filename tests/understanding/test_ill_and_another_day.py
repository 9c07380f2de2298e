"""Ill today, and something else on a day to come, in one message: made by the hundred, both are read with days of
their own.
"""

from __future__ import annotations

import random
from datetime import date

import pytest

from tests.understanding.reading import read
from tests.understanding.ways import BARE, CALENDAR, DATED, DAY, some_school_day, weekday

_ILL = (
    "Tom is ill today",
    "Tom's poorly and won't be in today",
    "Tom has a temperature so off today",
    "Tom been sick, not in today",
)
#: By the day on which it is, with its code and the half that it takes.
_BESIDE = (
    ("Also he has a dentist appointment on {day} at 2.15", "M", "pm"),
    ("Also he has a dentist appointment on {day} at 9.30", "M", "am"),
    ("While I'm texting, he's at the dentist all day on {day}", "M", "day"),
    ("Also, I am taking him to a family wedding on {day} so he will be off", "C", "day"),
    ("Just a reminder he won't be in on {day} either, we have a funeral", "C", "day"),
    ("Eid is on {day} so he will be off then too", "R", "day"),
    ("PS he has a hospital appointment on {day} at 2pm, I'll pick him up at 1", "M", "pm"),
    ("We're also away on {day}, back the day after", "G", "day"),
)


def _day_ahead(dice: random.Random) -> tuple[date, date, str]:
    while True:
        sent = some_school_day(dice)
        day = sent + DAY * dice.randrange(2, 9)
        if CALENDAR.is_school_day(day):
            forms = [DATED["4/5"](day), DATED["4th May"](day), BARE["Tuesday 4th"](day)]
            return sent, day, dice.choice([*forms, weekday(day, dice)] if day - sent < 6 * DAY else forms)


@pytest.mark.parametrize(("beside", "code", "half"), _BESIDE)
def test_ill_today_and_away_on_another_day(beside: str, code: str, half: str) -> None:
    dice = random.Random(beside)
    misread = []
    for _ in range(12):
        sent, day, said = _day_ahead(dice)
        text = f"{dice.choice(_ILL)}. {beside.format(day=said)}"
        reports = read(text, f"{sent}T08:10", "Tom:8").reports
        got = [(report.code, report.first_day, report.session) for report in reports]
        if sorted(got, key=str) != sorted([("I", sent, "day"), (code, day, half)], key=str):
            misread.append(f"{sent} {text}: {got}")
    assert misread == []


@pytest.mark.parametrize("between", ["I'm taking her to the dentist on", "I am with her at the dentist on"])
def test_i_am_names_no_half_of_the_day(between: str) -> None:
    reports = read(f"Ella is off ill today, {between} Thursday", "2026-11-10T08:00", "Ella:8").reports
    assert [report.session for report in reports if report.first_day == date(2026, 11, 10)] == ["day"]
