"""What was understood, in the office's words: who, why, when, from which words, and why something is asked."""

from __future__ import annotations

import pytest

from bot.understanding import understand
from bot.understanding.saying import in_plain_words
from tests.understanding.reading import CALENDAR, TUESDAY, written


def _said(text: str, children: str = "Tom:3", asked: str | None = None, sent: str = TUESDAY) -> str:
    message = written(text, sent, children, asked)
    return in_plain_words(message, understand(message, CALENDAR, explain=True))


def test_a_plain_absence_is_one_sentence_with_its_grounds() -> None:
    said = _said("Tom is poorly, back thurs")
    assert said.startswith("Tom Smith: ill (code I, provisional), from today, back Thursday 12 November.")
    assert "“poorly”" in said
    assert "“thurs”" in said
    assert "asked" not in said


def test_what_is_asked_says_why() -> None:
    said = _said("Tom won't be in on Thursday.")
    assert "no reason given" in said
    assert "The reason is asked, because" in said


def test_a_child_who_is_not_on_the_list_is_not_named() -> None:
    said = _said("Sophie Brown 4C is ill")
    assert said.startswith("A child who is not known yet")
    assert "Which child is asked" in said
    assert "Tom" not in said


def test_danger_is_said_with_the_words_that_raised_it() -> None:
    said = _said("Tom is missing")
    assert "A person must act now, for “" in said
    assert "is missing" in said


@pytest.mark.parametrize("text", ["", "👍", "thanks x", "STOP", "who is this?", "Tom ill", "mañana no viene", "\n\n"])
def test_every_message_has_something_said_of_it_without_codes_of_the_program(text: str) -> None:
    said = _said(text)
    assert said[0].isupper()
    assert said.endswith(".")
    assert "_" not in said
    assert "c1" not in said
