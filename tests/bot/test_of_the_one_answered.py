"""A reply to a message of ours about one child is about that child, where the channel says to which it is."""

from __future__ import annotations

import pytest

from bot.context import read_in_context
from bot.conversation import Conversation, Question
from bot.outcome import Heard, Situation
from tests.support.builders import DAY, at
from tests.support.messages import Thread, case

BOTH_ASKED = Conversation(Question("absence", ("amina", "ben"), DAY, at("09:15")))
OF_AMINA = Conversation(Question("absence", ("amina",), DAY, at("09:15")))


def children(text: str, about: tuple[str, ...], conversation: Conversation | None = None) -> set[str]:
    thread = Thread("mum", cases=[case(), case("ben")], conversation=conversation)
    heard = Heard("m1", "telegram", thread.address, text, at("09:20"), answers_about=about)
    situation = Situation(thread.school, thread.sender, thread.conversation, cases=thread.cases)
    understood = read_in_context(heard, situation)
    return set() if "child" in understood.ask else {one for report in understood.reports for one in report.children}


@pytest.mark.parametrize("conversation", [None, BOTH_ASKED, OF_AMINA])
@pytest.mark.parametrize("text", ["got a temperature, off today", "ill", "in bed with a sick bug"])
def test_it_is_the_child_of_that_message(text: str, conversation: Conversation | None) -> None:
    assert children(text, ("ben",), conversation) == {"ben"}


@pytest.mark.parametrize(
    ("text", "about", "who"),
    [
        ("Amina has a temperature, off today", ("ben",), {"amina"}),
        ("both ill today", ("ben",), {"amina", "ben"}),
        ("ill today", ("amina", "ben"), {"amina", "ben"}),
    ],
)
def test_a_name_in_the_words_goes_first(text: str, about: tuple[str, ...], who: set[str]) -> None:
    assert children(text, about, BOTH_ASKED) == who


@pytest.mark.parametrize("text", ["NO", "no that is wrong", "Yes, thanks", "ok"])
def test_a_yes_or_a_no_is_left_to_what_it_is_said_to(text: str) -> None:
    thread = Thread("mum", cases=[case("ben")])
    heard = Heard("m1", "telegram", thread.address, text, at("09:20"), answers_about=("ben",))
    situation = Situation(thread.school, thread.sender, thread.conversation, cases=thread.cases)
    plain = Heard("m2", "telegram", thread.address, text, at("09:20"))
    assert read_in_context(heard, situation) == read_in_context(plain, situation)
