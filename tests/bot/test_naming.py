"""Whether words name a child: one rule for the whole bot."""

from __future__ import annotations

import pytest

from bot.naming import is_named, is_named_as_written, of_whom_it_tells
from bot.outcome import Situation
from tests.support.messages import Thread


def mum() -> Situation:
    thread = Thread("mum")
    return Situation(thread.school, thread.sender, thread.conversation)


@pytest.mark.parametrize("text", ["Ben is ill", "ben's ill", "Bens got a cold", "it is BEN, sorry", "Ben’s bus"])
def test_a_name_is_a_word_whatever_its_case_and_ending(text: str) -> None:
    assert is_named(text, "ben", mum())
    assert not is_named(text, "amina", mum())


@pytest.mark.parametrize("text", ["the bench was wet", "Benedict is ill", "Reuben has a cold"])
def test_a_part_of_a_word_is_no_name(text: str) -> None:
    assert not is_named(text, "ben", mum())


def test_as_written_small_letters_name_only_where_all_is_small() -> None:
    assert is_named_as_written("ben is ill", "ben", mum())
    assert is_named_as_written("Ben's ill", "ben", mum())
    assert not is_named_as_written("Amina is in, the ben is not meant", "ben", mum())


@pytest.mark.parametrize(
    "text",
    [
        "Ben has the orthodontist every second Tuesday, today at ten",
        "can ben bring his own laptop",
        "It's about Ben's coat",
    ],
)
def test_words_that_name_one_child_are_about_that_child(text: str) -> None:
    assert of_whom_it_tells(text, mum()) == ("ben",)


@pytest.mark.parametrize(
    "text",
    ["Who do I ring about lunch?", "Ben and his sister have the dentist every Tuesday", "Ben and Amina go home early",
     "Amina is ill, can both stay off", "Ben is ill, what about the other one"],
)  # fmt: skip
def test_words_of_others_or_of_nobody_are_about_all(text: str) -> None:
    assert set(of_whom_it_tells(text, mum())) == set(mum().sender.may_hear_of)
