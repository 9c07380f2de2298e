"""One thing told of two children: "Finn same", "so does his sister", "ditto", beside an open question and without."""

from __future__ import annotations

from datetime import time

import pytest

from tests.understanding.reading import read

FAMILY = "Nora:4 Finn:2 Ada:7"


def ill(text: str, children: str, asked: str | None = None) -> list[str]:
    """The children who are reported ill today."""
    answer = read(text, "2026-11-10T09:05", children, asked)
    found = [child for report in answer.reports if report.code == "I" for child in report.children]
    assert answer.intent == "absence"
    return sorted(found) if len(found) == sum(len(report.children) for report in answer.reports) else ["?"]


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("Nora has a temp of 39, Finn same, Ada fine", ["c1", "c2"]),
        ("Ada sick all night. Nora same. Finn going in", ["c1", "c3"]),
        ("Finn's got a sore throat, same for Nora. Ada will be in", ["c1", "c2"]),
        ("Nora cold and cough, Ada ditto", ["c1", "c3"]),
        ("Ada is off with a tummy bug, Finn likewise", ["c2", "c3"]),
        ("Nora has been sick, Finn the same I'm afraid", ["c1", "c2"]),
        ("Nora not in, vomiting. Finn aswell.", ["c1", "c2"]),
        ("Ada has conjunctivitis and now Nora has got it, Finn clear so far", ["c1", "c3"]),
        ("Nora has the same cold Finn had last week, she's off today", ["c1"]),
        ("Nora is ill, Finn went in the same as usual", ["c1"]),
        ("Same as last week, Nora has a headache and is off", ["c1"]),
        ("Ada is fine now and is in. Nora has it now so she won't be in till Thursday", ["c1"]),
    ],
)
def test_the_same_is_told_of_both(text: str, children: list[str]) -> None:
    assert ill(text, FAMILY) == children


@pytest.mark.parametrize("family", ["Tom:9 Ella:6", "Jordan:9 Casey:6"])
@pytest.mark.parametrize(
    "text",
    [
        "his sister has it too so she's off as well",
        "his sister has caught it too so shes off aswell",
        "Sick bug. His sister is off too",
        "poorly, and his sister",
        "He has a temp and so does his sister",
        "He's ill, I've kept his sister off as well as she's been sick",
    ],
)
def test_who_was_asked_about_is_away_with_the_other_one(text: str, family: str) -> None:
    assert ill(text, family, "absence") == ["c1", "c2"]


@pytest.mark.parametrize(
    "text",
    ["He's got flu, his sister had it last week", "Flu. Sister in", "head cold, Ella as well but she is in"],
)
def test_a_sister_who_is_not_off_is_not_reported(text: str) -> None:
    assert ill(text, "Tom:9 Ella:6", "absence") == ["c1"]


@pytest.mark.parametrize(
    "text",
    [
        "tom overslept n so did ella there by 10",
        "Tom overslept and so did Ella. There by 10",
        "Tom missed the bus, so did Ella, in by 10",
        "Tom overslept so did Ella, they will be in at 10",
    ],
)
def test_so_did_the_other_and_both_are_there_by_ten(text: str) -> None:
    (report,) = read(text, "2026-11-10T08:20", "Tom:8 Ella:7").reports
    assert (report.children, report.arrives) == (("c1", "c2"), time(10))


@pytest.mark.parametrize(
    "text", ["tom overslept so ella did the dog, tom there by 10", "tom overslept there by 10. ella is fine"]
)
def test_of_whom_it_is_not_told_nothing_is_said(text: str) -> None:
    (report,) = read(text, "2026-11-10T08:20", "Tom:8 Ella:7").reports
    assert report.children == ("c1",)
