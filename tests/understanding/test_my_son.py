"""Whom "my son" and "my daughter" mean beside a child of whom the name does not say whether it is a boy."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

SENT = "2026-11-10T08:05"
NOBODY_KNOWS = "Sky:8 Thomas:10"


@pytest.mark.parametrize(
    "text", ["my son is ill today, wont be in", "our boy is poorly", "My lad has been sick in the night"]
)
def test_a_name_that_does_not_say_may_be_the_sons(text: str) -> None:
    answer = read(text, SENT, NOBODY_KNOWS)
    assert "child" in answer.ask
    assert not told(answer)


@pytest.mark.parametrize(
    ("text", "children", "child"),
    [
        ("my son is ill today, wont be in", "Ella:8 Thomas:10", "c2"),
        ("my son is ill today, wont be in", "Ella:8 Sky:10", "c2"),
        ("my daughter is ill today", NOBODY_KNOWS, "c1"),
        ("my son Thomas is ill today", NOBODY_KNOWS, "c2"),
        ("my eldest son is ill today", NOBODY_KNOWS, "c2"),
    ],
)
def test_near_misses_leave_nothing_to_ask(text: str, children: str, child: str) -> None:
    answer = read(text, SENT, children)
    assert [report.children for report in answer.reports] == [(child,)]
    assert "child" not in answer.ask


@pytest.mark.parametrize("children", ["Thomas:10 Sky:8", "Sky:10 Ella:8", "Ioana:4 Andrei:1", "Zaynab:9 Ayaan:7"])
@pytest.mark.parametrize(
    "text",
    [
        "my daughter is ill and my son has dentist at 2",
        "my son has the dentist at 2 and my daughter is poorly",
        "she's got a temperature and he's at the dentist at 2",
    ],
)
def test_a_son_and_a_daughter_are_told_apart_by_either_name(text: str, children: str) -> None:
    answer = read(text, SENT, children)
    her = "c2" if children in ("Thomas:10 Sky:8", "Sky:10 Ella:8") else "c1"
    assert {child: report.code for report in answer.reports for child in report.children} == {
        her: "I",
        "c1" if her == "c2" else "c2": "M",
    }


def test_two_names_that_do_not_say_leave_which_is_which_to_be_asked() -> None:
    assert "child" in read("my daughter is ill and my son has dentist at 2", SENT, "Sky:10 River:8").ask


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Son late, daughter off sick", {"c1": None, "c2": "I"}),
        ("daughter off with a cold, son will be late, about 10", {"c1": None, "c2": "I"}),
        ("Daughter has a hospital appointment, son is ill", {"c1": "I", "c2": "M"}),
        ("daughter ill, son in as normal", {"c2": "I"}),
        ("Daughter not well. Son fine.", {"c2": "I"}),
        ("Boy has a temp and girl is fine", {"c1": "I"}),
        ("both my daughter and son have the flu", {"c1": "I", "c2": "I"}),
        ("Ella was sick on the boy next door, staying off", {"c2": "I"}),
    ],
)
def test_a_son_and_a_daughter_in_few_words(text: str, codes: dict[str, str | None]) -> None:
    answer = read(text, SENT, "Tom:7 Ella:2")
    assert {child: report.code for report in answer.reports for child in report.children} == codes
