"""Whom "my son" and "my daughter" mean beside a child of whom the name does not say whether it is a boy."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

SENT = "2026-11-10T08:05"
NOBODY_KNOWS = "Olek:8 Thomas:10"


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
        ("my son is ill today, wont be in", "Ella:8 Olek:10", "c2"),
        ("my daughter is ill today", NOBODY_KNOWS, "c1"),
        ("my son Thomas is ill today", NOBODY_KNOWS, "c2"),
        ("my eldest son is ill today", NOBODY_KNOWS, "c2"),
    ],
)
def test_near_misses_leave_nothing_to_ask(text: str, children: str, child: str) -> None:
    answer = read(text, SENT, children)
    assert [report.children for report in answer.reports] == [(child,)]
    assert "child" not in answer.ask
