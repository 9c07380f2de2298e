"""An answer about later leaves now open: the writer is asked about now, and a later answer is about now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from attendance.case import Attempt
from bot.understanding import Report
from tests.support.builders import DAY, MUM, at
from tests.support.messages import Thread, case, events, means, says, template

ASKED = (Attempt("mum", "sms", MUM.phone or "", 1, at("09:15"), "left"),)
AFTERNOON = says("amina", code="M", session="pm", return_day=DAY + timedelta(days=1))
TOMORROW = says("amina", code="M", first=DAY + timedelta(days=1), session="am")
BEFORE_NOON = says("amina", code="M", session="am")


def missed() -> Thread:
    """Amina's mother, who was asked where she is this morning."""
    return Thread("mum", cases=[case("amina", attempts=ASKED)])


@pytest.mark.parametrize("report", [AFTERNOON, TOMORROW])
def test_who_answers_about_later_is_asked_about_now(report: Report) -> None:
    thread = missed()
    outcome = thread.hears(means("absence", report))
    assert template(outcome) == "absence.recorded"
    assert outcome.reply is not None
    assert outcome.reply.values["now"] == ("Amina",)
    assert events(outcome) == []
    question = thread.conversation.question
    assert question is not None
    assert (question.kind, question.children) == ("absence", ("amina",))


def test_who_answers_about_now_is_not() -> None:
    outcome = missed().hears(means("absence", BEFORE_NOON))
    assert outcome.reply is not None
    assert "now" not in outcome.reply.values
    assert events(outcome) == [("amina", "ReasonGiven")]


def test_who_was_never_asked_is_not_either() -> None:
    outcome = Thread("mum", cases=[case("amina")]).hears(means("absence", AFTERNOON))
    assert outcome.reply is not None
    assert "now" not in outcome.reply.values
