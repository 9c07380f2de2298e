"""Who comes back when, in answer to our question about the return: each child on the day beside its name. And unasked,
of one that was ill, beside another one that is ill now.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, Understanding, understand
from tests.understanding.reading import CALENDAR, read, written

TWO = {"children": ["c1", "c2"], "code": "I", "first_day": "2026-11-10", "return_day": None, "session": "day"}


def backs(text: str, asked: str = "return", draft: dict[str, object] | None = None) -> dict[str, str]:
    answer = read(text, "2026-11-10T10:05", "Nora:4 Finn:2", asked, draft)
    return {child: str(report.return_day)[5:] for report in answer.reports for child in report.children}


@pytest.mark.parametrize(
    ("text", "nora", "finn"),
    [
        ("Tomorrow for Finn, Nora Thursday", "11-12", "11-11"),
        ("Finn tomorrow and Nora maybe thursday", "11-12", "11-11"),
        ("Nora Monday, Finn tomorrow", "11-16", "11-11"),
        ("Thursday for Nora and Friday for Finn", "11-12", "11-13"),
        ("Nora should be in tomorrow but Finn not till Friday", "11-11", "11-13"),
        ("Finn back tomorrow, Nora on Friday hopefully", "11-13", "11-11"),
        ("finn will be in tomorrow. nora needs a couple more days so friday", "11-13", "11-11"),
        ("Nora on thursday, Finn the day after", "11-12", "11-13"),
        ("Nora and Finn both tomorrow", "11-11", "11-11"),
    ],
)
def test_each_is_back_on_the_day_beside_its_name(text: str, nora: str, finn: str) -> None:
    assert backs(text) == {"c1": nora, "c2": finn}


@pytest.mark.parametrize(
    ("text", "nora", "finn"),
    [
        ("Yes. Nora back tomorrow, Finn Thursday", "11-11", "11-12"),
        ("Finn back Thursday, Nora Friday", "11-13", "11-12"),
        ("both back on Thursday", "11-12", "11-12"),
    ],
)
def test_so_it_is_where_both_were_read_back(text: str, nora: str, finn: str) -> None:
    assert backs(text, "confirm", TWO) == {"c1": nora, "c2": finn}


@pytest.mark.parametrize("text", ["Nora tomorrow, Finn don't know yet", "Nora tomorrow, Finn has been in all along"])
def test_a_day_of_one_is_not_that_of_the_other(text: str) -> None:
    assert backs(text).get("c1") == "11-11"
    assert backs(text).get("c2") in (None, "None", "", "11-10")


@pytest.mark.parametrize(
    ("text", "ill"),
    [
        ("Tom is ill today, both will be in tomorrow", {"c1"}),
        ("Tom's got a temp so not in today. Both back tomorrow", {"c1"}),
        ("Ella is poorly today. Both should be in tomorrow", {"c2"}),
        ("Tom ill today so keeping him off. hopefully both in tomorrow", {"c1"}),
        ("Both ill today, both back tomorrow", {"c1", "c2"}),
        ("Tom and Ella ill, both back tomorrow", {"c1", "c2"}),
        ("Tom is ill and so is Ella, both back tomorrow", {"c1", "c2"}),
    ],
)
def test_who_only_comes_along_tomorrow_is_not_away_today(text: str, ill: set[str]) -> None:
    answer = read(text, children="Tom:3 Ella:6")
    assert {child for report in answer.reports for child in report.children} == ill
    assert {str(report.return_day) for report in answer.reports} == {"2026-11-11"}


@pytest.mark.parametrize(
    "text",
    [
        "Tom back in today, Ella off with the same",
        "Tom is back today but Ella has it now",
        "Tom's back in, Ella is off with the same bug",
        "Tom better and in today, Ella is poorly now",
        "Ella has a cold, Tom is back at school",
    ],
)
def test_one_that_was_ill_is_back_and_the_other_is_ill_now(text: str) -> None:
    understood = _after_an_illness_of_tom(text)
    assert understood.intent == "absence"
    assert {(report.children, report.code, report.return_day) for report in understood.reports} == {
        (("c1",), None, date(2026, 11, 10)),
        (("c2",), "I", None),
    }
    assert "return" in understood.ask


@pytest.mark.parametrize(
    "text",
    ["Tom in bed still, Ella off too", "Tom not back today and Ella off too", "Tom in pain still, Ella has a cold"],
)
def test_one_that_is_still_ill_is_not_back(text: str) -> None:
    assert all(report.code == "I" for report in _after_an_illness_of_tom(text).reports)


def _after_an_illness_of_tom(text: str) -> Understanding:
    known = (Report(("c1",), "I", date(2026, 11, 9), None, "day"),)
    return understand(replace(written(text, "2026-11-10T08:00", "Tom:8 Ella:6"), known=known), CALENDAR)
