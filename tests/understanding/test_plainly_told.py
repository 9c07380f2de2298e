"""Plainly told: who is ill, or late, beside the news of another child, and who is named for something else."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

TWO, THREE = "Tom:3 Ella:6", "Tom:3 Ella:6 Ben:8"


def codes(text: str, family: str = TWO, asked: str | None = None) -> dict[str, str | None]:
    answer = read(text, "2026-11-10T08:10", family, asked)
    return {child: report.code for report in answer.reports for child in report.children or ("?",)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ella has the dentist at 10, back by 11.30. Tom isn't well", {"c1": "I", "c2": "M"}),
        ("Ella has an eye test at 9.45, in by 11. Tom in Y3 is full of cold", {"c1": "I", "c2": "M"}),
        ("Ella will be late, about 9.30. Tom is not well enough for school", {"c1": "I", "c2": None}),
        ("Ella missed the bus but is on her way. Tom isn't well, off for 4 days", {"c1": "I", "c2": None}),
        ("Tom in year 3 and Ella in year 6 are poorly", {"c1": "I", "c2": "I"}),
        ("my eldest is fine and in as normal. my youngest has a sore throat", {"c1": "I"}),
        ("She is fine to come in and he is poorly", {"c1": "I"}),
        ("Tom has a cold. Same with his sister x", {"c1": "I", "c2": "I"}),
        ("Tom is unwell and staying home. His sister too", {"c1": "I", "c2": "I"}),
        ("neither Tom or Ella are well enough for school", {"c1": "I", "c2": "I"}),
    ],
)
def test_each_has_its_own(text: str, told: dict[str, str | None]) -> None:
    assert codes(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ella has the dentist at 10, back by 11.30. Tom was ill yesterday but is fine", {"c2": "M"}),
        ("Ella has the dentist at 10. Tom has a cold but I'm sending him in", {"c2": "M"}),
        ("Tom was ill yesterday but is fine now, Ella has it now", {"c2": "I"}),
        ("Tom has a bug. Ella is on her way in", {"c1": "I"}),
        ("Tom has a bug but my mum is dropping Ella off", {"c1": "I"}),
        ("Tom has a bug so Ella won't be at choir tonight", {"c1": "I"}),
        ("Tom's sister has chickenpox", {"c2": "I"}),
    ],
)
def test_who_is_named_for_something_else_is_not_away(text: str, told: dict[str, str | None]) -> None:
    assert codes(text) == told


@pytest.mark.parametrize(
    "text", ["Ethan will be in Ella is going to be late, she will be there at 9.45", "Ethan is fine, Ella will be late"]
)
def test_who_is_late_beside_one_that_is_well(text: str) -> None:
    answer = read(text, "2026-11-10T08:10", "Ethan:2 Ella:6")
    assert (answer.intent, [report.children for report in answer.reports]) == ("late", [("c2",)])


def test_their_sister_is_none_of_the_boys() -> None:
    text = "The boys have a tummy bug, their sister has the orthodontist at half 2, picking her up at 1pm"
    assert codes(text, THREE) == {"c1": "I", "c2": "M", "c3": "I"}


def test_my_two_boys_are_not_all_three() -> None:
    told = codes("my two boys have been sick in the night, Ella will be late, in by 9.20", THREE)
    assert told == {"c1": "I", "c2": None, "c3": "I"}


@pytest.mark.parametrize("text", ["my son has a bad cough and temp", "our son is ill, hopefully back Thursday"])
def test_which_of_two_sons_is_asked(text: str) -> None:
    answer = read(text, "2026-11-10T08:10", "Tom:3 Ben:6")
    assert "child" in answer.ask
    assert all(not report.children for report in answer.reports)


@pytest.mark.parametrize("text", ["my son Ben has a bad cough", "my son is ill, Ben has a temperature"])
def test_a_son_by_his_name_is_not_asked_about(text: str) -> None:
    assert codes(text, "Tom:3 Ben:6") == {"c2": "I"}


@pytest.mark.parametrize(
    "text",
    [
        "Harry missed the bus so will be in about half past 9",
        "hi, just letting you know ellie has a high temp so won't be in",
        "Sorry Harry overslept, in by 9.30",
    ],
)
@pytest.mark.parametrize("family", ["Luca:1", TWO])
def test_a_name_on_no_list_is_nobody_of_it(text: str, family: str) -> None:
    answer = read(text, "2026-11-10T08:10", family)
    assert "child" in answer.ask
    assert all(not report.children for report in answer.reports)


def test_the_half_of_one_without_a_time_is_told_by_its_own_words() -> None:
    text = "Ella has the orthodontist this morning, back after. Tom will be late, about 9.30"
    halves = {report.children: report.session for report in read(text, "2026-11-10T08:10", TWO).reports}
    assert halves[("c2",)] == "am"
