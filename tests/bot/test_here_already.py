"""On the way, say the words, and the register has the child in school."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from attendance.absences import Absence
from attendance.register import Entry
from bot.outcome import ComesIn, Record, Withdraw
from tests.support.builders import AM, DAY, PM, at, report
from tests.support.messages import Thread, alerted, case, events, means, of, says, template


def late(*children: str, arrives: time | None = None) -> Any:
    return means("late", says(*(children or ("amina",)), code=None, first=None, arrives=arrives))


@pytest.mark.parametrize("code", ["L", "U"])
def test_words_that_cross_the_late_mark_expect_nobody(code: str) -> None:
    thread = Thread(
        "mum", cases=[case(stage="settled", outcome="arrived_late")], entered=[Entry("amina", AM, mis=code)]
    )
    outcome = thread.hears(late())
    assert (of(outcome, Record), events(outcome), alerted(outcome)) == ([], [], [])
    assert outcome.reply is not None
    assert (outcome.reply.template, outcome.reply.values["check"]) == ("late.here", False)


@pytest.mark.parametrize(("code", "arrives"), [("/", None), ("/", time(10, 0)), ("L", time(10, 0))])
def test_a_mark_that_cannot_be_right_by_these_words_is_looked_at(code: str, arrives: time | None) -> None:
    outcome = Thread("mum", entered=[Entry("amina", AM, mis=code)]).hears(late(arrives=arrives))
    assert (of(outcome, Record), alerted(outcome)) == ([], [("discrepancy", False)])
    assert outcome.reply is not None
    assert (outcome.reply.template, outcome.reply.values["check"]) == ("late.here", True)


@pytest.mark.parametrize("entry", [Entry("amina", AM, mis="N"), Entry("amina", AM), Entry("amina", AM, mis="I")])
def test_who_is_not_seen_is_expected(entry: Entry) -> None:
    assert template(Thread("mum", cases=[case()], entered=[entry]).hears(late())) == "late.recorded"


def test_after_lunch_the_afternoons_mark_counts() -> None:
    morning = Entry("amina", AM, mis="/")
    for entered in ([morning, Entry("amina", PM, mis="N")], [morning]):
        assert template(Thread("mum", entered=entered).hears(late(), clock="13:40")) == "late.recorded"
    there = [morning, Entry("amina", PM, mis="L")]
    assert template(Thread("mum", entered=there).hears(late(), clock="13:40")) == "late.here"


def test_of_two_the_one_is_here_and_the_other_is_expected() -> None:
    outcome = Thread("mum", entered=[Entry("amina", AM, mis="L")]).hears(late("amina", "ben"))
    assert [one.absence.pupil for one in of(outcome, Record)] == ["ben"]
    assert outcome.reply is not None
    assert (outcome.reply.values["names"], outcome.reply.values["here"]) == (("Ben",), ("Amina",))


WENT_IN = means("present", says("amina", code=None, first=None), urgent=True)
IN_LATE = {"stage": "settled", "outcome": "arrived_late"}


def went_in(words: str = "Amina felt better so she went in", mis: str = "U", **state: Any) -> Any:
    thread = Thread(
        "mum",
        cases=[case(**(state or IN_LATE))],
        known=[report("k", contact="mum")],
        entered=[Entry("amina", AM, mis=mis)],
    )
    return thread.hears(WENT_IN, words)


def test_who_went_in_after_all_and_is_there_was_reported_for_nothing() -> None:
    outcome = went_in()
    assert [(one.absence.id, one.state) for one in of(outcome, Withdraw)] == [("k", "cancelled")]
    assert (alerted(outcome), template(outcome)) == ([], "absence.corrected")
    assert outcome.reply is not None
    assert outcome.reply.values["what"] == "Amina in school today"


@pytest.mark.parametrize(
    "outcome",
    [went_in("Did Amina go in?"), went_in(mis="N"), went_in(stage="answered", outcome="answered_ill", code="I")],
    ids=["a question", "not marked", "not seen"],
)
def test_words_with_which_the_register_does_not_agree_are_an_alarm_and_take_nothing_back(outcome: Any) -> None:
    assert (of(outcome, Withdraw), template(outcome)) == ([], "absence.danger")


REPORTED = Absence("m0/amina/0", "amina", DAY, "I", at("08:00"), contact="mum", message="m0")
BACK_TODAY = means("return", says("amina", code=None, first=None, return_day=DAY))
TICKED = Entry("amina", AM, mis="/")


def after_a_report(text: str, understood: Any = BACK_TODAY, **more: Any) -> Any:
    thread = Thread("mum", known=[replace(REPORTED, contact=more.pop("by", "mum"))], **{"entered": [TICKED], **more})
    return thread.hears(understood, text, "09:40")


def test_who_went_in_after_all_is_reported_no_more_and_waited_for_by_nobody() -> None:
    outcome = after_a_report("she insisted on going, she's got mocks")
    assert [(one.absence.pupil, one.state) for one in of(outcome, Withdraw)] == [("amina", "cancelled")]
    assert (of(outcome, Record), of(outcome, ComesIn), alerted(outcome)) == ([], [], [])
    assert template(outcome) == "absence.corrected"


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("she is on her way now", {}),
        ("I'm bringing her in now", {}),
        ("she insisted on going?", {}),
        ("she insisted on going, she's got mocks", {"entered": [Entry("amina", AM, mis="I")]}),
        ("she insisted on going, she's got mocks", {"entered": [Entry("amina", AM, mis="N")], "cases": [case()]}),
        ("she insisted on going, she's got mocks", {"by": "dad"}),
    ],
)
def test_who_is_not_in_by_words_and_register_stays_reported_or_is_waited_for(text: str, more: dict[str, Any]) -> None:
    outcome = after_a_report(text, **more)
    assert not [one for one in of(outcome, Withdraw) if one.absence.pupil == "amina" and one.state == "cancelled"]
