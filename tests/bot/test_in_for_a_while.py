"""In for an exam and home again, of a child that is reported away today: the report stands, and the office hears."""

from __future__ import annotations

from typing import Any

import pytest

from attendance.absences import Absence
from bot.outcome import Record, Withdraw
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, means, of, says, template

ILL = Absence("m0/amina/0", "amina", DAY, "I", at("08:00"), contact="mum", message="m0")
AS_AN_APPOINTMENT = means("absence", says("amina", code="M", session="am", return_day=DAY))
AS_A_RETURN = means("return", says("amina", code=None, first=None, return_day=DAY))


def hears(text: str, understood: Any = AS_AN_APPOINTMENT, known: tuple[Absence, ...] = (ILL,)) -> Any:
    return Thread("mum", known=known).hears(understood, text, "08:30")


@pytest.mark.parametrize("understood", [AS_AN_APPOINTMENT, AS_A_RETURN, means("question")])
@pytest.mark.parametrize(
    "text",
    [
        "just seen she's got her maths assessment at 11, she wants to come in for that and then home again",
        "I'll bring her in for her mock at 1 and take her home after",
        "can she come in for the photo at ten then go home?",
    ],
)
def test_the_report_stands_and_the_attendance_officer_hears(text: str, understood: Any) -> None:
    outcome = hears(text, understood)
    assert (of(outcome, Record), of(outcome, Withdraw)) == ([], [])
    assert alerted(outcome) == [("message_to_read", False)]
    assert template(outcome) == "absence.recorded"
    assert outcome.reply is not None
    assert outcome.reply.values["passed_on"]


@pytest.mark.parametrize(
    "text",
    [
        "she's better so I'm bringing her in",
        "she'll come in for her mock tomorrow and then home",
        "I'll bring her in for the afternoon",
        "she has to be in bed and then home with her nan",
    ],
)
def test_whoever_comes_and_stays_is_heard_as_always(text: str) -> None:
    assert ("message_to_read", False) not in alerted(hears(text, AS_A_RETURN))


def test_of_a_child_that_is_not_reported_nothing_stands() -> None:
    outcome = hears("she'll come in for her mock at 11 and then home", known=())
    assert (template(outcome), len(of(outcome, Record))) == ("absence.recorded", 1)
