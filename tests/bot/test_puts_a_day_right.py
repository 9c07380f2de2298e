"""Small talk that puts a day right is read by a person: nothing else may be left of what it corrects."""

from __future__ import annotations

import pytest

from tests.support.messages import Thread, alerted, means, template


@pytest.mark.parametrize(
    "text", ["sorry that's next Tuesday", "Oh sorry I meant the 24th", "oops, 10.15 not 11", "Actually its tomorrow"]
)
def test_a_day_put_right_is_for_a_person(text: str) -> None:
    outcome = Thread("mum").hears(means("chat"), text)
    assert alerted(outcome) == [("message_to_read", False)]
    assert template(outcome) == "absence.handed_to_staff"


@pytest.mark.parametrize(
    "text",
    ["thanks, see you tomorrow", "sorry for the late reply, see you Monday", "ok, sorry", "have a good Friday", "👍"],
)
def test_small_talk_is_small_talk(text: str) -> None:
    outcome = Thread("mum").hears(means("chat"), text)
    assert (outcome.effects, outcome.reply) == ((), None)
