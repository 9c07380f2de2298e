"""A reason that no code has was said all the same: it is not asked for again."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize("asked", [None, "absence"])
@pytest.mark.parametrize(
    "text",
    [
        "I am keeping Tom at home today as there was an incident with another pupil which school has not dealt with",
        "Tom won't be in today because of what happened yesterday with Mr Jones",
        "Tom is not coming in until someone rings me",
        "Tom won't be in today following what was said to him in class yesterday",
    ],
)
def test_why_in_own_words_is_not_asked_for(text: str, asked: str | None) -> None:
    told = read(text, "2026-11-10T07:40", "Tom:8", asked=asked)
    assert told.intent == "absence"
    assert "reason" not in told.ask


@pytest.mark.parametrize(
    "text", ["Tom won't be in today", "Tom is off again", "Tom is not in today, same as yesterday"]
)
def test_no_word_of_why_is_asked_for(text: str) -> None:
    assert "reason" in read(text, "2026-11-10T07:40", "Tom:8").ask
