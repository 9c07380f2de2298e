"""Another way to school, after the bus or the car had kept a child at home: it comes, and is waited for."""

from __future__ import annotations

import pytest

from attendance.events import OnTheWay
from bot.outcome import CaseEvent, Outcome
from tests.support.builders import report
from tests.support.messages import Thread, case, means, of, says

ANSWERED = case(stage="answered", whereabouts="claimed", reason="proposed", code="Y1", answered_by="mum")


def waited_for(words: str, code: str = "Y1", intent: str = "chat") -> bool:
    outcome: Outcome = Thread("mum", cases=[ANSWERED], known=[report("k", code=code)]).hears(
        means(intent), words, "09:25"
    )
    return any(isinstance(one.event, OnTheWay) for one in of(outcome, CaseEvent))


@pytest.mark.parametrize(
    "words",
    [
        "got him a lift with Jacks mum",
        "managed to get a taxi",
        "neighbour is bringing him",
        "all sorted, grandad is taking her",
        "she's going to walk",
        "next bus just came",
        "car has finally started",
    ],
)
@pytest.mark.parametrize("code", ["Y1", "O"])
def test_a_way_found_is_a_child_that_comes(words: str, code: str) -> None:
    assert waited_for(words, code)


@pytest.mark.parametrize(
    "words",
    [
        "got a lift to the doctors",
        "grandad is taking him home with him",
        "can you give him a lift?",
        "couldn't get a taxi",
        "next bus is tomorrow",
        "not going to walk in this rain",
        "thank you",
    ],
)
def test_near_misses_change_nothing(words: str) -> None:
    assert not waited_for(words)


def test_to_when_is_he_back_it_says_now() -> None:
    asked = report("k", code="Y1")
    thread = Thread("mum", cases=[ANSWERED], known=[asked])
    outcome = thread.hears(means("return", says("amina", code=None), ask=("return",)), "got a lift with Ben", "09:25")
    assert any(isinstance(one.event, OnTheWay) for one in of(outcome, CaseEvent))


def test_an_illness_does_not_end_with_a_lift() -> None:
    assert not waited_for("got a lift with my mum", "I")
