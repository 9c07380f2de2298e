"""A child that is in its own room, or was fetched from school, is looked for by nobody."""

from __future__ import annotations

import pytest

from bot.understanding.places import ACCOUNTED, places_in
from bot.understanding.words.normalise import line_of
from tests.understanding.reading import read


@pytest.mark.parametrize("sent", ["2026-11-10T09:20", "2026-11-10T13:45"])
@pytest.mark.parametrize(
    "text", ["he's in his room", "Tom is still in his bedroom", "he is upstairs asleep", "He's here, on the sofa"]
)
def test_at_home(text: str, sent: str) -> None:
    told = read(text, sent, "Tom:8", "absence")
    assert (told.intent, told.urgent) == ("absence", False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("he's not in his room", "missing"),
        ("he should be in his music room", "present"),
        ("he's in the medical room", "present"),
    ],
)
def test_not_at_home(text: str, kind: str) -> None:
    assert read(text, "2026-11-10T09:20", "Tom:8", "absence").intent == kind


@pytest.mark.parametrize(
    "text",
    [
        "I've already picked him up",
        "Hi I've just collected Tom thanks",
        "the nurse rang, I collected him",
        "you rang me so I fetched him",
        "i came and got him at dinner time",
    ],
)
def test_fetched(text: str) -> None:
    told = read(text, "2026-11-10T13:45", "Tom:8", "absence")
    assert (told.intent, told.urgent) == ("absence", False)


@pytest.mark.parametrize("text", ["I havent picked him up", "who picked him up?", "picked him up and dropped him back"])
def test_not_fetched(text: str) -> None:
    assert read(text, "2026-11-10T13:45", "Tom:8", "absence").urgent


@pytest.mark.parametrize(
    "text", ["she is in her room", "he's still in his bed", "I've already picked him up", "i came and got him"]
)
def test_accounted_for(text: str) -> None:
    assert places_in(line_of(text)).says(ACCOUNTED)


@pytest.mark.parametrize("text", ["he's not in his room", "he should be in his room", "is he in his room?"])
def test_not_accounted_for(text: str) -> None:
    assert not places_in(line_of(text)).says(ACCOUNTED)
