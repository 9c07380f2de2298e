"""A child that the writer has at home, and is said to be fine: nobody looks for it in school."""

from __future__ import annotations

import pytest

from attendance.absences import Absence
from bot.outcome import Record
from bot.understanding import Understanding
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, case, events, means, of, says, template

FINE = means("present", says("ben", code=None, first=None), urgent=True, ask=("child", "return"))
AT_HOME = Absence("m0/ben/1", "ben", DAY, "N", at("09:18"), contact="mum", message="m0")


def thread(writer: str = "mum") -> Thread:
    safe = case("ben", stage="answered", whereabouts="claimed", outcome="no_reason_given", answered_by="mum")
    return Thread(writer, known=[AT_HOME], cases=[safe])


@pytest.mark.parametrize("text", ["Ben's fine", "no point bringing one in if I can't leave the other. Ben's ok"])
def test_fine_is_no_word_of_his_being_in_school(text: str) -> None:
    outcome = thread().hears(FINE, text, "09:23")
    assert template(outcome) == "absence.handed_to_staff"
    assert ("believed_in_school", True) not in alerted(outcome)
    assert "DangerHeard" not in [name for _, name in events(outcome)]


@pytest.mark.parametrize(
    "text", ["Ben's fine, he went in with his dad", "Ben is ok, he's in school", "is Ben ok?", "Ben's fine, on the bus"]
)
def test_with_a_word_of_school_he_is_looked_for(text: str) -> None:
    assert template(thread().hears(FINE, text, "09:23")) == "absence.danger"


def test_of_a_child_of_whom_nothing_was_said_he_is_looked_for() -> None:
    outcome = Thread("mum", cases=[case("ben")]).hears(FINE, "Ben's fine", "09:23")
    assert template(outcome) == "absence.danger"


BOTH_HERE = means("absence", says("amina"), says("ben", code="N"), ask=("reason", "return"))


def two_asked(understood: Understanding, text: str) -> tuple[list[tuple[str, str]], dict[str, str]]:
    outcome = Thread("mum", cases=[case(), case("ben")]).hears(understood, text, "09:20")
    assert outcome.reply is not None
    assert "why" in outcome.reply.values
    return sorted(events(outcome)), {one.absence.pupil: one.absence.code for one in of(outcome, Record)}


def test_where_both_are_is_said_of_the_one_that_is_well_too() -> None:
    told, recorded = two_asked(BOTH_HERE, "they're both here with me, Amina's been sick")
    assert told == [("amina", "ReasonGiven"), ("ben", "SafeWithoutReason")]
    assert recorded == {"amina": "I", "ben": "N"}


def test_where_the_one_is_says_nothing_of_the_other() -> None:
    told, recorded = two_asked(BOTH_HERE, "Amina is at home with me, been sick, Ben's off as well")
    assert ("ben", "SafeWithoutReason") not in told
    assert recorded == {"amina": "I"}


@pytest.mark.parametrize(
    "text", ["he never went in this morning, he's with me", "he never left the house, he's with me"]
)
def test_whoever_has_him_believes_him_in_no_school(text: str) -> None:
    outcome = Thread("mum", cases=[case("ben")]).hears(FINE, text, "11:00")
    assert events(outcome) == [("ben", "SafeWithoutReason")]
    assert template(outcome) == "absence.handed_to_staff"


@pytest.mark.parametrize(
    "text", ["he never got off the bus", "he's with me most mornings but he went in", "he's with you"]
)
def test_near_misses_are_looked_into(text: str) -> None:
    assert template(Thread("mum", cases=[case("ben")]).hears(FINE, text, "11:00")) == "absence.danger"


def test_from_somebody_who_may_not_report_it_is_looked_into() -> None:
    words = means("present", says("amina", code=None, first=None), urgent=True)
    outcome = Thread("nan", cases=[case()]).hears(words, "she never went in, she's with me", "11:00")
    assert template(outcome) == "absence.danger"
