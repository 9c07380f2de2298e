"""Words that name none of several children, and hold no word for all of them: which child is asked first.

The end of a long text can arrive before its beginning, and what it says of "nobody" is not said of everybody.
"""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

FAMILY = "Amina:7 Tobi:9"


@pytest.mark.parametrize(
    "text",
    [
        "and won't be in until Thursday.",
        "won't be in until Thursday",
        "and will be back on Thursday",
        "so won't be in till thursday. Thanks",
        "until Thursday. Thanks, N",
        "not in today",
    ],
)
def test_which_child_is_asked(text: str) -> None:
    assert "child" in read(text, children=FAMILY).ask


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("they won't be in until Thursday, flu", ["c1", "c2"]),
        ("Both off today with a bug", ["c1", "c2"]),
        ("Amina and Tobi won't be in until Thursday, flu", ["c1", "c2"]),
        ("Amina won't be in until Thursday, flu", ["c1"]),
    ],
)
def test_it_is_not_asked_of_whom_the_words_tell(text: str, children: list[str]) -> None:
    understood = read(text, children=FAMILY)
    assert "child" not in understood.ask
    assert sorted(child for report in understood.reports for child in report.children) == children


def test_of_an_only_child_nothing_is_asked() -> None:
    assert "child" not in read("won't be in until Thursday, flu", children="Amina:7").ask


@pytest.mark.parametrize(
    "text",
    [
        "Good morning, just to let you know that Amina has been throwing up all night",
        "Amina has a rash all over",
        "Amina has been sick all day",
        "Amina, up coughing all the time",
    ],
)
def test_all_night_is_not_all_of_them(text: str) -> None:
    draft = {"children": ["c1", "c2"], "code": "N", "first_day": "2026-11-10", "return_day": None, "session": "day"}
    understood = read(text, children=FAMILY, asked="child", draft=draft | {"arrives": None, "leaves": None})
    assert [report.children for report in understood.reports] == [("c1",)]


def test_all_of_them_are_all_of_them() -> None:
    understood = read("All of them have been sick all night", children=FAMILY)
    assert [report.children for report in understood.reports] == [("c1", "c2")]
