"""A full name that nobody here knows must never settle the writer's own child."""

from __future__ import annotations

import pytest

from bot.families.other_children import names_somebody_else
from bot.outcome import Record, Situation
from tests.support.messages import Thread, case, events, means, says


def mothers() -> Situation:
    thread = Thread("mum")
    return Situation(thread.school, thread.sender, thread.conversation)


@pytest.mark.parametrize(
    "text",
    [
        "Priya Nair is off sick today",
        "Good morning, Priya Nair in 8B has a fever",
        "Hi, Jonas O'Brien won't be in",
        "sorry Priya Nair-Shah isn't well",
    ],
)
def test_a_full_name_of_nobody_here_is_somebody_else(text: str) -> None:
    assert names_somebody_else(text, mothers())


@pytest.mark.parametrize(
    "text",
    [
        "she is off sick today",
        "Amina is off sick, her cousin Priya Nair is too",
        "Good Morning is this the right number, she has a cold",
        "Year Seven is not happening for her today",
        "Mr Patel is not to blame, she overslept",
        "She Was up all night",
        "",
    ],
)
def test_what_names_nobody_or_ones_own_child_is_not(text: str) -> None:
    assert not names_somebody_else(text, mothers())


def test_the_words_about_somebody_else_record_nothing_and_a_person_reads_them() -> None:
    thread = Thread("mum", cases=[case("amina")])
    outcome = thread.hears(means("absence", says("amina")), "Priya Nair is off sick today")
    assert not any(isinstance(effect, Record) for effect in outcome.effects)
    assert [getattr(effect, "reason", None) for effect in outcome.effects] == ["message_to_read"]


def test_pictures_without_a_word_are_asked_about() -> None:
    outcome = Thread("mum", cases=[case("amina")]).hears(means("absence", says("amina")), "😢🛌")
    assert events(outcome) == [("amina", "UnclearAnswer")]
    assert len(outcome.effects) == 1
    assert outcome.reply is not None
    assert outcome.reply.template == "absence.reason"
