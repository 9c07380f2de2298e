"""Whoever is to fetch a child comes later than was said: the child stays in class, and nobody takes it for late."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest

from attendance.absences import Absence
from attendance.register import Entry
from bot.outcome import Outcome, Record
from bot.understanding import Understanding
from tests.support.builders import AM, DAY, at
from tests.support.messages import Thread, alerted, means, of, says, template

HERE, AWAY = Entry("amina", AM, mis="/"), Entry("amina", AM, mis="N")
NEXT = DAY + timedelta(days=1)
LATE = means("late", says("amina", code=None, first=None, arrives=time(13, 30)))
AGAIN = means("absence", says("amina", code="M", session="day", return_day=DAY, arrives=time(13, 30)))
WORDS = "stuck in traffic, more like 1.30 at the gate for her"


def leaving(**more: Any) -> Absence:
    told: dict[str, Any] = {"half": "pm", "leaves": time(13), "return_day": NEXT, "contact": "mum", "message": "m0"}
    return Absence("m0/amina/0", "amina", DAY, "M", at("11:10"), **{**told, **more})


def hears(by: str, understood: Understanding, words: str = WORDS, entry: Entry = HERE, **more: Any) -> Outcome:
    return Thread(by, known=[leaving(**more)], entered=[entry]).hears(understood, words, "12:20")


@pytest.mark.parametrize("understood", [LATE, AGAIN])
def test_the_parent_who_told_of_it_puts_the_time_right(understood: Understanding) -> None:
    outcome = hears("mum", understood)
    (new,) = of(outcome, Record)
    assert (new.absence.half, new.absence.leaves, new.absence.arrives) == ("pm", time(13, 30), None)
    assert (template(outcome), alerted(outcome)) == ("absence.corrected", [("message_to_read", False)])


@pytest.mark.parametrize("understood", [LATE, AGAIN])
def test_of_the_other_parent_the_office_hears(understood: Understanding) -> None:
    outcome = hears("dad", understood)
    assert not of(outcome, Record)
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])


def test_whom_nobody_names_is_the_one_who_is_to_be_fetched() -> None:
    both = means(
        "absence", says("amina", "ben", code="M", session="day", arrives=time(13, 30)), ask=("child", "confirm")
    )
    (new,) = of(hears("mum", both, "sorry stuck behind an accident, will be nearer 1.30"), Record)
    assert (new.absence.pupil, new.absence.leaves) == ("amina", time(13, 30))


def test_without_a_time_the_office_hears() -> None:
    again = means("absence", says("amina", code="M", session="am", return_day=DAY), ask=("confirm",))
    outcome = hears("mum", again, "im running late")
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])


@pytest.mark.parametrize(
    ("understood", "words", "entry", "more"),
    [
        (LATE, "she will be late, about 1.30", AWAY, {}),
        (LATE, "running late at the dentist, be with you at 1.30", HERE, {"arrives": time(13)}),
        (AGAIN, "its running late, she will be back at 1.30", HERE, {}),
        (LATE, "she will be late, about 1.30", HERE, {"leaves": None}),
        (means("absence", says("amina", arrives=time(13, 30))), "she has been sick and we are late", HERE, {}),
    ],
)
def test_a_child_that_comes_late_is_another_thing(
    understood: Understanding, words: str, entry: Entry, more: dict[str, Any]
) -> None:
    outcome = hears("mum", understood, words, entry, **more)
    assert template(outcome) != "absence.handed_to_staff"
    assert all(one.absence.leaves != time(13, 30) for one in of(outcome, Record))
