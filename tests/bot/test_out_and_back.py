"""Out of class and back again: nobody waits for a child who is here and has not left yet."""

from __future__ import annotations

from datetime import time

import pytest

from attendance.absences import Absence
from attendance.register import Entry
from bot.outcome import ComesIn, Outcome
from tests.support.builders import AM, DAY, report
from tests.support.messages import Thread, means, of, says

HERE, AWAY = Entry("amina", AM, mis="/"), Entry("amina", AM, mis="N")
OUT = report("k", code="M", half="pm", leaves=time(10, 30))


def comes_back(text: str, known: Absence, entry: Entry, clock: str) -> Outcome:
    back = means("return", says("amina", code=None, return_day=DAY))
    return Thread("mum", known=[known], entered=[entry]).hears(back, text, clock)


@pytest.mark.parametrize("clock", ["09:40", "11:00"])
def test_back_for_the_last_lesson_of_a_child_in_class_starts_no_waiting(clock: str) -> None:
    assert of(comes_back("will have her back for last lesson", OUT, HERE, clock), ComesIn) == []


def test_brought_back_before_she_has_left_is_later() -> None:
    assert of(comes_back("bringing her back for last lesson", OUT, HERE, "09:40"), ComesIn) == []


def test_dropped_back_at_the_office_is_for_the_afternoons_register_to_tell() -> None:
    scan = report("k", code="M", half="am")
    assert of(comes_back("just dropped her back at the office x", scan, HERE, "12:00"), ComesIn) == []
    assert len(of(comes_back("just dropped her back at the office x", scan, AWAY, "12:00"), ComesIn)) == 1
    assert len(of(comes_back("setting off back to school with her now", scan, HERE, "11:10"), ComesIn)) == 1


@pytest.mark.parametrize(
    ("text", "known", "entry", "clock"),
    [
        ("bringing her back now", OUT, HERE, "11:10"),
        ("feeling better, coming in now", report("k"), AWAY, "09:40"),
    ],
)
def test_who_comes_now_is_waited_for(text: str, known: Absence, entry: Entry, clock: str) -> None:
    assert len(of(comes_back(text, known, entry, clock), ComesIn)) == 1
