"""Whom somebody collected that the parent does not name is sought at once; whom the family collected is not."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

AFTER_LUNCH = "2026-11-10T13:30"
NAMED = [
    "his uncle picked him up at 12",
    "my partner collected him",
    "grandad picked him up",
    "my mum or someone picked him up at 12",
    "a man from the taxi firm picked him up at 12, he has the dentist",
    "the taxi man picked him up",
    "a lady from the council transport collected him at 12 for his appointment",
    "someone from my work collected him for me",
    "a man I work with picked him up for me",
    "a lady took him in to the office",
    "some people picked up the flu there and so has he",
    "somebody picked his coat up by mistake",
    "can he be collected by a lady named Dvora",
    "he is ill, a woman from the surgery rang",
]


@pytest.mark.parametrize("asked", [None, "absence"])
@pytest.mark.parametrize(
    "text",
    [
        "A man picked him up at 12",
        "some bloke collected him",
        "some bloke has collected Tom from school",
        "his mate says a man in a van picked him up",
        "He was picked up by a man at dinner time",
        "somebody picked him up at 12, who was it?",
        "he got collected by some woman",
        "a stranger has got him",
        "a lady took him at lunch",
        "a man has picked my son up",
        "hes gone off with some man",
        "apparently some random guy picked Tom up at the gate",
    ],
)
def test_somebody_whom_nobody_names_has_the_child(text: str, asked: str | None) -> None:
    understood = read(text, AFTER_LUNCH, "Tom:8", asked)
    assert (understood.intent, understood.urgent, understood.safeguarding) == ("missing", True, True)


@pytest.mark.parametrize("asked", [None, "absence"])
@pytest.mark.parametrize("text", NAMED)
def test_whom_they_name_is_nobodys_danger(text: str, asked: str | None) -> None:
    understood = read(text, AFTER_LUNCH, "Tom:8", asked)
    assert understood.intent != "missing"
    assert not understood.safeguarding


@pytest.mark.parametrize("text", ["his uncle picked him up at 12", "my partner collected him", "grandad picked him up"])
def test_the_family_has_the_child_and_is_asked_why(text: str) -> None:
    understood = read(text, AFTER_LUNCH, "Tom:8", "absence")
    assert (understood.intent, understood.urgent) == ("absence", False)
    assert "reason" in understood.ask
