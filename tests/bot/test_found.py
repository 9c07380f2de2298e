"""While a child is sought, what the family writes reaches whoever searches, and no guess is recorded."""

from __future__ import annotations

import pytest

from attendance.case import Attempt
from attendance.events import DangerHeard
from bot.outcome import Record
from bot.understanding import Understanding
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, case, event, means, of, says


def thread(stage: str = "alarmed") -> Thread:
    return Thread("mum", cases=[case("amina", stage=stage)])


@pytest.mark.parametrize(
    ("understood", "text"),
    [
        (means("chat"), "hes back, was at a mates. hes ok"),
        (means("question"), "panic over shes turned up, do I need to ring you?"),
        (means("absence", says("amina")), "panic over shes turned up at home"),
        (means("return", says("amina", code=None, first=None)), "she's back home"),
        (means("return", says("amina", code=None, first=None, return_day=DAY)), "towed. walking her over now"),
        (means("absence", says("amina", code="O"), ask=("return",)), "I feel sick. leaving work now"),
        (means("question"), "no I didnt, its not my day"),
    ],
)
def test_the_news_goes_to_whoever_searches(understood: Understanding, text: str) -> None:
    outcome = thread().hears(understood, text)
    assert alerted(outcome) == [("message_to_read", True)]
    assert of(outcome, Record) == []
    assert outcome.reply is not None
    assert outcome.reply.template == "absence.handed_to_staff"


LOST = means("missing", says("amina", code=None, first=None), urgent=True)


@pytest.mark.parametrize(
    "text",
    [
        "ok shes just rung me shes at her nans in tears, she got off at the wrong stop. Im going to get her",
        "She's with my sister, she got the wrong bus",
        "shes at her aunties, she went the wrong way",
        "I've got her, she was walking along the main road",
    ],
)
def test_who_is_with_somebody_is_no_longer_missed_by_the_writer(text: str) -> None:
    outcome = thread().hears(LOST, text)
    assert alerted(outcome) == [("message_to_read", True)]
    assert outcome.reply is not None
    assert outcome.reply.template == "absence.handed_to_staff"


@pytest.mark.parametrize(
    "text",
    [
        "she isnt at her nans either",
        "I thought shes at her mates but shes not",
        "shes at her dads I think",
        "still cant find her",
    ],
)
def test_who_may_be_with_somebody_is_missed_still(text: str) -> None:
    assert event(thread().hears(LOST, text)).__class__ is DangerHeard


@pytest.mark.parametrize("stage", ["asked", "answered"])
def test_who_is_not_sought_yet_is_missed(stage: str) -> None:
    assert event(thread(stage).hears(LOST, "she got off at the wrong stop, shes at her nans")).__class__ is DangerHeard


def test_a_question_is_read_in_its_turn() -> None:
    assert alerted(thread().hears(means("question"), "what time does school finish today?")) == [
        ("message_to_read", False)
    ]


@pytest.mark.parametrize("text", ["ok thank you", "Thanks so much for letting me know", "👍"])
def test_a_thank_you_disturbs_nobody(text: str) -> None:
    outcome = thread().hears(means("chat"), text)
    assert (outcome.effects, outcome.reply) == ((), None)


def test_a_plain_report_is_recorded_as_ever() -> None:
    assert of(thread().hears(means("absence", says("amina")), "Amina is here with me, she has a fever"), Record)


def test_small_talk_of_a_child_whom_nobody_seeks_is_small_talk() -> None:
    assert thread("asked").hears(means("chat"), "what a lovely assembly it was").effects == ()


@pytest.mark.parametrize("text", ["did his dad reply? is he ok", "has his dad told you"])
def test_who_asks_whether_the_other_parent_has_answered_starts_no_search(text: str) -> None:
    asked = (Attempt("mum", "sms", "+447700900001", 1, at("09:16"), "delivered"),)
    answered = case(stage="answered", answered_by="dad", code="I", reason="proposed", attempts=asked)
    words = means("missing", says("amina", code=None), urgent=True)
    assert alerted(Thread("mum", cases=[answered]).hears(words, text)) == [("message_to_read", False)]
    assert event(Thread("mum", cases=[case(attempts=asked)]).hears(words, text)).__class__ is DangerHeard


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (means("absence", says("amina", code="O"), ask=("return",)), "its ok shes with me, car broke down"),
        (means("absence", says("amina"), ask=("return",)), "sorry, she's at my mums with a cold, I should of told you"),
    ],
)
def test_why_she_is_away_from_who_has_her_is_a_report(words: Understanding, text: str) -> None:
    outcome = thread().hears(words, text)
    assert [one.absence.pupil for one in of(outcome, Record)] == ["amina"]


BELIEVED = means("present", says("amina", code=None, first=None), urgent=True)


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("panic over shes just walked in, shed been at her mates", "absence.handed_to_staff"),
        ("shes turned up, she went to her nans", "absence.handed_to_staff"),
        ("she says shes in maths??", "absence.danger"),
        ("I saw her go in!", "absence.danger"),
    ],
)
def test_what_repeats_the_alarm_reaches_whoever_searches_too(text: str, reply: str) -> None:
    mum = Thread("mum", cases=[case("amina", stage="alarmed", outcome="believed_in_school")])
    outcome = mum.hears(BELIEVED, text)
    assert ("message_to_read", True) in alerted(outcome)
    assert outcome.reply is not None
    assert outcome.reply.template == reply


@pytest.mark.parametrize("stage", ["asked", "answered"])
def test_the_first_alarm_is_all_that_is_heard_of_it(stage: str) -> None:
    assert alerted(thread(stage).hears(BELIEVED, "I saw her go in!")) == []
