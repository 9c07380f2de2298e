"""Words that say nothing of the child account for nobody: a person reads them, and the chase goes on."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize("asked", ["absence", "reason"])
@pytest.mark.parametrize(
    "text", ["cant talk now", "sorry in a meeting, will ring later", "driving", "busy", "just a sec"]
)
def test_who_puts_us_off_says_nothing_of_the_child(text: str, asked: str) -> None:
    told = read(text, asked=asked)
    assert (told.intent, told.reports) == ("question", ())


def test_who_lost_the_voice_is_ill() -> None:
    assert [report.code for report in read("he cant talk, lost his voice", asked="absence").reports] == ["I"]


@pytest.mark.parametrize(
    ("text", "tells"),
    [("she", False), ("yes", False), ("hi its Tom", False), ("Tom is off", True), ("rather not say", True)],
)
def test_whether_a_word_is_of_the_child_is_known(text: str, tells: bool) -> None:
    assert read(text, asked="reason").tells is tells


@pytest.mark.parametrize("asked", ["absence", "reason", "return", None])
@pytest.mark.parametrize(
    "text", ["07700 900312", "+447700900123", "07700-900-123", "ring me on 07700 900123", "my number is 07700 900123"]
)
def test_a_number_alone_is_for_a_person(text: str, asked: str | None) -> None:
    told = read(text, asked=asked)
    assert (told.intent, told.reports) == ("question", ())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("his dad's number is 07700 900456", "other_parent"),
        ("mum is on 07700 900456, he's with her", "other_parent"),
        ("he's ill, ring me on 07700 900123 if you need", "absence"),
    ],
)
def test_a_number_beside_more_is_not_all(text: str, intent: str) -> None:
    assert read(text, asked="absence").intent == intent
