"""An appointment that is not over after lunch: whoever writes so is not asked why the child is not in school (A35)."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from attendance.absences import Absence
from attendance.calendar import Session
from bot.outcome import Outcome, Record
from bot.understanding import Understanding
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, case, events, means, of, says, template

PM = Session(DAY, "pm")
SAME = says("amina", code="M", session="am", return_day=DAY, arrives=time(13, 0))


def hears(text: str, clock: str = "13:55", writer: str = "mum", **missed: Any) -> Outcome:
    known = Absence(
        "m0/amina/0", "amina", DAY, "M", at("08:12"), return_day=DAY, half="am", arrives=time(13, 0), contact="mum"
    )
    asked = case("amina", PM, **missed)
    return Thread(writer, known=[known], cases=[asked]).hears(means("absence", SAME, ask=("return",)), text, clock)


def recorded(outcome: Outcome) -> list[tuple[str, str, object]]:
    return [(one.absence.code, one.absence.half, one.absence.arrives) for one in of(outcome, Record)]


@pytest.mark.parametrize(
    "text",
    ["still at the hospital, been waiting ages", "they are keeping her in for tests", "only just out, we are home"],
)
def test_it_covers_the_afternoon_as_well_and_answers_for_it(text: str) -> None:
    outcome = hears(text)
    assert recorded(outcome) == [("M", "pm", None)]
    assert events(outcome) == [("amina", "ReasonGiven")]
    assert outcome.reply is not None
    assert "now" not in outcome.reply.values


@pytest.mark.parametrize(
    "text",
    ["she was at the dentist this morning", "I dropped her back at 1", "she should be back by now, dentist was at 9"],
)
def test_one_that_is_over_explains_nothing_of_the_afternoon(text: str) -> None:
    assert ("M", "pm", None) not in recorded(hears(text))


def test_before_its_time_it_is_what_it_was() -> None:
    assert ("M", "pm", None) not in recorded(hears("at the hospital, in at 1 as I said", "12:40"))


def test_another_contact_who_never_reported_it_is_answered_as_before() -> None:
    assert ("M", "pm", None) not in recorded(hears("still at the hospital", writer="dad"))


STALE = says("amina", code="M", session="am", return_day=DAY, arrives=time(10, 0))


def in_the_morning(understood: Understanding, text: str, clock: str = "10:55") -> Outcome:
    known = Absence(
        "m0/amina/0", "amina", DAY, "M", at("08:12"), return_day=DAY, half="am", arrives=time(10, 0), contact="mum"
    )
    waits = case(stage="answered", outcome="answered_other", answered_by="mum", code="M", reason="proposed")
    return Thread("mum", known=[known], cases=[waits]).hears(understood, text, clock)


@pytest.mark.parametrize(
    ("understood", "text"),
    [
        (means("absence", STALE, ask=("return", "confirm")), "still at the hospital, been waiting ages"),
        (means("return", says("amina", code=None, first=None, return_day=DAY)), "she's still with the doctor"),
        (means("chat"), "still waiting to be seen sorry"),
        (means("cancel", says("amina", code=None, first=None)), "we're still here, they found another cavity"),
    ],
)
def test_past_its_time_nobody_searches_and_the_time_falls_away(understood: Understanding, text: str) -> None:
    outcome = in_the_morning(understood, text)
    assert recorded(outcome) == [("M", "day", None)]
    assert (template(outcome), alerted(outcome)) == ("absence.corrected", [])


@pytest.mark.parametrize(
    ("understood", "text"),
    [
        (means("absence", STALE), "she was going in for ten"),
        (means("return", says("amina", code=None, first=None, return_day=DAY)), "just got out, bringing her in now"),
        (means("cancel", says("amina", code=None, first=None)), "dentist cancelled"),
        (means("chat"), "thanks"),
    ],
)
def test_other_words_past_its_time_are_what_they_were(understood: Understanding, text: str) -> None:
    assert ("M", "day", None) not in recorded(in_the_morning(understood, text))


def test_who_should_be_in_by_these_words_is_looked_for_as_ever() -> None:
    outcome = in_the_morning(means("absence", STALE), "she was going in for ten")
    assert ("believed_in_school", True) in alerted(outcome) or events(outcome) == [("amina", "DangerHeard")]
