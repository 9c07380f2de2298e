"""One child is over it and another has it now; "the others" of a family; what is on at the weekend beside it."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

FOUR = "Dot:1 Vinnie:3 Ronnie:5 Betty:10"


@pytest.mark.parametrize(
    ("text", "ill"),
    [
        ("Nora's better and in, Finn has it now", "c2"),
        ("Nora is over it, Finn's got it now", "c2"),
        ("Nora's back to herself and coming in, but Finn has caught it now", "c2"),
        ("Nora had it last week, now Finn has it too", "c2"),
        ("Nora's sickness has passed to Finn so he's off, she's in", "c2"),
        ("Nora back today, Finn's turn with the bug", "c2"),
        ("Nora is still ill and Finn has it now too", "c1 c2"),
        ("Nora has it, Finn has it too", "c1 c2"),
    ],
)
def test_who_is_over_it_is_not_ill(text: str, ill: str) -> None:
    answer = read(text, "2026-11-10T08:05", "Nora:4 Finn:2")
    assert " ".join(sorted(told(answer))) == ill
    assert {str(report.first_day) for report in answer.reports} == {"2026-11-10"}


@pytest.mark.parametrize(
    ("text", "ill"),
    [
        ("Only Betty in today, the others are all streaming with cold", "c1 c2 c3"),
        ("Betty's in. The others have a sickness bug", "c1 c2 c3"),
        ("Dot is the only one in, the others all have flu", "c2 c3 c4"),
        ("Betty has gone in but the others are off, all been sick", "c1 c2 c3"),
        ("Betty has a migraine, the others are fine", "c4"),
        ("Dot's ill, the others are coming in as normal", "c1"),
        ("just Dot poorly today, others ok", "c1"),
    ],
)
def test_the_others_are_those_who_are_not_named(text: str, ill: str) -> None:
    assert " ".join(sorted(told(read(text, "2026-11-10T08:05", FOUR)))) == ill


@pytest.mark.parametrize(
    "text",
    [
        "Tom has a party on Sunday but he's ill today so off",
        "Tom is being christened Sunday and typically he's come out in spots so he's off",
        "Tom has slapped cheek so he's off, gutted as it's his birthday Sunday",
        "It's his match Saturday and Tom has gone and sprained his ankle, off today",
        "Tom not in, sick. We fly to Spain Saturday so fingers crossed",
    ],
)
def test_what_is_on_at_the_weekend_does_not_move_the_illness(text: str) -> None:
    assert told(read(text, "2026-11-11T08:05")) == {"c1": ["2026-11-11 -"]}
