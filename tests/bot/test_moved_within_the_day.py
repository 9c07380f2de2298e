"""An appointment at another time of the same day: what of it misses a register, and what was told before."""

from __future__ import annotations

from datetime import time

import pytest

from attendance.absences import Absence
from bot.context import read_in_context
from bot.conversation import Conversation
from bot.outcome import Heard, Outcome, Record, Situation, Withdraw
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, of, template

FETCHED = Absence(
    "m0/amina/0", "amina", DAY, "M", at("08:05"), None, "pm", leaves=time(12, 45), contact="mum", message="m0"
)


def hears(words: str, clock: str = "11:00") -> Outcome:
    told = Conversation(None, (FETCHED.id,), at("08:05"))
    thread = Thread("mum", known=[FETCHED], conversation=told)
    heard = Heard("m1", "sms", thread.address, words, at(clock))
    known = Situation(thread.school, thread.sender, thread.conversation, thread.known, thread.cases)
    return thread.hears(read_in_context(heard, known), words, clock)


@pytest.mark.parametrize(
    "words",
    [
        "physio moved to 3 so half 2 will do now",
        "appointment pushed back to 3.30, will get her at 2.45 instead",
        "its been moved to 3 so she can stay till 2.30",
    ],
)
def test_behind_the_register_nothing_is_missed_any_more(words: str) -> None:
    outcome = hears(words)
    assert ([one.absence.id for one in of(outcome, Withdraw)], of(outcome, Record)) == ([FETCHED.id], [])
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])


@pytest.mark.parametrize(
    "words", ["they've moved it to 1.15, so 12.30 is fine", "moved to quarter past 1, half 12 will do"]
)
def test_the_time_that_is_fine_is_that_of_leaving(words: str) -> None:
    outcome = hears(words)
    assert [(one.absence.leaves, one.absence.arrives) for one in of(outcome, Record)] == [(time(12, 30), None)]
    assert template(outcome) == "absence.corrected"


@pytest.mark.parametrize(
    "words", ["thanks, 2.30 is fine for parents evening", "is 3 ok for the meeting with her teacher"]
)
def test_a_time_of_something_else_changes_nothing(words: str) -> None:
    outcome = hears(words)
    assert (of(outcome, Record), of(outcome, Withdraw)) == ([], [])


@pytest.mark.parametrize(
    "words", ["actually it's this morning not this afternoon", "got that wrong, the appointment is this morning"]
)
def test_the_other_half_takes_the_place_of_the_one_that_was_told(words: str) -> None:
    outcome = hears(words, "08:10")
    assert [one.absence.id for one in of(outcome, Withdraw)] == [FETCHED.id]
    assert [(one.absence.half, one.absence.leaves) for one in of(outcome, Record)] == [("am", None)]


def test_an_appointment_besides_leaves_the_one_that_was_told() -> None:
    assert of(hears("she also has the dentist this morning, not just this afternoon", "08:10"), Withdraw) == []
