"""A child that ran from the gate is looked for, whatever upset it; one whom somebody has again is not."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize("asked", [None, "absence"])
@pytest.mark.parametrize(
    "text",
    [
        "Tom ran off at the gate",
        "Tom panicked at the gate and ran off",
        "he had a meltdown and ran off at the gate",
        "had a panic attack and bolted from the gate",
        "he got anxious at the gate and has run off",
        "Tom had a wobble and ran out of the playground",
        "had a meltdown at drop off and ran off down the road",
        "he wouldn't go in, ran off at the gate",
        "dropped him and he ran off into the park",
        "he ran out of school crying",
        "Tom had a panic attack at the gates and I dont know where he is",
        "Tom ran off and I've called the doctors, no idea where he is",
    ],
)
def test_a_child_that_ran_off_is_looked_for_whatever_upset_it(text: str, asked: str | None) -> None:
    told = read(text, asked=asked, children="Tom:8")
    assert (told.intent, told.urgent) == ("missing", True)


@pytest.mark.parametrize("asked", [None, "absence"])
@pytest.mark.parametrize(
    "text",
    [
        "panic attack at the gates",
        "Tom had a panic attack at the gates, can't get him in",
        "meltdown at the gates, he's home with me now",
        "he ran off from the gate but I caught him, taking him home",
        "Tom ran off at the gate but I've got him, we're at home",
        "he ran off crying but came back to me, keeping him home",
        "Tom nearly ran off at the gate so I've brought him home",
        "Tom bolted at the gate yesterday so keeping him off today",
        "he's poorly, ran off to the toilet to be sick three times",
        "Tom was sick all over, ran out of the car to be sick",
        "I don't know where he caught it but Tom has a tummy bug",
        "he bolted his breakfast and was sick",
        "Tom fell when he ran across the playground, wrist hurts, staying home",
        "he has run out of his inhaler so staying home",
    ],
)
def test_a_child_whom_somebody_has_is_not_searched_for(text: str, asked: str | None) -> None:
    told = read(text, asked=asked, children="Tom:8")
    assert (told.intent, told.urgent) == ("absence", False)


@pytest.mark.parametrize(
    "text",
    [
        "Jackie's rabbit's run away. Hutch is open. We're out with torches and lettuce so might be late",
        "Jackie's done a runner... to the shops for milk, so if she's five min late that's me not her",
        "Jackie ran across the road to the bus, missed it, will be late",
    ],
)
def test_who_only_runs_about_is_late(text: str) -> None:
    told = read(text, children="Jackie:8")
    assert (told.intent, told.urgent) == ("late", False)
