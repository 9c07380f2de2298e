"""A child in school who writes home that something is wrong: somebody shall go to it now."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

NOON = "2026-11-10T11:30"


@pytest.mark.parametrize(
    "text",
    [
        "Kit just rang me, he feels faint and miss won't let him out. can someone go to him he's diabetic",
        "Mia texted she's having an asthma attack in the toilets, please go to her",
        "Mia has texted me crying from the loos, some girls have hit her. Somebody go to her now",
        "Kit's messaged me from the changing rooms, they've beaten him up, get someone there now please",
        "mia just called from school shes been pushed down the stairs and hurt her head can a teacher check on her",
        "Kit texted that his blood sugar is low and he is shaking, he is in science, please check him",
        "had a text from Mia, she can't breathe properly and they won't let her have her inhaler, go to her please",
        "had a message from Kit he can't breathe and the teacher is ignoring him",
        "got a message from Kit, nose bleeding and it won't stop, can the nurse look at him now",
    ],
)
def test_it_is_urgent(text: str) -> None:
    answer = read(text, NOON, "Kit:8" if "Kit" in text else "Mia:8")
    assert (answer.intent, answer.urgent) == ("question", True)


@pytest.mark.parametrize(
    "text",
    [
        "Kit texted he forgot his PE kit, can someone tell him it's at reception",
        "Mia just texted, can you tell her I'll pick her up at 3.15",
        "Kit's texted that he has a detention, can someone ring me about it",
        "Mia rang me last night from her dad's, her asthma was bad. Can you check she has her inhaler",
    ],
)
def test_it_is_not(text: str) -> None:
    assert not read(text, NOON, "Kit:8" if "Kit" in text else "Mia:8").urgent


def test_after_school_nobody_is_there_to_go() -> None:
    assert not read("Kit texted he felt faint in maths, can someone check on him", "2026-11-10T19:00", "Kit:8").urgent


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("she says she will do herself in if she has to see them again. I'm staying with her", True),
        ("he's threatening to do himself in, doctor's phoning back at 11", True),
        ("he says he'll top himself if I make him go in. I'm sat with him", True),
        ("he's done his back in at rugby, off today", False),
        ("this cold has done him in", False),
        ("the walk did her in, she's shattered and staying in bed", False),
    ],
)
def test_who_says_it_of_himself_means_it(text: str, now: bool) -> None:
    answer = read(text, "2026-11-10T09:20", "Kit:10", "absence")
    assert (answer.safeguarding, answer.urgent) == (now, now)
