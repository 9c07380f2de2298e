"""A hope to come in changes nothing of the morning, and leaves the afternoon to its register (reading A52)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from attendance.absences import Absence
from bot.conversation import Conversation, Question
from bot.outcome import Record
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, means, says, template


def ill(child: str = "amina", **more: Any) -> Absence:
    return Absence(f"m0/{child}/0", child, DAY, "I", at("08:05"), contact="mum", message="m0", **more)


BACK_TODAY = means("return", says("amina", code=None, first=None, return_day=DAY))


@pytest.mark.parametrize(
    "text",
    [
        "might bring her in after lunch if she's kept something down",
        "She might manage the afternoon if the calpol works",
        "if she perks up ill drop her at dinner",
        "my sister may bring her in later",
        "we'll see how she is at lunch and maybe send her in",
    ],
)
def test_the_morning_stands_and_the_afternoon_is_open(text: str) -> None:
    outcome = Thread("mum", known=[ill()]).hears(BACK_TODAY, text, "08:30")
    assert template(outcome) == "absence.recorded"
    (made,) = outcome.effects
    assert isinstance(made, Record)
    assert (made.absence.code, made.absence.half, made.replaces) == ("I", "am", ill())


def test_an_illness_until_thursday_stays_as_it_is() -> None:
    known = ill(return_day=date(2026, 11, 12))
    outcome = Thread("mum", known=[known]).hears(BACK_TODAY, "might bring her in later", "08:30")
    assert (template(outcome), outcome.effects) == ("absence.recorded", ())


@pytest.mark.parametrize(
    "text", ["she is better so I'm bringing her in", "bringing her in after lunch", "she'll be in at 11 if that's ok"]
)
def test_what_is_sure_is_heard(text: str) -> None:
    outcome = Thread("mum", known=[ill()]).hears(BACK_TODAY, text, "08:30")
    assert [one for one in outcome.effects if isinstance(one, Record) and one.absence.id.endswith("hoped")] == []
    assert outcome.effects != ()


def test_him_is_whoever_is_away() -> None:
    unsure = means("return", says("amina", code=None, first=None, return_day=DAY), ask=("child",))
    outcome = Thread("mum", known=[ill()]).hears(unsure, "might bring her in after lunch", "08:30")
    assert template(outcome) == "absence.recorded"


def test_the_day_of_return_is_still_asked_for() -> None:
    asked = Conversation(question=Question("return", ("amina",), DAY, at("08:05")))
    outcome = Thread("mum", known=[ill()], conversation=asked).hears(BACK_TODAY, "might bring her in later", "08:30")
    assert outcome.conversation.question == asked.question


def test_of_a_child_who_is_not_reported_it_says_nothing() -> None:
    outcome = Thread("mum").hears(BACK_TODAY, "might bring her in later", "08:30")
    assert template(outcome) != "absence.recorded"


@pytest.mark.parametrize(
    "text",
    ["thanks. her brother might have it too, should I send him in", "if she perks up can we bring her in at lunch"],
)
def test_whether_a_child_may_come_is_asked_and_no_hope(text: str) -> None:
    outcome = Thread("mum", known=[ill()]).hears(means("question"), text, "08:30")
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])
