"""Which children: names, short forms, names that are words, siblings, people who are not on the list."""

from __future__ import annotations

import csv

import pytest

from bot.understanding.shortnames import is_short_for
from tests.understanding.reading import DATA, read


@pytest.mark.parametrize(
    ("text", "children", "expected"),
    [
        ("Tom and Ella are both full of cold", "Tom:3 Ella:6", ["c1", "c2"]),
        ("Ella wont be in but her brother will", "Tom:3 Ella:6", ["c2"]),
        ("my little one is poorly", "Tom:3 Ella:6", ["c1"]),
        ("my eldest has a temperature", "Tom:3 Ella:6", ["c2"]),
        ("My daughter has a temperature", "Tom:3 Ella:6", ["c2"]),
        ("the twins are off sick", "Archie:6 Lola:3 Maisie:3", ["c2", "c3"]),
        ("Jake won't be in today, sore throat", "Tom:3 Ella:6", []),
        ("will wont be in today hes poorly", "Will:3 May:5", ["c1"]),
        ("Mark is off. please mark him absent, hes got a bug", "Mark:3 Grace:5", ["c1"]),
        ("Summer has had a cold all summer and is off today", "Summer:3 Hope:5", ["c1"]),
        ("Thomas Smith in 3B is unwell", "Tom:3 Ella:6", ["c1"]),
        ("Tomm has a tempature", "Tom:3 Ella:6", ["c1"]),
        ("Ella-Rose is sick, Kai is fine", "Ella-Rose:2 Kai:5", ["c1"]),
        ("the kids wont be in today, we are all sick", "Tom:3 Ella:6", ["c1", "c2"]),
    ],
)
def test_the_children_meant(text: str, children: str, expected: list[str]) -> None:
    answer = read(text, children=children)
    assert sorted(child for report in answer.reports for child in report.children) == expected


def test_a_child_who_is_not_on_the_list_is_asked_about() -> None:
    assert "child" in read("Jake won't be in today, sore throat", children="Tom:3 Ella:6").ask


def test_two_children_with_two_reasons_make_two_reports() -> None:
    answer = read("Ella off sick. Tom has dentist at 9 will be in for 10", children="Tom:3 Ella:6")
    assert {report.children[0]: report.code for report in answer.reports} == {"c1": "M", "c2": "I"}


DRAFT = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": "2026-11-12", "session": "day"}


@pytest.mark.parametrize(
    ("text", "intent", "children"),
    [
        ("yes that's right thank you", "confirm", []),
        ("ok thanks", "confirm", []),
        ("that's wrong", "reject", []),
        ("it's Ella not Tom", "absence", ["c2"]),
        ("yes and the same for his sister", "absence", ["c1", "c2"]),
        ("no he will be back tomorrow", "return", ["c1"]),
        ("No. He is in school!", "present", ["c1"]),
    ],
)
def test_corrections_are_merged_into_what_was_read_back(text: str, intent: str, children: list[str]) -> None:
    answer = read(text, "2026-11-10T09:40", "Tom:3 Ella:6", "confirm", DRAFT)
    assert answer.intent == intent
    assert sorted(child for report in answer.reports for child in report.children) == children


def test_a_pupil_on_the_parents_phone_is_doubted() -> None:
    assert read("hello miss its tom he is not feeling well so he cant come in from mum").sender_doubt
    assert not read("Tom is not feeling well so he can't come in").sender_doubt


COUNTED = list(csv.DictReader((DATA / "children.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", COUNTED, ids=[row["text"][:40] for row in COUNTED])
def test_counted_and_short_named_children(row: dict[str, str]) -> None:
    answer = read(row["text"], children=row["children"])
    assert answer.intent == "absence"
    assert sorted({child for report in answer.reports for child in report.children}) == row["expected"].split()
    assert ("child" in answer.ask) == (not row["expected"])


@pytest.mark.parametrize(
    ("word", "name", "short"),
    [
        ("raff", "rafferty", True),
        ("sammy", "sam", True),
        ("tommy", "tom", True),
        ("joshy", "joshua", True),
        ("seun", "oluwaseun", True),
        ("ell", "ella", True),
        ("sam", "josh", False),
        ("an", "anna", False),
        ("ma", "maja", False),
        ("tom", "tom", False),
        ("mary", "mark", False),
        ("list", "liston", True),
        ("rain", "rayan", False),
    ],
)
def test_short_forms_that_no_list_has(word: str, name: str, short: bool) -> None:
    assert is_short_for(word, name) is short
