""" "Who is this?" from a listed contact hears who we are; a sick face alone says of what a child is ill."""

from __future__ import annotations

import pytest

from attendance.effects import RaiseAlert
from bot.outcome import Outcome, Record
from tests.support.messages import Thread, case, means, says


def heard(text: str) -> Outcome:
    return Thread("mum", cases=[case("amina")]).hears(means("question"), text)


@pytest.mark.parametrize(
    "text",
    ["who is this?", "Hi sorry who's this please?", "Who are you", "whose number is this", "is this the school?"],
)
def test_who_we_are_is_said_and_nobody_of_staff_is_called(text: str) -> None:
    outcome = heard(text)
    assert outcome.reply is not None
    assert outcome.reply.template == "help"
    assert not any(isinstance(effect, RaiseAlert) for effect in outcome.effects)


@pytest.mark.parametrize(
    "text", ["who is this? i dont have kids", "who is this about? nobody told me", "who is this teacher she talks of"]
)
def test_more_than_the_question_is_for_a_person(text: str) -> None:
    outcome = heard(text)
    assert outcome.reply is not None
    assert outcome.reply.template == "absence.handed_to_staff"


@pytest.mark.parametrize(("text", "recorded"), [("🤒🤮", True), ("😢🤧", True), ("🛌", False), ("😢", False)])
def test_the_face_of_somebody_ill_is_a_reason(text: str, recorded: bool) -> None:
    outcome = Thread("mum", cases=[case("amina")]).hears(means("absence", says("amina")), text)
    assert any(isinstance(effect, Record) for effect in outcome.effects) == recorded
