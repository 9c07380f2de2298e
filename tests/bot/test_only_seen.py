"""A thumb, or "ok thanks", to why a child is away answers nothing: we ask once more, and the case waits."""

from __future__ import annotations

import pytest

from bot.conversation import Conversation, Question
from tests.support.builders import DAY, at
from tests.support.messages import Thread, case, events, means, template

ASKED = Conversation(Question("absence", ("amina",), DAY, at("09:15")))
CHAT = means("chat")


@pytest.mark.parametrize("text", ["👍", "👍🏽", "ok", "Ok thanks", "thank you!", "received, thanks", "yes"])
def test_what_only_says_that_it_was_read_is_asked_once_more(text: str) -> None:
    thread = Thread("mum", cases=[case()], conversation=ASKED)
    first = thread.hears(CHAT, text)
    assert (template(first), "ReasonGiven" in [name for _, name in events(first)]) == ("absence.reason", False)
    assert template(thread.hears(CHAT, text, "09:40")) is None


@pytest.mark.parametrize("text", ["haha", "ok will ask her dad", "thanks, have a good day"])
def test_other_words_are_what_they_were(text: str) -> None:
    assert template(Thread("mum", cases=[case()], conversation=ASKED).hears(CHAT, text)) != "absence.reason"


def test_of_a_child_that_is_accounted_for_nobody_is_asked_again() -> None:
    answered = case(stage="answered", outcome="answered_ill", answered_by="dad", code="I")
    assert template(Thread("mum", cases=[answered], conversation=ASKED).hears(CHAT, "👍")) is None
