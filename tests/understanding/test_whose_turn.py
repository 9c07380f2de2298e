"""Where children spend their weekend is no absence, beside another's illness or alone."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "Amina is ill today. Both kids are going to their dad's on Friday after school so any letters to him please",
        "Amina is ill today. They are both at their dad's from Friday",
        "Amina is off sick, the kids go to their dads this weekend",
    ],
)
def test_only_the_illness_is_recorded(text: str) -> None:
    answer = read(text, children="Amina:7 Tobi:9")
    assert [(report.children, report.code) for report in answer.reports] == [(("c1",), "I")]
    assert "reason" not in answer.ask


def test_alone_it_is_for_a_person() -> None:
    answer = read("Both kids are going to their dad's on Friday after school", children="Amina:7 Tobi:9")
    assert (answer.intent, answer.reports) == ("question", ())


@pytest.mark.parametrize(
    ("text", "asked", "intent"),
    [
        ("He's with his dad this week, ask him", "absence", "other_parent"),
        ("She's at her nan's today, poorly", "absence", "absence"),
        ("Both off school Friday, going to their dad's for a wedding", None, "absence"),
        ("They are flying to their dad's on Friday", None, "leave"),
    ],
)
def test_who_is_there_instead_of_in_school_is_away(text: str, asked: str | None, intent: str) -> None:
    answer = read(text, "2026-11-10T09:20", "Amina:7 Tobi:9", asked)
    assert answer.intent in (intent, "leave" if intent == "absence" else intent)
