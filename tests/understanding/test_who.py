"""Which children: short forms of names, reports that differ by child, corrections; children.csv measures the rest."""

from __future__ import annotations

import pytest

from bot.understanding.shortnames import is_short_for
from tests.understanding.measured import DRAFT
from tests.understanding.reading import read


def test_two_children_with_two_reasons_make_two_reports() -> None:
    answer = read("Ella off sick. Tom has dentist at 9 will be in for 10", children="Tom:3 Ella:6")
    assert {report.children[0]: report.code for report in answer.reports} == {"c1": "M", "c2": "I"}


@pytest.mark.parametrize(
    ("text", "intent", "children"),
    [
        ("yes that's right thank you", "confirm", []),
        ("ok thanks", "confirm", []),
        ("yes and the same for his sister", "absence", ["c1", "c2"]),
        ("no he will be back tomorrow", "return", ["c1"]),
    ],
)
def test_corrections_are_merged_into_what_was_read_back(text: str, intent: str, children: list[str]) -> None:
    answer = read(text, "2026-11-10T09:40", "Tom:3 Ella:6", "confirm", DRAFT)
    assert answer.intent == intent
    assert sorted(child for report in answer.reports for child in report.children) == children


def test_a_pupil_on_the_parents_phone_is_doubted() -> None:
    assert read("hello miss its tom he is not feeling well so he cant come in from mum").sender_doubt
    assert not read("Tom is not feeling well so he can't come in").sender_doubt


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
