""" "Both girls", "the girls", "both boys" of a family whose names do not all say who is a girl or a boy."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

UNSAID = "Ash:7 Indy:8 Zeph:10"
PLAIN = "Emma:7 Sophie:8 Zeph:10"


def of_each(text: str, family: str, asked: str | None = None) -> dict[str, str | None]:
    answer = read(text, "2026-11-10T09:10", family, asked)
    return {child: report.code for report in answer.reports for child in report.children}


@pytest.mark.parametrize("family", [UNSAID, PLAIN])
@pytest.mark.parametrize(
    ("text", "third"),
    [
        ("Both girls have a sick bug, back thurs. Zeph missed the bus, his dad is bringing him in now", None),
        ("The girls are poorly. Zeph is at the dentist", "M"),
        ("Zeph missed the bus, both girls have a bug", None),
        ("the girls have a sick bug, Zeph is just late", None),
    ],
)
def test_who_is_named_beside_them_is_none_of_them(text: str, family: str, third: str | None) -> None:
    each = of_each(text, family, "absence")
    assert each.pop("c3", None) == third
    assert each == {"c1": "I", "c2": "I"}


def test_he_who_is_well_is_not_reported() -> None:
    assert of_each("The girls are ill today. Zeph is fine and in", UNSAID, "absence") == {"c1": "I", "c2": "I"}


@pytest.mark.parametrize("text", ["Both girls are ill", "both girls have a bug", "Both girls, Emma and Sophie, ill"])
@pytest.mark.parametrize("asked", [None, "absence"])
def test_two_whose_names_say_it_are_both_girls(text: str, asked: str | None) -> None:
    assert of_each(text, PLAIN, asked) == {"c1": "I", "c2": "I"}


@pytest.mark.parametrize("text", ["Both girls, Ash and Indy, are ill", "The girls Ash and Indy have a cold"])
def test_the_names_of_the_girls_are_theirs(text: str) -> None:
    assert of_each(text, UNSAID) == {"c1": "I", "c2": "I"}


def test_which_two_of_three_has_to_be_asked() -> None:
    answer = read("Both girls have a sick bug", "2026-11-10T09:10", UNSAID)
    assert answer.ask[0] == "child"
    assert all(not report.children for report in answer.reports)


def test_the_girls_may_be_all_three() -> None:
    assert of_each("The girls are off ill today", UNSAID) == {"c1": "I", "c2": "I", "c3": "I"}
