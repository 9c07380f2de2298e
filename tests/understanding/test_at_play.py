"""A child that hides in the shed at play is in no danger; one that hides from somebody is. Hunger is heard plainly."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "he's hiding in the shed playing with the dog, late sorry",
        "She's hiding in the shed",
        "hes hiding in the shed again to get out of school lol",
        "Ella is hiding in the shed, wont come out, doesnt want to do her test",
        "They were playing hide and seek and he's hiding in the garden, be late",
        "hiding in the garden in his den, won't put his shoes on",
        "she doesn't want to go now",
        "She doesnt want to go now, can we cancel the leave",
        "Ella doesn't want to go to the wedding now so she will be in",
        "no food in her bag today sorry",
        "no bread in so no packed lunch today",
        "she's off her food til friday",
    ],
)
def test_no_harm(text: str) -> None:
    told = read(text, children="Tom:8 Ella:6")
    assert (told.safeguarding, told.urgent) == (False, False)


@pytest.mark.parametrize(
    "text",
    [
        "Tom's hiding in the shed from his stepdad",
        "she is hiding in the shed because her dad is kicking off",
        "she hides in the shed when he comes home",
        "hes hiding in the shed, says a man was looking at him",
        "we are hiding in the shed",
        "she is hiding in the shed covered in bruises",
        "he's hiding in the shed, he wants to die",
        "she hid in the shed, frightened of going home",
        "she doesn't want to go, they are making her marry him",
        "she does not want to go, he has her passport",
        "no food in til Friday",
        "theres no food in til friday sorry",
        "fridge is empty till I get paid",
    ],
)
def test_harm(text: str) -> None:
    assert read(text, children="Tom:8 Ella:6").safeguarding


@pytest.mark.parametrize("asked", ["absence", "reason", "return"])
def test_hunger_is_heard_whatever_was_asked(asked: str) -> None:
    draft = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": None, "session": "day"}
    told = read("weve no food in til friday", asked=asked, draft=draft if asked == "return" else None)
    assert told.safeguarding
