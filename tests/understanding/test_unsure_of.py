"""Of one child nothing is sure, or only a jab is told: neither is its report, and its noon is not the other one's."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


def told(text: str, children: str = "Amina:7 Tobi:9") -> set[str]:
    reports = read(text, children=children).reports
    return {f"{child} {report.code} {report.session}" for report in reports for child in report.children}


@pytest.mark.parametrize(
    "text",
    [
        "Amina is ill. Not sure about Tobi, might send him at lunch",
        "Amina has a temp, not sure about Tobi, he might come in this afternoon",
        "Amina won't be in, sick. We'll see how Tobi is, maybe he'll be in by 11",
        "Not sure about Tobi yet, will text later. Amina is off with a cold",
        "Amina and Tobi had the flu jab yesterday, Amina is feeling rough so she's off",
    ],
)
def test_the_one_who_is_ill_is_away_all_day_and_nothing_is_told_of_the_other(text: str) -> None:
    assert told(text) == {"c1 I day"}


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("Amina and Tobi had the flu jab yesterday and both feel rough, off today", {"c1 I day", "c2 I day"}),
        ("Amina and Tobi are both ill, not sure about Monday", {"c1 I day", "c2 I day"}),
        ("Amina is ill. Tobi is late, he'll be in by 10", {"c1 I day", "c2 None am"}),
    ],
)
def test_what_is_told_of_both_stays_told(text: str, each: set[str]) -> None:
    assert told(text) == each


def test_danger_is_heard_in_what_is_left_out() -> None:
    text = "Amina is ill. Not sure about Tobi, his dad hits him and he is scared to go home"
    assert read(text, children="Amina:7 Tobi:9").safeguarding
