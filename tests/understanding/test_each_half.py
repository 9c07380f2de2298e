"""A half of each day that is said: two half days, and not all the days between them."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

AM16, PM17, PM18 = "16 to 16 am", "17 to 18 pm", "18 to 19 pm"


def spans(text: str) -> list[str]:
    """Each report as "first day to day of return half", days of November."""
    reports = read(text, "2026-11-10T08:20", "Tom:8").reports
    return [f"{one.first_day:%-d} to {one.return_day:%-d} {one.session}" for one in reports if one.return_day]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tom has a hospital appointment, off Monday morning and Tuesday afternoon", [AM16, PM17]),
        ("off Monday morning and Tuesday afternoon", [AM16, PM17]),
        ("Tom is off monday am and tuesday pm for appointments", [AM16, PM17]),
        ("Tom is off Monday morning and Wednesday afternoon, dentist", [AM16, PM18]),
        ("Tom is off Monday morning and all day Tuesday, hospital", [AM16, "17 to 18 day"]),
        ("off Monday and Tuesday mornings for physio", [AM16, "17 to 17 am"]),
        ("off this afternoon and tomorrow morning, hospital", ["10 to 11 pm", "11 to 11 am"]),
        ("off Monday morning, Tuesday afternoon and Thursday morning for physio", [AM16, PM17, "19 to 19 am"]),
    ],
)
def test_each_day_has_its_half(text: str, said: list[str]) -> None:
    assert spans(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Tom will be off Monday and Tuesday for a hospital appointment",
        "in hospital from Monday morning to Tuesday afternoon",
        "hospital Monday morning until Tuesday afternoon",
        "Tom has the dentist on Monday morning",
    ],
)
def test_a_stay_or_one_day_is_one_report(text: str) -> None:
    assert len(spans(text)) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tom hospital thurs morning, Ella orthodontist fri 12.45", {"c1": ["2026-11-12 2026-11-12 am"]}),
        ("Tom hospital thurs morning and Ella dentist fri afternoon",
         {"c1": ["2026-11-12 2026-11-12 am"], "c2": ["2026-11-13 2026-11-16 pm"]}),
        ("Tom dentist thurs am, Ella dentist fri pm",
         {"c1": ["2026-11-12 2026-11-12 am"], "c2": ["2026-11-13 2026-11-16 pm"]}),
        ("Tom hospital thursday afternoon, Ella opticians friday morning",
         {"c1": ["2026-11-12 2026-11-13 pm"], "c2": ["2026-11-13 2026-11-13 am"]}),
        ("Tom hospital thurs morning and friday, Ella dentist fri pm", {"c1": ["2026-11-12 2026-11-16"]}),
        ("Tom poorly today, Ella dentist tomorrow morning",
         {"c1": ["2026-11-10 -"], "c2": ["2026-11-11 2026-11-11 am"]}),
    ],
)  # fmt: skip
def test_each_child_has_the_half_that_is_said_of_it(text: str, said: dict[str, list[str]]) -> None:
    told_of = told(read(text, "2026-11-10T08:20", "Tom:7 Ella:9"))
    assert {child: told_of[child] for child in said} == said
