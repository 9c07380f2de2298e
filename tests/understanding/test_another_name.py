"""A child who is named and on no list is never silently the one who is."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "oscar poorly",
        "Oscar ill today, back tomorrow",
        "layla and sami both have it now",
        "teo is off sick",
        "zuki has a temperature",
        "harrison wont be in today",
    ],
)
def test_another_name_in_the_childs_place_is_asked_about(text: str) -> None:
    told = read(text, children="Kofi:9")
    assert [report.children for report in told.reports] == [()]
    assert "child" in told.ask


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("Shivaun has a kidney infection", "Siobhan:10"),
        ("Gus has had a cough since thursday", "August:3"),
        ("kofi poorly", "Kofi:9"),
        ("poorly again sorry", "Kofi:9"),
        ("sick all night, back tomorrow", "Kofi:9"),
        ("mum says hes ill", "Kofi:9"),
        ("Dr Patel says he needs rest, temp 39", "Kofi:9"),
        ("jess from next door will drop his form in, he's got a temp", "Kofi:9"),
    ],
)
def test_the_one_child_is_meant_where_no_other_is_named(text: str, children: str) -> None:
    told = read(text, children=children)
    assert [report.children for report in told.reports] == [("c1",)]
