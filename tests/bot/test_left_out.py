"""A child who is being asked about and of whom nothing was understood is not passed over in silence."""

from __future__ import annotations

import pytest

from attendance.effects import RaiseAlert
from bot.outcome import Outcome
from tests.support.messages import Thread, alerted, case, means, of, says


def heard(text: str, *cases: str) -> Outcome:
    thread = Thread("mum", cases=[case(child) for child in cases])
    return thread.hears(means("absence", says("amina", code="I")), text)


@pytest.mark.parametrize(
    "text",
    ["Amina has a cold. Ben should be there though", "amina has a cold, ben went on the bus at eight"],
)
def test_words_about_a_second_child_who_is_sought_are_read_by_a_person(text: str) -> None:
    outcome = heard(text, "amina", "ben")
    assert alerted(outcome) == [("message_to_read", False)]
    (alert,) = of(outcome, RaiseAlert)
    assert alert.pupils == ("ben",)


def test_nobody_is_troubled_where_the_other_child_is_not_sought_or_not_named() -> None:
    assert alerted(heard("Amina has a cold. Ben is fine", "amina")) == []
    assert alerted(heard("Amina has a cold", "amina", "ben")) == []
