"""Which children: short forms of names, reports that differ by child, corrections; children.csv measures the rest."""

from __future__ import annotations

import pytest

from bot.understanding.children.shortnames import is_short_for
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


@pytest.mark.parametrize(
    ("text", "children", "meant"),
    [
        ("little one", "Mo:1 Ali:3", ["c1"]),
        ("the little'un", "Mo:1 Ali:3", ["c1"]),
        ("big un", "Mo:1 Ali:3", ["c2"]),
        ("middle one", "Oskar:7 Kacper:9 Ola:11", ["c2"]),
        ("middle son", "Artur:1 Igor:4 Olek:7", ["c2"]),
        ("the oldest of the boys", "Oskar:7 Kacper:9 Ola:11", ["c2"]),
        ("the younger of the two", "Mo:1 Ali:3", ["c1"]),
        ("girl", "Tom:3 Ella:6", ["c2"]),
        ("three", "Jerzy:1 Jan:4 Julia:7", ["c1", "c2", "c3"]),
        ("all three, there's hardly one of them at Mass", "Patrick:5 Bridget:2 Rory:9", ["c1", "c2", "c3"]),
    ],
)
def test_which_child_is_answered_without_a_name(text: str, children: str, meant: list[str]) -> None:
    answer = read(text, "2026-11-10T09:40", children, "child", {**DRAFT, "children": []})
    assert sorted(child for report in answer.reports for child in report.children) == meant
    assert "child" not in answer.ask


@pytest.mark.parametrize(
    ("text", "children", "meant"),
    [
        ("taking G and L to a ruby wedding on Fri 4th Dec", "Grace:8 Luke:5", ["c1", "c2"]),
        ("J and N have tickets on Friday, they'll be off", "Jonah:10 Ned:8", ["c1", "c2"]),
        ("Honor stung by nettles top to toe. Sleeping. Amber coming with next door", "Honor:2 Amber:4", ["c1"]),
        ("Blessing stomach upset. Praise is coming with daddy", "Blessing:7 Praise:4", ["c1"]),
    ],
)
def test_letters_and_names_that_are_words(text: str, children: str, meant: list[str]) -> None:
    answer = read(text, "2026-11-10T07:40", children)
    assert sorted(child for report in answer.reports for child in report.children) == meant


def test_a_word_that_opens_a_sentence_is_not_the_child_of_that_name() -> None:
    answer = read("Hope you are well. Ella has a temperature", "2026-11-10T07:40", "Hope:3 Ella:6")
    assert [report.children for report in answer.reports] == [("c2",)]


@pytest.mark.parametrize(
    ("text", "children", "meant"),
    [
        ("Sorry to be a pain, it's Ella who's ill. Tom's the one with the plait", "Tom:7 Ella:7", ["c2"]),
        ("No, Tom is well, Ella has the fever", "Tom:7 Ella:9", ["c2"]),
        ("Tom is not ill at all. only Ella", "Tom:3 Ella:6", ["c2"]),
        ("It's Tom and Ella", "Tom:3 Ella:6", ["c1", "c2"]),
        ("Yes Tom, and Ella too", "Tom:3 Ella:6", ["c1", "c2"]),
    ],
)
def test_the_children_of_what_was_read_back_are_put_right(text: str, children: str, meant: list[str]) -> None:
    answer = read(text, "2026-11-10T09:40", children, "confirm", DRAFT)
    assert sorted(child for report in answer.reports for child in report.children) == meant


def test_only_the_child_that_was_asked_about_is_looked_for() -> None:
    answer = read(
        "I dropped both of them at 8.15. If Tom is not in class then where is he?",
        children="Tom:3 Ella:6",
        asked="absence",
    )
    assert answer.intent == "present"
    assert [report.children for report in answer.reports] == [("c1",)]


@pytest.mark.parametrize(
    "text",
    [
        "My niece Orla is unwell and won't be in school",
        "my nephew Jack has a temp and won't be in, his mum's phone is broken",
        "its Seans auntie. her cousin Malachi in yr 3 has got tonsillitis so he wont be in. Sean is there",
        "Sean's cousin Ella in year 5 is off sick, I'm texting for my sister",
        "my grandson Leo is poorly today",
        "Neighbour's lad Jake is off sick, they asked me to text",
        "My daughter Mia in reception is off with a cold, Sean is in",
    ],
)
def test_a_relative_who_is_on_no_list_is_not_the_child_who_is(text: str) -> None:
    answer = read(text, children="Sean:4")
    assert [report.children for report in answer.reports] == [()]
    assert "child" in answer.ask


@pytest.mark.parametrize(
    "text",
    [
        "My nephew Sean is unwell",
        "Sean caught it off his cousin Jack who was sick all weekend",
        "my nephew Jack is getting married on Friday so we'll all be away",
        "His cousin Jack has been staying and gave him a bug, Sean is off",
        "my son Leo and Sean are both ill",
        "My lad Sean in year 4 is sick",
    ],
)
def test_a_relative_beside_the_child_is_no_stranger_in_its_place(text: str) -> None:
    answer = read(text, children="Sean:4")
    assert [report.children for report in answer.reports] == [("c1",)]
