"""A family that is asked whether the child will be away, and says that it comes in."""

from __future__ import annotations

import pytest

from bot.conversation import Conversation, Question
from bot.understanding import Understanding
from tests.support.builders import DAY, at
from tests.support.messages import Thread, case, events, means, says, template

ASKED = Question("confirm", ("amina",), DAY, at("07:30"), drafts=(says("amina"),))
COMES = means("return", says("amina", code=None, first=None, return_day=DAY))


def test_the_draft_falls_away_and_nothing_is_recorded() -> None:
    outcome = Thread("mum", conversation=Conversation(question=ASKED)).hears(COMES, "she's coming in", "07:40")
    assert template(outcome) == "absence.corrected"
    assert (outcome.conversation.question, outcome.effects) == (None, ())


def test_a_child_who_is_sought_is_not_taken_to_be_in() -> None:
    thread = Thread("mum", cases=[case()], conversation=Conversation(question=ASKED))
    outcome = thread.hears(COMES, "she's coming in", "09:20")
    assert "in school" not in str(outcome.reply)
    assert "ReasonGiven" not in [name for _, name in events(outcome)]


def test_another_child_than_the_one_asked_about_changes_nothing() -> None:
    other = means("return", says("ben", code=None, first=None, return_day=DAY))
    outcome = Thread("mum", conversation=Conversation(question=ASKED)).hears(other, "Ben is coming in", "07:40")
    assert template(outcome) != "absence.corrected"


WHY = Question("reason", ("amina",), DAY, at("07:30"), drafts=(says("amina", code="N"),))
CANCEL = means("cancel", says("amina", code=None, first=None))


@pytest.mark.parametrize(
    ("understood", "text"),
    [
        (COMES, "scrap that she's coming in, it's her sister's inset day"),
        (CANCEL, "scrap that she's coming in, it's her sister's inset day"),
    ],
)
def test_asked_why_the_draft_falls_away_too(understood: Understanding, text: str) -> None:
    outcome = Thread("mum", conversation=Conversation(question=WHY)).hears(understood, text, "07:40")
    assert template(outcome) == "absence.corrected"
    assert (outcome.conversation.question, outcome.effects) == (None, ())


def test_a_bare_scrap_that_is_for_a_person() -> None:
    outcome = Thread("mum", conversation=Conversation(question=WHY)).hears(CANCEL, "scrap that", "07:40")
    assert template(outcome) == "absence.handed_to_staff"
