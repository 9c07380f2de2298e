"""A question of yesterday: its children until somebody has answered, or they came in; and today goes before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from attendance.calendar import Session
from attendance.case import Case
from bot.conversation import Conversation, Question
from bot.days.still_asked import asked_about, still_asked
from tests.support.builders import DAY, at

TODAY = DAY + timedelta(days=1)
NOW = at("08:30", TODAY)
ASKED = Conversation(Question("absence", ("amina", "ben"), DAY, at("09:15")))


def case(child: str, day: date = DAY, **more: object) -> Case:
    made = Case(child, Session(day, "am"), at("09:15", day), at("12:00", day), stage="asked")
    return replace(made, **more)  # type: ignore[arg-type]


def children(conversation: Conversation) -> tuple[str, ...]:
    return conversation.question.children if conversation.question else ()


def test_only_a_first_day_question_of_an_earlier_day_may_be_over() -> None:
    assert asked_about(ASKED, NOW, TODAY) == (DAY, ("amina", "ben"))
    assert asked_about(ASKED, at("09:20"), DAY) is None
    assert asked_about(ASKED.asks(Question("return", ("amina",), DAY, at("09:20"))), NOW, TODAY) is None
    assert asked_about(Conversation(), NOW, TODAY) is None


@pytest.mark.parametrize(
    "ended",
    [
        {"stage": "settled", "outcome": "arrived_late"},
        {"stage": "settled", "outcome": "present_after_all"},
        {"stage": "answered", "outcome": "answered_ill", "reason": "proposed"},
        {"stage": "settled", "outcome": "answered_other", "reason": "confirmed"},
    ],
)
def test_who_came_in_or_was_answered_for_is_not_asked_about_any_more(ended: dict[str, object]) -> None:
    assert children(still_asked(ASKED, [case("amina", **ended), case("ben")], {}, TODAY)) == ("ben",)
    both = [case("amina", **ended), case("ben", **ended)]
    assert still_asked(ASKED, both, {}, TODAY).question is None


def test_a_reason_that_is_still_open_is_what_a_late_answer_gives() -> None:
    settled = case("amina", stage="settled", outcome="no_reason_given")
    left = still_asked(ASKED, [settled, case("ben")], {}, TODAY)
    assert (children(left), left.question and left.question.day) == (("amina", "ben"), DAY)


def test_whom_we_miss_today_as_well_is_meant_as_of_today() -> None:
    left = still_asked(ASKED, [case("amina"), case("ben")], {"ben": case("ben", TODAY)}, TODAY)
    assert (children(left), left.question and left.question.day) == (("ben",), TODAY)
