"""Where a child is: one reading of it, whose words stand in a lexicon, and which the trace shows."""

from __future__ import annotations

import pytest

from bot.understanding.places import ACCOUNTED, places_in
from bot.understanding.words.normalise import line_of
from tests.understanding.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "she is at home with me",
        "No, he's at his nan's",
        "keeping him off today",
        "she's with granny",
        "he's at my mum's, poorly",
        "both stopping with their grandparents",
        "I've got him here",
        "I signed him out at 12",
        "she's in bed, I'd rather not say why",
        "w me",
        "He's here with me at home, all fine. Will explain when i see you",
        "He's at home with us, I'll ring when I get a minute",
        "she's here with me, i will let you know when shes coming back",
    ],
)
def test_nobody_need_look_for_it(text: str) -> None:
    assert places_in(line_of(text)).says(ACCOUNTED)


@pytest.mark.parametrize(
    "text",
    [
        "is she at home?",
        "i'll tell you when he's at home",
        "I will ring you when she is here",
        "he is with me when he is not at school",
        "I think she's at home",
        "she was with me until eight",
        "she is not with me",
        "I'm at home",
        "she is at her dad's",
        "he travels with us on Friday",
        "bear with us",
        "he's at his grandad's funeral",
        "she is coming in with her nan",
        "I've got her phone here",
        "we are here at reception",
    ],
)
def test_somebody_may_have_to(text: str) -> None:
    assert not places_in(line_of(text)).says(ACCOUNTED)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("he's with me", True),
        ("Tobi's with me for the day", True),
        ("she's at her dad's", True),
        ("she is still at her nan's", True),
        ("No she's with me", True),
        ("I should have told you, she's at my mum's", True),
        ("my brother is with me", False),
        ("he's not with me", False),
        ("she might be with her dad", False),
        ("I hope she's with her dad", False),
        ("dad here", False),
    ],
)
def test_it_is_with_somebody(text: str, said: bool) -> None:
    assert places_in(line_of(text)).is_with_somebody() is said


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("Tom is ill, he's with me", "c1 is with whoever writes (first hand)", "with me"),
        ("Tom is at his dad's I think", "c1 is with the other parent (a guess)", "at his dad's"),
        ("Tom was with me until eight", "c1 is with whoever writes (not so, or not now)", "with me"),
        ("his dad said he's in bed", "is at home (hearsay)", "in bed"),
        ("Tom left for school at 8", "c1 is in school or set off (first hand)", "left for school"),
        ("Tom is on his way", "c1 is late or on its way (first hand)", "on his way"),
    ],
)
def test_the_trace_says_where(text: str, what: str, words: str) -> None:
    found = [(one.what, text[slice(*one.span)]) for one in read(text, explain=True).trace if one.layer == "where"]
    assert (what, words) in found
