"""Of several children: who comes all the same is not reported, and who is in hospital is."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

FAMILY = "Noel:7 Ivy:9"


def reported(text: str) -> set[str]:
    names = dict(zip(("c1", "c2"), ("Noel", "Ivy"), strict=True))
    told = read(text, children=FAMILY)
    return {names[child] for report in told.reports if report.code is not None for child in report.children}


@pytest.mark.parametrize(
    "text",
    [
        "Noel's got a bug, Ivy's got a bug in a jar, Ivy's coming",
        "Noel's got a bug and Ivy's got a bug in a jar. Ivy's coming, with jar. Noel isn't",
        "Noel ill and Ivy has a cold but she is in",
        "Ivy burnt her hand (sparkler), she's in with a bandage. Noel's got the bug so he isn't",
        "Noel's off, Ivy's fine to come in",
        "just Noel, Ivy is on her way",
        "Noel has a cold n Ivy has a cold. Only Noel off",
        "Noel has a cold, Ivy's in, their dad is in hospital",
        "Noel off sick, Ivy in (very sorry for herself)",
    ],
)
def test_who_comes_all_the_same_is_not_reported(text: str) -> None:
    assert reported(text) == {"Noel"}


@pytest.mark.parametrize(
    "text",
    [
        "Neither Noel nor Ivy in, both sick",
        "Noel and Ivy have a bug, keeping Ivy in",
        "Noel has a cold and Ivy is in hospital",
        "Noel has a temp and Ivy is going to the doctors",
        "Noel ill, Ivy ill, both off, Ivy in tomorrow",
        "Noel has a cold and Ivy's at the dentist",
    ],
)
def test_near_misses_are_both_reported(text: str) -> None:
    assert reported(text) == {"Noel", "Ivy"}


def test_one_who_is_in_and_late_is_late() -> None:
    told = read("Noel is poorly, Ivy is coming in late", children=FAMILY)
    assert [(one.children, one.code) for one in told.reports] == [(("c1",), "I"), (("c2",), None)]


@pytest.mark.parametrize(
    "text",
    [
        "Dentist for Noel tomorrow, Ivy another day",
        "Noel's dentist is tomorrow, Ivy's is another day",
        "Noel has the dentist tomorrow and Ivy some other time",
    ],
)
def test_another_day_is_no_day(text: str) -> None:
    told = read(text, children=FAMILY)
    assert [(one.children, one.code, one.first_day.isoformat()) for one in told.reports if one.first_day] == [
        (("c1",), "M", "2026-11-11")
    ]
