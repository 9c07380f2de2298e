"""What the family puts right just after: an appointment that is off, an outing that is not today."""

from __future__ import annotations

from datetime import time

import pytest

from attendance.absences import Absence
from attendance.calendar import Session
from attendance.register import Entry
from bot.conversation import Conversation
from bot.outcome import Outcome, Record, Withdraw
from bot.understanding import Understanding
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, means, of, says, template

HOSPITAL = Absence("m0/amina/0", "amina", DAY, "M", at("08:05"), return_day=DAY, half="am", contact="mum", message="m0")
LATE = means("late", says("amina", code=None, first=None, arrives=time(9, 20)))


def hears(understood: Understanding, text: str, clock: str = "08:50") -> Outcome:
    return Thread("mum", known=[HOSPITAL]).hears(understood, text, clock)


@pytest.mark.parametrize(
    "text",
    ["They've just rung and cancelled!! bringing her in now, there about 9.20", "it's been called off, in at 9.20"],
)
def test_late_instead_of_an_appointment_that_is_off(text: str) -> None:
    outcome = hears(LATE, text)
    assert [one.absence.code for one in of(outcome, Withdraw)] == ["M"]
    assert [one.absence.code for one in of(outcome, Record)] == ["L"]


@pytest.mark.parametrize(
    "text", ["dentist is running late, she's not going to be in until 9.20", "Friday's is cancelled, in at 9.20 today"]
)
def test_late_for_an_appointment_that_stands_takes_nothing_back(text: str) -> None:
    assert of(hears(LATE, text), Withdraw) == []


def after_an_outing(text: str, minutes_past: str = "12:00") -> Outcome:
    told = Conversation(None, (), at("11:15"))
    return Thread("mum", conversation=told).hears(means("chat"), text, minutes_past)


@pytest.mark.parametrize(
    "text", ["no its ok, its next Tuesday! ignore me", "she's staying put, all sorted", "not today sorry"]
)
def test_words_with_a_person_that_are_taken_back_go_to_a_person(text: str) -> None:
    outcome = after_an_outing(text)
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])


@pytest.mark.parametrize("text", ["thank you", "ok great", "brilliant thanks x"])
def test_thanks_is_nobodys_to_read(text: str) -> None:
    assert (template(after_an_outing(text)), after_an_outing(text).effects) == (None, ())


ILL = Absence("m0/amina/0", "amina", DAY, "I", at("08:00"), contact="mum", message="m0")
STANDS = means("return", says("amina", code=None, first=None), ask=("return",))


def beside_a_report(text: str, *marks: Entry) -> Outcome:
    return Thread("mum", known=[ILL], entered=marks).hears(STANDS, text, "10:00")


BEN_IS_IN = Entry("ben", Session(DAY, "am"), "/", at("08:55"))


def test_a_child_in_class_that_is_to_leave_is_the_offices_to_let_go() -> None:
    outcome = beside_a_report("Can Ben leave at 2 please I'm taking them both to the doctor", BEN_IS_IN)
    assert alerted(outcome) == [("message_to_read", False)]


@pytest.mark.parametrize("text", ["Ben will go to his club at lunch", "Can Ben go to nan's after school"])
def test_who_does_not_leave_at_a_time_is_nobodys_to_let_go(text: str) -> None:
    reasons = [one.because for one in beside_a_report(text, BEN_IS_IN).effects if hasattr(one, "because")]
    assert not any("to leave at a time" in because for because in reasons)
