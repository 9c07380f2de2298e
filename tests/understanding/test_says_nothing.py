"""Words that say nothing of the child account for nobody: a person reads them, and the chase goes on."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize("asked", ["absence", "reason"])
@pytest.mark.parametrize(
    "text",
    [
        "cant talk now",
        "sorry in a meeting, will ring later",
        "driving",
        "busy",
        "just a sec",
        "one sec",
        "give me 5 mins",
        "will ring you in a min",
        "Il call you in 10 mins",
        "can I ring you in half an hour",
        "just in a meeting I will call in 20 minutes",
        "I will ring you back shortly",
        "think this was meant for someone else",
    ],
)
def test_who_puts_us_off_says_nothing_of_the_child(text: str, asked: str) -> None:
    told = read(text, asked=asked)
    assert (told.intent, told.reports) == ("question", ())


@pytest.mark.parametrize("text", ["be there in 10 minutes", "will drop him in 10 mins", "5 mins away", "there in 5"])
def test_who_says_when_the_child_comes_does_not_put_us_off(text: str) -> None:
    assert read(text, sent="2026-11-10T09:20", asked="absence").intent == "late"


@pytest.mark.parametrize(
    "text", ["I left a voicemail at half 7", "have you not got my message", "did you not see my text"]
)
def test_who_told_us_already_is_not_asked_for_the_reason(text: str) -> None:
    told = read(text, sent="2026-11-10T09:20", asked="absence")
    assert (told.intent, [report.code for report in told.reports]) == ("absence", ["N"])
    assert "reason" not in told.ask


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
