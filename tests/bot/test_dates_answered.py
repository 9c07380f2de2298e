"""The answer to "When do you expect Amina back?", where her days were not sure."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation import Question
from bot.understanding import Report, Understanding
from tests.bot.test_required_fields import reads
from tests.support.builders import DAY, at
from tests.support.messages import Thread, says

THU = date(2026, 11, 12)
UNSURE = says("amina", return_day=THU)
SOME_TIME = says("amina", code="M")


def answered(text: str, draft: Report = UNSURE, leave: bool = False) -> Understanding:
    thread = Thread("mum")
    question = Question("return", ("amina",), DAY, at("08:00"), (draft,), leave)
    thread.conversation = thread.conversation.asks(question)
    return reads(thread, text)


@pytest.mark.parametrize("text", ["back thursday, off from today", "today i mean not tomorrow, today and wed"])
def test_what_begins_today_in_so_many_words_is_recorded(text: str) -> None:
    found = answered(text)
    assert (found.intent, found.reports, found.ask) == ("absence", (UNSURE,), ())


@pytest.mark.parametrize(
    ("text", "back"), [("thursday", THU), ("not sure yet", None), ("friday i think", date(2026, 11, 13))]
)
def test_a_day_alone_is_read_back_as_a_question(text: str, back: date | None) -> None:
    found = answered(text)
    assert (found.intent, found.ask) == ("absence", ("confirm",))
    assert [(one.code, one.first_day, one.return_day) for one in found.reports] == [("I", DAY, back)]


@pytest.mark.parametrize("text", ["from 7th december for a week", "monday 7th to friday 11th december"])
def test_days_ahead_of_their_own_keep_the_reason(text: str) -> None:
    found = answered(text, SOME_TIME)
    assert [(one.code, one.first_day, one.return_day) for one in found.reports] == [
        ("M", date(2026, 12, 7), date(2026, 12, 14))
    ]
    assert found.ask == ()


@pytest.mark.parametrize("text", ["what do you mean?", "back on the 18th december", "she left at 8 as usual", "thanks"])
def test_what_is_no_answer_completes_nothing(text: str) -> None:
    assert UNSURE not in answered(text).reports


def test_leave_keeps_its_own_rules() -> None:
    assert answered("thursday", leave=True).intent != "absence"
