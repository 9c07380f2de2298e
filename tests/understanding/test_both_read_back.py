"""Corrections of what we read back: another child is away too, or the child is away today only."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

DRAFT = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": "2026-11-13", "session": "day"}
SENT, TWO = "2026-11-10T10:05", "Nora:4 Finn:2"


@pytest.mark.parametrize(
    ("text", "nora", "finn"),
    [
        ("both of them til friday", "2026-11-13", "2026-11-13"),
        ("both back Friday", "2026-11-13", "2026-11-13"),
        ("Both of them actually, back Thursday", "2026-11-12", "2026-11-12"),
        ("Nora till Friday, Finn till Thursday", "2026-11-13", "2026-11-12"),
        ("Nora back Thursday and Finn back tomorrow", "2026-11-12", "2026-11-11"),
    ],
)
def test_the_other_one_is_away_too(text: str, nora: str, finn: str) -> None:
    answer = read(text, SENT, TWO, "confirm", DRAFT)
    assert answer.intent == "absence"
    assert {report.code for report in answer.reports} == {"I"}
    assert told(answer) == {"c1": [f"2026-11-10 {nora}"], "c2": [f"2026-11-10 {finn}"]}


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Nora back Thursday", "2026-11-12"),
        ("No, Thursday. Finn is fine", "2026-11-12"),
        ("no shes only off today", "2026-11-11"),
        ("No, just today", "2026-11-11"),
        ("just today please not till friday", "2026-11-11"),
        ("she's just off for today", "2026-11-11"),
        ("only today, she'll be in tomorrow", "2026-11-11"),
    ],
)
def test_only_the_return_is_changed(text: str, back: str) -> None:
    answer = read(text, SENT, TWO, "confirm", DRAFT)
    assert [(report.children, str(report.return_day)) for report in answer.reports] == [(("c1",), back)]


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Nora is just off today, bit of a cold", "2026-11-11"),
        ("Nora only off for today with a bad tooth", "2026-11-11"),
        ("Nora is off today, she only told me now that she feels sick", "None"),
    ],
)
def test_just_today_ends_today(text: str, back: str) -> None:
    assert str(read(text, SENT, "Nora:4").reports[0].return_day) == back


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("yes just today and tomorrow", "2026-11-12"),
        ("Yes, today and tomorrow", "2026-11-12"),
        ("yes but back Thursday", "2026-11-12"),
        ("yep, but only until tomorrow", "2026-11-11"),
        ("yes all week", "2026-11-16"),
    ],
)
def test_a_yes_with_other_days_changes_the_return(text: str, back: str) -> None:
    answer = read(text, SENT, "Nora:4", "confirm", DRAFT)
    assert [str(report.return_day) for report in answer.reports] == [back]


@pytest.mark.parametrize(
    "text",
    ["Yes, today, tomorrow and Thursday", "Yes thats right back Friday", "correct, see you Friday", "yes 3 days"],
)
def test_a_yes_with_the_same_days_is_a_yes(text: str) -> None:
    answer = read(text, SENT, "Nora:4", "confirm", DRAFT)
    assert answer.intent == "confirm" or [str(report.return_day) for report in answer.reports] == ["2026-11-13"]
