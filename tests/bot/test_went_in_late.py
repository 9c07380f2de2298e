""" "He went in late, about nine", and no mark of it: the family believes the child in school, and somebody looks."""

from __future__ import annotations

from datetime import time

import pytest

from attendance.register import Entry
from tests.support.builders import AM
from tests.support.messages import Thread, alerted, case, means, says, template

LATE = means("late", says("amina", code=None, first=None, arrives=time(9)))
N = [Entry("amina", AM, mis="N")]


@pytest.mark.parametrize(
    "text",
    [
        "she went in late, about 9",
        "she got there about 9, we were late",
        "bus was late, got in at 9",
        "dropped her at 9",
    ],
)
def test_who_went_in_by_their_word_and_is_not_marked_is_looked_for(text: str) -> None:
    outcome = Thread("mum", cases=[case()], entered=N).hears(LATE, text, clock="09:22")
    assert template(outcome) == "absence.danger"


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("she left late, about 9", "09:22"),
        ("she will be there at 9", "09:22"),
        ("she went in late, about 9", "09:03"),
    ],
)
def test_who_may_still_be_coming_is_expected(text: str, clock: str) -> None:
    assert template(Thread("mum", cases=[case()], entered=N).hears(LATE, text, clock=clock)) == "late.recorded"


def test_who_is_marked_is_here() -> None:
    entered = [Entry("amina", AM, mis="L")]
    outcome = Thread("mum", cases=[case(stage="settled", outcome="arrived_late")], entered=entered).hears(
        LATE, "she went in late, about 9", clock="09:22"
    )
    assert (template(outcome), alerted(outcome)) == ("late.here", [])


def test_before_anybody_asks_it_is_no_alarm() -> None:
    outcome = Thread("mum").hears(LATE, "she went in late, about 9", clock="09:12")
    assert template(outcome) == "late.recorded"
