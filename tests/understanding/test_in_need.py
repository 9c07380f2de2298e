"""Broken shoes and no clean uniform are why a child is not in, and no lateness that nobody told."""

from __future__ import annotations

import pytest

from bot.understanding.kinds.in_need import in_need
from tests.understanding.reading import read


@pytest.mark.parametrize("text", ["his shoes are broke", "her shoes have split", "his trousers are ripped"])
def test_asked_why_it_is_why_and_unasked_a_person_reads_it(text: str) -> None:
    assert read(text, children="Tom:8", asked="absence").intent == "absence"
    assert (read(text, children="Tom:8").intent, read(text, children="Tom:8").reports) == ("question", ())


@pytest.mark.parametrize("text", ["will be late, his shoes broke", "late today, had to buy shoes"])
def test_told_as_late_it_is_late(text: str) -> None:
    assert read(text, children="Tom:8", asked="absence").intent == "late"


@pytest.mark.parametrize(
    "line",
    [
        "no clean uniform",
        "nothing dry to wear",
        "the washing machine broke",
        "we can not afford the bus",
        "no bus fare",
    ],
)
def test_something_is_missing(line: str) -> None:
    assert in_need(line)


@pytest.mark.parametrize(
    "line",
    ["is it non uniform day", "he refuses to wear his uniform", "no uniform days this week", "wet and windy so off"],
)
def test_nothing_is_missing(line: str) -> None:
    assert not in_need(line)
