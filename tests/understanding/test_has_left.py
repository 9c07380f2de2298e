"""A child that has left the school for good, told in a few words; and what only seems to say so."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

AT_TWENTY_PAST_NINE = "2026-11-10T09:20"


@pytest.mark.parametrize("asked", ["absence", None])
@pytest.mark.parametrize(
    "text",
    [
        "Tom has been deregistered",
        "he left at Christmas",
        "Hi, he left in July",
        "Tom is home educated now",
        "Tom is being home schooled now thanks",
        "we're home educating him now",
        "Sorry he's no longer a pupil",
        "Tom has left your school",
        "he doesn't go there anymore",
        "he goes to a different school now",
        "he's not at your school any more",
        "Tom no longer attends",
    ],
)
def test_has_left(text: str, asked: str | None) -> None:
    told = read(text, AT_TWENTY_PAST_NINE, "Tom:8", asked)
    assert (told.intent, told.urgent) == ("leaver", False)


@pytest.mark.parametrize(
    "text",
    [
        "he left school at lunch",
        "he's left the school, he was crying",
        "he doesn't go in on Fridays",
        "he isn't going",
        "he's not coming in any more today",
        "his brother left at Christmas, Tom is ill",
        "he may not go there any more if this goes on",
    ],
)
def test_is_still_on_roll(text: str) -> None:
    assert read(text, AT_TWENTY_PAST_NINE, "Tom:8", "absence").intent != "leaver"
