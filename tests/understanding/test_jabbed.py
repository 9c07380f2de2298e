"""A jab that was had is no illness, unless the child is said to be unwell after it; one that is ahead is a jab."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

ASKED = "2026-11-10T09:20"


@pytest.mark.parametrize(
    "text",
    [
        "Tom had the flu jab yesterday",
        "had his flu jab yesterday",
        "Tom had his jabs in school",
        "Tom had his HPV and 3 in 1 at school yesterday",
    ],
)
def test_nothing_is_recorded_for_it(text: str) -> None:
    answer = read(text)
    assert (answer.intent, answer.reports) == ("question", ())


@pytest.mark.parametrize("text", ["Tom had the flu jab yesterday", "he had his jabs"])
def test_as_an_answer_it_is_read_back(text: str) -> None:
    answer = read(text, ASKED, asked="absence")
    assert answer.intent == "absence"
    assert "confirm" in answer.ask


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tom had the flu jab in school yesterday and is feeling rough, keeping him off", "I"),
        ("Tom is poorly after his jabs", "I"),
        ("Tom has flu", "I"),
        ("Tom is off for his flu jab", "M"),
        ("he has his hpv jab tomorrow", "M"),
        ("Tom has got his hpv jab at the clinic tomorrow 9.10", "M"),
    ],
)
def test_who_is_unwell_or_away_for_it_is_away(text: str, code: str) -> None:
    answer = read(text)
    assert [report.code for report in answer.reports] == [code]
    assert "confirm" not in answer.ask


def test_a_flu_jab_ahead_is_one_absence() -> None:
    assert told(read("flu jab tomorrow at 10")) == {"c1": ["2026-11-11 2026-11-11 am"]}
