"""The family of a child who is being sought asks for news: it is answered, and no search begins anew."""

from __future__ import annotations

import pytest

from attendance.events import DangerHeard
from bot.outcome import CaseEvent
from bot.understanding import Understanding
from tests.support.messages import Thread, alerted, case, event, means, of, says

LOOKING = "absence.looking"
BELIEVED = means("present", says("amina", code=None, first=None), urgent=True)
LOST = means("missing", says("amina", code=None, first=None), urgent=True)


def thread(stage: str = "alarmed", writer: str = "mum") -> Thread:
    return Thread(writer, cases=[case("amina", stage=stage)])


def template(outcome: object) -> str | None:
    reply = getattr(outcome, "reply", None)
    return reply.template if reply is not None else None


@pytest.mark.parametrize(
    ("understood", "text"),
    [
        (BELIEVED, "Have you found her??"),
        (LOST, "hello?? have you found Amina yet"),
        (means("question"), "any news"),
        (means("question"), "Any update on Amina please?"),
        (means("question"), "omg has she turned up"),
        (means("chat"), "whats happening"),
        (means("return", says("amina", code=None, first=None)), "anything yet?"),
        (BELIEVED, "has anyone seen her, is anyone out looking"),
        (means("question"), "please answer me im at work 40 mins away"),
        (means("chat"), "still waiting!!"),
        (means("question"), "nobody is answering the phone at the school"),
        (means("question"), "can you ring me please"),
    ],
)
def test_who_asks_for_news_hears_that_staff_are_looking(understood: Understanding, text: str) -> None:
    outcome = thread().hears(understood, text)
    assert template(outcome) == LOOKING
    assert alerted(outcome) == [("message_to_read", True)], "whoever searches reads it"
    assert of(outcome, CaseEvent) == []


@pytest.mark.parametrize(
    ("understood", "text"),
    [
        (LOST, "have you found her? her phone is at home and her coat is gone"),
        (LOST, "still no sign of her, I have been to the park"),
        (BELIEVED, "she has been seen at the bus stop at eight, has she turned up?"),
        (LOST, "I can't find her"),
    ],
)
def test_what_says_more_than_that_is_danger(understood: Understanding, text: str) -> None:
    outcome = thread().hears(understood, text)
    assert event(outcome).__class__ is DangerHeard
    assert template(outcome) == "absence.danger"


@pytest.mark.parametrize(
    ("understood", "text"),
    [
        (means("chat"), "we have just found her, panic over"),
        (means("chat"), "found her!! shes at her nans"),
        (means("question"), "what time does school finish today?"),
    ],
)
def test_news_and_other_questions_are_read_by_a_person(understood: Understanding, text: str) -> None:
    assert template(thread().hears(understood, text)) == "absence.handed_to_staff"


@pytest.mark.parametrize("stage", ["asked", "answered", "settled"])
def test_nobody_hears_that_staff_look_for_a_child_whom_nobody_seeks(stage: str) -> None:
    assert template(thread(stage).hears(means("question"), "any news?")) != LOOKING
    assert template(thread(stage).hears(BELIEVED, "have you found her?")) != LOOKING


def test_who_may_not_report_learns_nothing_of_a_search() -> None:
    assert template(thread(writer="nan").hears(means("question"), "have you found Amina?")) != LOOKING
