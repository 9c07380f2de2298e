"""Better in the morning: whoever comes in for the register after all is expected at it, and missed if not there."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from attendance.closing import LATE
from bot.conversation import Conversation, Question
from bot.outcome import Record, Withdraw
from tests.support.builders import AM, DAY, at, report, school
from tests.support.messages import Thread, alerted, case, events, means, of, says, template

CALENDAR = school().calendar
TOMORROW = date(2026, 11, 11)
BACK = says("amina", code=None, return_day=DAY)


@pytest.mark.parametrize("known", [report("k"), report("k", half="am"), report("k", return_day=TOMORROW)])
def test_in_for_the_register_after_all_leaves_nothing_that_covers_it(known: Any) -> None:
    outcome = Thread("mum", known=[known]).hears(means("return", BACK), clock="07:50")
    assert [(one.absence.id, one.state) for one in of(outcome, Withdraw)] == [("k", "cancelled")]
    assert of(outcome, Record) == []
    assert outcome.reply is not None
    assert (template(outcome), outcome.reply.values["what"]) == ("absence.corrected", "Amina in school today")


def test_said_the_evening_before_of_the_day_that_was_to_be_missed() -> None:
    known, back = report("k", first=TOMORROW), says("amina", code=None, return_day=TOMORROW)
    outcome = Thread("mum", known=[known]).hears(means("return", back), clock="20:00")
    assert [one.absence.id for one in of(outcome, Withdraw)] == ["k"]
    assert outcome.reply is not None
    assert outcome.reply.values["what"] == "Amina in school tomorrow"


@pytest.mark.parametrize(("clock", "arrives"), [("09:00", None), ("07:50", time(9, 40)), ("09:00", time(9, 40))])
def test_who_comes_when_the_register_is_open_or_later_is_on_the_way(clock: str, arrives: time | None) -> None:
    known, back = report("k"), says("amina", code=None, return_day=DAY, arrives=arrives)
    outcome = Thread("mum", known=[known]).hears(means("return", back), clock=clock)
    (made,) = of(outcome, Record)
    assert (made.absence.code, made.absence.arrives, made.replaces) == (LATE, arrives, known)
    assert template(outcome) == "late.recorded"


def test_a_report_for_the_afternoon_is_not_touched_by_the_morning() -> None:
    known = report("k", half="pm")
    assert of(Thread("mum", known=[known]).hears(means("return", BACK), clock="07:50"), Withdraw) == []


def test_in_at_noon_was_away_in_the_morning() -> None:
    back = says("amina", code=None, return_day=DAY, arrives=time(12, 30))
    outcome = Thread("mum", known=[report("k")]).hears(means("return", back), clock="07:50")
    (made,) = of(outcome, Record)
    assert made.absence.covers(AM, CALENDAR)
    assert (made.absence.code, made.absence.half) == ("I", "am")


def test_one_is_better_and_the_other_still_ill_needs_no_question() -> None:
    known = [report("a"), report("b", "ben")]
    words = means("return", BACK, says("ben", first=date(2026, 11, 9)), ask=("return",))
    asked = Conversation(Question("return", ("amina", "ben"), DAY, at("07:00")))
    outcome = Thread("mum", known=known, conversation=asked).hears(words, clock="07:55")
    assert [one.absence.id for one in of(outcome, Withdraw)] == ["a"]
    assert outcome.reply is not None
    assert outcome.reply.values["what"] == "Ben off ill today; Amina in school today"


def test_one_is_better_and_of_the_other_nothing_is_known_yet_is_asked_about() -> None:
    words = means("return", BACK, says("ben"), ask=("return",))
    outcome = Thread("mum", known=[report("a")]).hears(words, clock="07:55")
    assert template(outcome) == "absence.return"


def test_the_close_then_misses_a_child_who_is_not_there() -> None:
    thread = Thread("mum", known=[report("k")], cases=[case("ben")])
    assert alerted(thread.hears(means("return", BACK), clock="07:50")) == []


def test_of_one_who_comes_late_and_one_who_is_still_ill_both_are_read_back() -> None:
    later = says("amina", code=None, return_day=DAY, arrives=time(10, 0))
    words = means("return", later, says("ben"), ask=("return",))
    outcome = Thread("mum", known=[report("a"), report("b", "ben")]).hears(words, clock="07:55")
    assert outcome.reply is not None
    assert outcome.reply.values["what"] == "Ben off ill today; Amina in school today"


def test_another_time_for_the_same_morning_is_the_time_that_stands() -> None:
    known = report("k", code="M", return_day=DAY, half="am", arrives=time(10, 0))
    later = says("amina", code=None, return_day=DAY, arrives=time(11, 0))
    outcome = Thread("mum", cases=[case(stage="answered", whereabouts="claimed")], known=[known]).hears(
        means("return", later)
    )
    (made,) = of(outcome, Record)
    assert (made.absence.code, made.absence.half, made.absence.arrives) == ("M", "am", time(11, 0))


YESTERDAY = date(2026, 11, 9)


@pytest.mark.parametrize(
    ("words", "arrives"),
    [
        ("bit better, will be in at 11", time(11)),
        ("he is better, on his way in now", None),
        ("coming in after lunch", None),
    ],
)
def test_who_was_ill_until_yesterday_and_is_missed_today_is_on_the_way(words: str, arrives: time | None) -> None:
    back = says("amina", code=None, return_day=DAY, arrives=arrives)
    thread = Thread("mum", known=[report("k", first=YESTERDAY)], cases=[case()])
    outcome = thread.hears(means("return", back), words, "09:25")
    (late,) = of(outcome, Record)
    assert (late.absence.code, late.absence.first_day, late.absence.arrives) == (LATE, DAY, arrives)
    assert (events(outcome), alerted(outcome), template(outcome)) == ([("amina", "OnTheWay")], [], "late.recorded")


@pytest.mark.parametrize(
    ("words", "arrives"), [("he's back today", None), ("is he coming in?", None), ("was in at 9", time(9))]
)
def test_who_is_believed_to_be_back_is_sought_and_read_about(words: str, arrives: time | None) -> None:
    back = says("amina", code=None, return_day=DAY, arrives=arrives)
    thread = Thread("mum", known=[report("k", first=YESTERDAY)], cases=[case()])
    outcome = thread.hears(means("return", back), words, "09:25")
    assert (events(outcome), alerted(outcome)) == ([], [("message_to_read", False)])
