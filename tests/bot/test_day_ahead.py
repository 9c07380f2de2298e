"""A time of the day ahead changes the later of two absences, and never today's illness."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.outcome import Outcome, Record, Withdraw
from bot.understanding import Report, Understanding
from tests.support.builders import DAY
from tests.support.messages import Thread, means, of, says

TUESDAY = DAY + timedelta(days=7)
BOTH = means("absence", says("amina"), says("amina", code="M", first=TUESDAY, return_day=TUESDAY + timedelta(days=1)))
AS_TODAYS = means("absence", says("amina", code="M", return_day=DAY, session="am", arrives=time(11)))


def after(understood: Understanding, text: str) -> tuple[Outcome, dict[str, date]]:
    thread = Thread("mum")
    first = thread.hears(BOTH, "Amina is ill today, and has the dentist next Tuesday", "08:00")
    thread.known = tuple(one.absence for one in of(first, Record))
    return thread.hears(understood, text, "08:05"), {one.id: one.first_day for one in thread.known}


@pytest.mark.parametrize(
    ("text", "half", "arrives", "leaves"),
    [
        ("she'll be back at 11 that day", "am", time(11), None),
        ("the dentist is at 9.30 and she'll be back by 11", "am", time(11), None),
        ("I'll collect her at 1.15 on Tuesday", "pm", None, time(13, 15)),
    ],
)
def test_the_later_one_has_it(text: str, half: str, arrives: time | None, leaves: time | None) -> None:
    outcome, days = after(AS_TODAYS, text)
    [absence] = [one.absence for one in of(outcome, Record)]
    assert (absence.first_day, absence.code, absence.half) == (TUESDAY, "M", half)
    assert (absence.arrives, absence.leaves) == (arrives, leaves)
    assert DAY not in [days[one.absence] for one in of(outcome, Withdraw)]


@pytest.mark.parametrize("text", ["she'll be in at 11", "feeling better now, in at 11 today not Tuesday"])
def test_todays_time_is_todays(text: str) -> None:
    outcome, _ = after(means("return", Report(("amina",), return_day=DAY, arrives=time(11))), text)
    assert TUESDAY not in [one.absence.first_day for one in of(outcome, Record)]
