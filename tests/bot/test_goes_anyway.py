"""Going although leave was refused: before its days nothing is recorded, and a person reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from attendance.leave import LeaveRequest, LeaveState
from bot.conversation import Conversation
from bot.leave.standing import about_a_request
from bot.outcome import Heard, Outcome, Record, Situation
from bot.understanding import Understanding
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, means, of, says, template

AWAY = means("absence", says("amina", code="G", return_day=DAY + timedelta(days=3)))


def after_a_decision(
    text: str, understood: Understanding = AWAY, state: LeaveState = "refused", days: int = 6
) -> Outcome | None:
    """What Amina's mother writes, who asked for leave from so many days ahead on."""
    thread = Thread("mum")
    first = DAY + timedelta(days=days)
    asked = LeaveRequest("r", "amina", first, first + timedelta(days=4), "G", at("08:00"), contact="mum", state=state)
    heard = Heard("m1", "sms", thread.address, text, at("08:30"))
    return about_a_request(heard, understood, Situation(thread.school, thread.sender, Conversation(), leave=(asked,)))


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("The flights cannot be changed so we will be going regardless. Back on Friday.", AWAY),
        ("we're still going. she'll be back Monday", AWAY),
        ("fine me then, the tickets are booked and she is coming with us", means("chat")),
        ("well we are going anyway", means("cancel", says("amina", code=None, first=None))),
        ("we are taking her anyway, 16th to the 20th", means("leave", says("amina", code="G"))),
    ],
)
def test_a_person_reads_that_they_go_all_the_same(text: str, understood: Understanding) -> None:
    outcome = after_a_decision(text, understood)
    assert outcome is not None
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])
    assert not of(outcome, Record)


@pytest.mark.parametrize(
    ("text", "understood", "state", "days"),
    [
        ("she is off with a cold, back Friday", means("absence", says("amina")), "refused", 6),
        ("we are going today instead, tickets are booked", AWAY, "refused", 6),
        ("we are at the airport, going anyway", AWAY, "refused", 0),
        ("thanks, the flights are booked so we are going on the Monday", means("chat"), "granted", 6),
        ("ok, we will not be going then, whatever you say", means("chat"), "refused", 6),
        ("ok thanks for letting us know anyway", means("chat"), "refused", 6),
    ],
)
def test_what_is_of_today_or_of_no_refusal_is_left_to_the_other_rules(
    text: str, understood: Understanding, state: LeaveState, days: int
) -> None:
    outcome = after_a_decision(text, understood, state, days)
    assert outcome is None or "although leave was refused" not in str(outcome.effects)
